"""When two spellings are one name.

The one place for this rule: entity linking, the lookup of `kg show` and the evaluation all ask it,
so a name merged while building is also the name matched while scoring.
"""

import re
import unicodedata

_ARTICLE = re.compile(r"^(the|a|an)\s+")
_IGNORED = re.compile(r"[^\w+#]|_")

SHORTEST_PLURAL = 4
"""A folded name of fewer characters keeps its s: `aws` and `gas` are not plurals."""


def fold(name: str) -> str:
    """Reduce a name to what identifies it.

    Case, compatibility forms, spaces, hyphens, punctuation, a leading article and a plural s do not
    count; `+` and `#` do, because `C`, `C++` and `C#` are three names. The result may be empty, for
    a name of punctuation alone, and then identifies nothing.

    >>> fold("The Mixture-of-Experts"), fold("mixture of expert")
    ('mixtureofexpert', 'mixtureofexpert')
    """
    text = unicodedata.normalize("NFKC", name).casefold().strip()
    text = _IGNORED.sub("", _ARTICLE.sub("", text))
    plural = len(text) >= SHORTEST_PLURAL and text.endswith("s") and not text.endswith("ss")
    return text[:-1] if plural else text
