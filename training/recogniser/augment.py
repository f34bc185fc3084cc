"""Make further examples of annotated passages: other names, other case, other layout.

Names are swapped so that the context decides and not the name; headings in title case, list heads
and shouted lines are made because guides are full of them and the corpus is not.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from training.passages import Marked, Passage

# How often a passage's name is replaced, and by an invented one rather than one of the lexicon.
SWAP, INVENT = 0.5, 0.5
# How often a reference is left out, and a word that is no name capitalised.
FORGET, CAPITALS = 0.4, 0.06
_ONSETS = re.findall(
    r"\w+", "b br c ch d dr f fl g gr h j k kl l m n p pr qu r s sk sl st t tr v w z th sh"
)
_NUCLEI = re.findall(r"\w+", "a e i o u ai ea io ou y")
_CODAS = ("", "", "", "l", "n", "r", "s", "x", "th", "nd", "rk", "m", "ck", "lt")
_ENDINGS: Mapping[str, Sequence[str]] = {
    "Organization": ("", "", " Labs", " AI", " Research", " Capital", " Systems", " Health"),
    "Model": ("", "-7B", " 2", " 3.5", "-1", " Pro", "-mini", " 4 Flash", "-30B", " R1"),
    "Product": ("", "", "", ".js", " Studio", " Cloud", "DB", "Kit", " Code", "flow"),
    "Hardware": (" X1", "-100", " 2", "", " M3", "-9"),
    "Benchmark": ("Bench", "-Bench", " Arena", "Eval", "-bench Pro"),
    "Dataset": (" Corpus", "-1T", "Set", " Crawl"),
    "Series": (" Podcast", " Show", " Radio", ""),
    "Event": ("Conf", " Summit", " Act", " 2026"),
    "Place": ("", "", "ville", "burg", " Bay"),
    "Work": ("",),
    "Person": ("",),
}


@dataclass(frozen=True, slots=True)
class Tagged:
    """A text with the spans of its mentions: (start, end, class, canonical name).

    A reference is a span without a class.
    """

    text: str
    spans: tuple[tuple[int, int, str, str], ...]


def plain(passage: Passage) -> Tagged:
    """The passage as it is."""
    return Tagged(passage.text, tuple((m.start, m.end, m.type, m.name) for m in _marked(passage)))


def _marked(passage: Passage) -> list[Marked]:
    """Mentions and references in text order."""
    return sorted((*passage.mentions, *passage.references))


def invented(rng: random.Random, type_: str) -> str:
    """Make up a name such as one of the class might have."""
    word = _word(rng)
    if type_ == "Person":
        return f"{word} {_word(rng)}"
    if type_ == "Work":
        return f"The {word} {_word(rng)}"
    if type_ == "Product" and rng.random() < 0.25:
        word = word.lower()
    return word + rng.choice(_ENDINGS.get(type_, ("",)))


def _word(rng: random.Random) -> str:
    parts = [
        rng.choice(_ONSETS) + rng.choice(_NUCLEI) + rng.choice(_CODAS)
        for _ in range(rng.choice((1, 2, 2, 2, 3)))
    ]
    return "".join(parts).capitalize()


def swapped(passage: Passage, names: Mapping[str, Sequence[str]], rng: random.Random) -> Tagged:
    """Replace some of the passage's names, each everywhere in the passage alike."""
    chosen: dict[tuple[str, str], str] = {}
    for mention in passage.mentions:
        key = (mention.name, mention.type)
        if key in chosen or not _swappable(mention) or rng.random() > SWAP:
            continue
        pool = names.get(mention.type, ())
        fresh = rng.random() < INVENT or not pool
        chosen[key] = invented(rng, mention.type) if fresh else rng.choice(pool)
    text, spans, at = "", [], 0
    for mention in _marked(passage):
        text += passage.text[at : mention.start]
        name = chosen.get((mention.name, mention.type))
        surface = _form(mention, name) if name else mention.text
        spans.append((len(text), len(text) + len(surface), mention.type, mention.name))
        text += surface
        at = mention.end
    return Tagged(text + passage.text[at:], tuple(spans))


def _swappable(mention: Marked) -> bool:
    """Concepts are words of the language: another would change what the sentence says."""
    return mention.type in _ENDINGS


def _form(mention: Marked, name: str) -> str:
    """A surname stays a surname, a first name a first name."""
    old = mention.name.split()
    if mention.type == "Person" and len(old) > 1 and len(mention.text.split()) == 1:
        return name.split()[-1] if mention.text == old[-1] else name.split()[0]
    return name


def noisy(tagged: Tagged, rng: random.Random) -> Tagged:
    """Lay a passage out otherwise: as a list, below a heading, or with capitals that say nothing.

    Guides are full of Lists - with heads, of Which some are names and Most are not.
    """
    chance = rng.random()
    if chance < 0.12:
        tagged = joined(["- ", *_between(sentences(tagged), "\n- ")])
    elif chance < 0.4:
        separator = rng.choice((" - ", ": ", "  - ", " – ", " — ", " | "))
        items = [_item(sentence, separator, rng) for sentence in sentences(tagged)]
        tagged = joined(["- ", *_between(items, "\n- ")])
    elif chance < 0.6:
        made = heading(tagged, rng)
        tagged = joined([made, "\n\n", tagged]) if made is not None else tagged
    if rng.random() < 0.3:
        tagged = capitalised(tagged, rng)
    elif rng.random() < 0.04 and len(tagged.text.lower()) == len(tagged.text):
        tagged = Tagged(tagged.text.lower(), tagged.spans)
    return tagged


def _item(sentence: Tagged, separator: str, rng: random.Random) -> Tagged:
    """A sentence below a head: a name that it has, or some of its words in title case."""
    named = [span for span in sentence.spans if span[2]]
    if named and rng.random() < 0.4:
        start, end, type_, name = rng.choice(named)
        head = Tagged(sentence.text[start:end], ((0, end - start, type_, name),))
        return joined([head, separator, sentence])
    made = heading(sentence, rng)
    return joined([made, separator, sentence]) if made is not None else sentence


def capitalised(tagged: Tagged, rng: random.Random) -> Tagged:
    """Write some words that are no names with a capital."""
    text = list(tagged.text)
    for match in re.finditer(r"(?<![\w'’])[a-z](?=[a-z]{3})", tagged.text):
        at = match.start()
        if rng.random() < CAPITALS and not any(s <= at < e for s, e, *_ in tagged.spans):
            text[at] = text[at].upper()
    return Tagged("".join(text), tagged.spans)


def joined(parts: Sequence[Tagged | str]) -> Tagged:
    """Put texts one after the other."""
    text, spans = "", list[tuple[int, int, str, str]]()
    for part in parts:
        if isinstance(part, Tagged):
            spans += [(s + len(text), e + len(text), t, name) for s, e, t, name in part.spans]
            text += part.text
        else:
            text += part
    return Tagged(text, tuple(spans))


def _between(parts: Sequence[Tagged], separator: str) -> list[Tagged | str]:
    found: list[Tagged | str] = []
    for part in parts:
        found += [separator, part]
    return found[1:]


def forgetful(tagged: Tagged, rng: random.Random) -> Tagged:
    """Leave some references out, for not all are resolved where the annotator is not there."""
    kept = tuple(span for span in tagged.spans if span[2] or rng.random() > FORGET)
    return Tagged(tagged.text, kept)


def sentences(tagged: Tagged) -> list[Tagged]:
    """Split a text after full stops and at line ends that no mention contains."""
    found, at = [], 0
    for match in re.finditer(r"(?<=[.!?])[ \n]+(?=[A-Z\"“])|\n+|$", tagged.text):
        if any(s < match.end() and match.start() < e for s, e, *_ in tagged.spans):
            continue
        inside = tuple(
            (s - at, e - at, type_, name)
            for s, e, type_, name in tagged.spans
            if at <= s and e <= match.start()
        )
        piece = tagged.text[at : match.start()]
        if piece.strip():
            found.append(Tagged(piece, inside))
        at = match.end()
    return found


def heading(tagged: Tagged, rng: random.Random) -> Tagged | None:
    """Cut some words out of a sentence and write them like a heading or a list's head."""
    words = list(re.finditer(r"\S+", tagged.text))
    if len(words) < 5:
        return None
    count = rng.randint(2, min(7, len(words)))
    first = rng.randrange(len(words) - count + 1)
    start, end = words[first].start(), words[first + count - 1].end()
    if any(s < end and start < e and not (start <= s and e <= end) for s, e, *_ in tagged.spans):
        return None
    spans = [
        (s - start, e - start, type_, name)
        for s, e, type_, name in tagged.spans
        if start <= s and e <= end
    ]
    text = list(tagged.text[start:end].rstrip(".,;:"))
    for match in re.finditer(r"(?<![\w'’])[a-z]", "".join(text)):
        at = match.start()
        small = re.match(r"(?:a|an|the|of|and|to|in|for|on|is)\b", "".join(text[at:]))
        if not any(s <= at < e for s, e, *_ in spans) and (not small or at == 0):
            text[at] = text[at].upper()
    most = len(text)
    kept = tuple((s, min(e, most), type_, name) for s, e, type_, name in spans if s < most)
    return Tagged("".join(text), kept)
