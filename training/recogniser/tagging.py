"""Tag a guide with an exported encoder, on ONNX Runtime alone.

    python -m training.recogniser.tagging EXPORTED

Tags are decoded by Viterbi under the constraints of BIO, and a span's score is the mean probability
of its tags. Long passages are read in overlapping windows; nothing is cut off. Run as a program it
prints strict span precision, recall and F1 on the dev passages by the least score of a span.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KgError
from kg.language import ParsedGuide, Passage
from kg.ontology import Ontology
from kg.recognition.candidates import Candidate
from training.recogniser.wordshape import SHAPES, shape_of, words_of

if TYPE_CHECKING:
    import numpy as np

VOICE = "learned"
# A span with less mean probability is not proposed.
LEAST = 0.2
# Pieces a window holds, and how many of them the next window repeats as context.
WINDOW, OVERLAP = 192, 48
BATCH = 16


@dataclass(frozen=True, slots=True)
class Encoder:
    """The loaded model: an ONNX session, a tokenizer and the tags of its head."""

    session: Any
    tokenizer: Any
    tags: tuple[str, ...]
    opening: int
    closing: int


@dataclass(frozen=True, slots=True)
class Word:
    """A word's place in ``doc.text``, its pieces and its shape."""

    start: int
    end: int
    pieces: tuple[int, ...]
    shape: int


def load_encoder(folder: Path) -> Encoder:
    """Load exported weights; raises ``KgError`` when they are not whole."""
    import onnxruntime
    from tokenizers import Tokenizer

    try:
        card = json.loads((folder / "card.json").read_text("utf-8"))
        for name, digest in card["sha256"].items():
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
                raise KgError(f"{name} is not the file that was exported. Export it again.")
    except (OSError, ValueError, KeyError) as error:
        raise KgError(f"{folder}: {error}. Export the weights again.") from error
    options = onnxruntime.SessionOptions()
    # One thread: the same sums in the same order, whatever the machine.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        str(folder / "recogniser.onnx"), options, providers=["CPUExecutionProvider"]
    )
    tokenizer = Tokenizer.from_file(str(folder / "vocabulary.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return Encoder(
        session,
        tokenizer,
        tuple(card["tags"]),
        int(tokenizer.token_to_id("[CLS]") or 0),
        int(tokenizer.token_to_id("[SEP]") or 0),
    )


def tag(parsed: ParsedGuide, ontology: Ontology, encoder: Encoder) -> Iterator[Candidate]:
    """Yield every span that the tagger reads as a name."""
    words = [_words(passage, encoder) for passage in parsed.passages]
    windows = [
        (index, first, last) for index, found in enumerate(words) for first, last in _windows(found)
    ]
    order = sorted(windows, key=lambda item: (sum(_lengths(words[item[0]], *item[1:])), item))
    logits: list[dict[int, np.ndarray]] = [{} for _ in words]
    for at in range(0, len(order), BATCH):
        for (index, first, last), rows in zip(
            order[at : at + BATCH], _run(encoder, words, order[at : at + BATCH]), strict=True
        ):
            _keep(logits[index], rows, first, last, len(words[index]))
    for passage, found, table in zip(parsed.passages, words, logits, strict=True):
        yield from _spans(passage, found, table, encoder.tags, ontology)


def _words(passage: Passage, encoder: Encoder) -> list[Word]:
    text = passage.text
    places = list(words_of(text))
    encoded = encoder.tokenizer.encode_batch(
        [text[start:end] for start, end in places], add_special_tokens=False
    )
    return [
        Word(start, end, tuple(item.ids[: WINDOW // 4]), shape_of(text[start:end]))
        for (start, end), item in zip(places, encoded, strict=True)
        if item.ids
    ]


def _lengths(words: Sequence[Word], first: int, last: int) -> Iterator[int]:
    return (len(word.pieces) for word in words[first:last])


def _windows(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield half-open ranges of words that fit a window, each repeating the end of the last."""
    first = 0
    while first < len(words):
        last, size = first, 0
        while last < len(words) and size + len(words[last].pieces) <= WINDOW:
            size += len(words[last].pieces)
            last += 1
        yield first, last
        if last == len(words):
            return
        back, repeated = last, 0
        while back - 1 > first and repeated + len(words[back - 1].pieces) <= OVERLAP:
            back -= 1
            repeated += len(words[back].pieces)
        first = back


def _run(
    encoder: Encoder, words: list[list[Word]], batch: Sequence[tuple[int, int, int]]
) -> Iterator[np.ndarray]:
    """Yield, for each window, log probabilities of shape (words, tags)."""
    import numpy as np

    rows = []
    for index, first, last in batch:
        pieces, shapes, heads = [encoder.opening], [len(SHAPES)], []
        for word in words[index][first:last]:
            heads.append(len(pieces))
            pieces += word.pieces
            shapes += [word.shape] * len(word.pieces)
        rows.append(([*pieces, encoder.closing], [*shapes, len(SHAPES)], heads))
    longest = max(len(pieces) for pieces, _, _ in rows)
    feed = {
        "pieces": np.zeros((len(rows), longest), dtype=np.int64),
        "mask": np.zeros((len(rows), longest), dtype=np.int64),
        "shapes": np.full((len(rows), longest), len(SHAPES), dtype=np.int64),
    }
    for at, (pieces, shapes, _) in enumerate(rows):
        feed["pieces"][at, : len(pieces)] = pieces
        feed["mask"][at, : len(pieces)] = 1
        feed["shapes"][at, : len(shapes)] = shapes
    (logits,) = encoder.session.run(None, feed)
    for at, (_, _, heads) in enumerate(rows):
        kept = logits[at, heads].astype(np.float64)
        kept -= kept.max(axis=-1, keepdims=True)
        yield kept - np.log(np.exp(kept).sum(axis=-1, keepdims=True))


def _keep(kept: dict[int, np.ndarray], rows: np.ndarray, first: int, last: int, count: int) -> None:
    """Where windows overlap, each word keeps the reading that has more context around it."""
    for at, row in enumerate(rows):
        word = first + at
        left = at if first else count
        right = last - 1 - word if last < count else count
        if word not in kept or (left > 2 and right >= 0 and left >= right):
            kept[word] = row


def _spans(
    passage: Passage,
    words: Sequence[Word],
    rows: dict[int, np.ndarray],
    tags: tuple[str, ...],
    ontology: Ontology,
) -> Iterator[Candidate]:
    import numpy as np

    if not words:
        return
    table = np.stack([rows[at] for at in range(len(words))])
    best = viterbi(table, tags)
    at = 0
    while at < len(best):
        tag = tags[best[at]]
        end = at + 1
        if tag != "O":
            while end < len(best) and tags[best[end]] == f"I-{tag[2:]}":
                end += 1
            score = float(np.exp(table[range(at, end), best[at:end]]).mean())
            if score >= LEAST and tag[2:] in ontology.classes:
                span = passage.char_span(words[at].start, words[end - 1].end)
                yield Candidate(span.start, span.end, tag[2:], round(score, 6), VOICE)
        at = end


def viterbi(table: np.ndarray, tags: Sequence[str]) -> list[int]:
    """Return the likeliest tag sequence in which every I follows a B or I of its class.

    ``table`` holds log probabilities, one row a word, one column a tag.
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


def main() -> None:
    """Score an exported encoder on the dev passages."""
    from kg.guides import parse_guide
    from kg.language import load_pipeline, parse
    from kg.ontology import load_ontology
    from training.passages import read_corpus

    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("exported", type=Path)
    encoder = load_encoder(parser.parse_args().exported)
    nlp, ontology = load_pipeline(), load_ontology()
    gold: set[tuple[str, int, int, str]] = set()
    said: dict[tuple[str, int, int, str], float] = {}
    for passage in read_corpus():
        guide = parse_guide(passage.text, passage.id)
        if not passage.is_dev or guide.text != passage.text:
            continue
        gold |= {(passage.id, m.start, m.end, ontology.root(m.type)) for m in passage.mentions}
        for found in tag(parse(guide, nlp), ontology, encoder):
            said[passage.id, found.start, found.end, ontology.root(found.type)] = found.score
    for least in (0.3, 0.5, 0.7, 0.9):
        kept = {key for key, score in said.items() if score >= least}
        right = len(kept & gold)
        precision, recall = right / max(1, len(kept)), right / max(1, len(gold))
        f1 = 2 * right / max(1, len(kept) + len(gold))
        print(f"least {least}: P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")


if __name__ == "__main__":
    main()
