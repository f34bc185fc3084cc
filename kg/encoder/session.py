"""Load the encoder and run it over a guide."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.encoder.words import SPECIAL, Window, Word, read_words, windows_of
from kg.errors import KgError
from kg.language import ParsedGuide

if TYPE_CHECKING:
    import numpy as np

WEIGHTS = Path(__file__).with_name("weights")
_LABELS = ("tags", "classes", "relations")
# Pieces, padding included, that one run of the network takes.
_PIECES_PER_RUN = 2048


@dataclass(frozen=True, slots=True)
class Encoder:
    """The loaded network: the tagger and the pair head as ONNX sessions, tokenizer and labels."""

    tagger: Any
    pairs: Any
    tokenizer: Any
    tags: tuple[str, ...]
    classes: tuple[str, ...]
    relations: tuple[str, ...]
    opening: int
    closing: int


@dataclass(frozen=True, eq=False, slots=True)
class Encoded:
    """A guide as the encoder sees it.

    ``texts`` has the half-open range of words of each passage; ``tags`` log probabilities of shape
    (words, tags); ``states`` the words' states of shape (words, width), at half precision;
    ``windows`` the half-open ranges of words that were read together.
    """

    words: tuple[Word, ...]
    texts: tuple[tuple[int, int], ...]
    windows: tuple[tuple[int, int], ...]
    tags: np.ndarray
    states: np.ndarray


@lru_cache(maxsize=1)
def load_encoder(folder: Path = WEIGHTS) -> Encoder:
    """Load the weights; raises ``KgError`` when they are not whole."""
    import onnxruntime
    from tokenizers import Tokenizer

    try:
        card = json.loads((folder / "card.json").read_text("utf-8"))
        for name, digest in card["sha256"].items():
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
                raise KgError(f"{name} is not the file that was shipped. Reinstall the package.")
        tags, classes, relations = (tuple(card[name]) for name in _LABELS)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KgError(f"The encoder's weights: {error}. Reinstall the package.") from error
    options = onnxruntime.SessionOptions()
    # One thread: the same sums in the same order, however many cores there are.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    sessions = [
        onnxruntime.InferenceSession(str(folder / name), options, ["CPUExecutionProvider"])
        for name in ("tagger.onnx", "pairs.onnx")
    ]
    tokenizer = Tokenizer.from_file(str(folder / "vocabulary.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return Encoder(
        tagger=sessions[0],
        pairs=sessions[1],
        tokenizer=tokenizer,
        tags=tags,
        classes=classes,
        relations=relations,
        opening=int(tokenizer.token_to_id("[CLS]") or 0),
        closing=int(tokenizer.token_to_id("[SEP]") or 0),
    )


@lru_cache(maxsize=1)
def encode(parsed: ParsedGuide) -> Encoded:
    """Read a guide; the last one read is kept, since two voices ask for it."""
    return encode_texts([passage.text for passage in parsed.passages], load_encoder())


def encode_texts(texts: Sequence[str], encoder: Encoder) -> Encoded:
    """Run the encoder over texts that follow each other."""
    import numpy as np

    words = read_words(texts, encoder.tokenizer)
    windows = list(windows_of(words, encoder.opening, encoder.closing))
    width = encoder.tagger.get_outputs()[1].shape[2]
    tags = np.zeros((len(words), len(encoder.tags)), dtype=np.float32)
    states = np.zeros((len(words), width), dtype=np.float16)
    room = np.full(len(words), -1, dtype=np.int32)
    for batch in _batches(windows):
        for window, logits, seen in _run(encoder, batch):
            kept = np.arange(window.first, window.last)
            # Where windows overlap, each word keeps the reading that has more context around it.
            before = kept - window.first if window.first else np.full(len(kept), len(words))
            after = window.last - 1 - kept if window.last < len(words) else before
            around = np.minimum(before, after)
            better = around > room[kept]
            room[kept[better]] = around[better]
            tags[kept[better]] = logits[better]
            states[kept[better]] = seen[better]
    return Encoded(
        words=tuple(words),
        texts=_ranges(words, len(texts)),
        windows=tuple((window.first, window.last) for window in windows),
        tags=tags,
        states=states,
    )


def _ranges(words: Sequence[Word], count: int) -> tuple[tuple[int, int], ...]:
    ranges: dict[int, tuple[int, int]] = {}
    for at, word in enumerate(words):
        ranges[word.text] = (ranges.get(word.text, (at, at))[0], at + 1)
    return tuple(ranges.get(text, (0, 0)) for text in range(count))


def _batches(windows: Sequence[Window]) -> Iterator[list[Window]]:
    """Windows of like length are read together, so that little is padding."""
    batch: list[Window] = []
    for window in sorted(windows, key=lambda window: (len(window.pieces), window.first)):
        if batch and (len(batch) + 1) * len(window.pieces) > _PIECES_PER_RUN:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def _run(
    encoder: Encoder, batch: Sequence[Window]
) -> Iterator[tuple[Window, np.ndarray, np.ndarray]]:
    """Yield each window with its words' log probabilities and states."""
    import numpy as np

    longest = max(len(window.pieces) for window in batch)
    feed = {
        "pieces": np.zeros((len(batch), longest), dtype=np.int64),
        "mask": np.zeros((len(batch), longest), dtype=np.int64),
        "shapes": np.full((len(batch), longest), SPECIAL, dtype=np.int64),
    }
    for at, window in enumerate(batch):
        feed["pieces"][at, : len(window.pieces)] = window.pieces
        feed["mask"][at, : len(window.pieces)] = 1
        feed["shapes"][at, : len(window.shapes)] = window.shapes
    logits, states = encoder.tagger.run(None, feed)
    for at, window in enumerate(batch):
        rows = logits[at, window.heads].astype(np.float64)
        rows -= rows.max(axis=-1, keepdims=True)
        yield (
            window,
            (rows - np.log(np.exp(rows).sum(axis=-1, keepdims=True))).astype(np.float32),
            states[at, window.heads],
        )


def judge_pairs(encoder: Encoder, seen: np.ndarray, types: np.ndarray, slots: np.ndarray) -> Any:
    """Return probabilities (pairs, relations) by the pair head."""
    import numpy as np

    (logits,) = encoder.pairs.run(None, {"seen": seen, "types": types, "slots": slots})
    return 1.0 / (1.0 + np.exp(-logits.astype(np.float64)))
