"""The learned voice: names read from their context by the encoder (``kg.encoder``).

Every word has a probability for every BIO tag; the likeliest sequence that keeps to BIO's rules is
found by Viterbi's algorithm, and a span's score is the mean probability of its tags.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.encoder import encode, load_encoder
from kg.language import ParsedGuide
from kg.ontology import Ontology
from kg.recognition.candidates import Candidate

if TYPE_CHECKING:
    import numpy as np

VOICE = "learned"
# A span with less mean probability is not proposed.
LEAST = 0.2


def find(parsed: ParsedGuide, ontology: Ontology) -> Iterator[Candidate]:
    """Yield every span that the encoder reads as a name."""
    encoded = encode(parsed)
    names = load_encoder().tags
    for passage, (first, last) in zip(parsed.passages, encoded.texts, strict=True):
        words, table = encoded.words[first:last], encoded.tags[first:last]
        for start, end, type_, score in spans(table, names):
            if score >= LEAST and type_ in ontology.classes:
                span = passage.char_span(words[start].start, words[end - 1].end)
                yield Candidate(span.start, span.end, type_, round(score, 4), VOICE)


def spans(table: np.ndarray, names: tuple[str, ...]) -> Iterator[tuple[int, int, str, float]]:
    """Yield (first word, word after the last, class, score) of the likeliest reading."""
    import numpy as np

    if not len(table):
        return
    best = viterbi(table, names)
    at = 0
    while at < len(best):
        tag = names[best[at]]
        end = at + 1
        if tag != "O":
            while end < len(best) and names[best[end]] == f"I-{tag[2:]}":
                end += 1
            score = float(np.exp(table[range(at, end), best[at:end]]).mean())
            yield at, end, tag[2:], score
        at = end


def viterbi(table: np.ndarray, tags: Sequence[str]) -> list[int]:
    """Return the likeliest tag sequence in which every I follows a B or I of its class.

    ``table`` holds log probabilities, one row a word, one column a tag (Viterbi 1967).
    """
    import numpy as np

    allowed = _transitions(tuple(tags))
    scores = table[0] + np.array([-np.inf if tag.startswith("I-") else 0.0 for tag in tags])
    back: list[np.ndarray] = []
    for row in table[1:]:
        options = scores[:, None] + allowed
        back.append(options.argmax(axis=0))
        scores = options.max(axis=0) + row
    path = [int(scores.argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return path[::-1]


@lru_cache(maxsize=2)
def _transitions(tags: tuple[str, ...]) -> np.ndarray:
    import numpy as np

    allowed = np.zeros((len(tags), len(tags)))
    for column, tag in enumerate(tags):
        if tag.startswith("I-"):
            for row, before in enumerate(tags):
                if before not in (tag, f"B-{tag[2:]}"):
                    allowed[row, column] = -np.inf
    return allowed
