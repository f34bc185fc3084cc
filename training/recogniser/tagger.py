"""An encoder with heads that tag words, and sentences as the numbers that it reads.

Every word gets the tag of its first piece, read from the mean of the encoder's last layers: the
last layer alone of an encoder that was made for the meaning of sentences says less of words. The
vocabularies are lower-cased, so that every word also gets an embedding of its shape.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import nn

from kg.encoder.words import SHAPES, shape_of
from training.recogniser.encoders import Encoder
from training.recogniser.network import half_precision

if TYPE_CHECKING:
    import numpy as np

# Pieces of the longest sentence; what is longer is cut in training and read in parts otherwise.
LONGEST = 200
_NO_TAG = -100
_OUTSIDE = len(SHAPES)


@dataclass(frozen=True, slots=True)
class Encoded:
    """A sentence as numbers: pieces, their shapes, their tags, and where each word begins."""

    pieces: tuple[int, ...]
    shapes: tuple[int, ...]
    tags: tuple[int, ...]
    begins: tuple[int, ...]


def encode(words: Sequence[str], tags: Sequence[int], encoder: Encoder) -> Encoded:
    """Turn tagged words into numbers; words past ``LONGEST`` pieces are left out."""
    pieces, shapes, marks, begins = [encoder.opening], [_OUTSIDE], [_NO_TAG], []
    for word, tag in zip(words, tags, strict=True):
        own = encoder.pieces(word)
        if len(pieces) + len(own) >= LONGEST:
            break
        begins.append(len(pieces))
        pieces += own
        shapes += [shape_of(word)] * len(own)
        marks += [tag, *([_NO_TAG] * (len(own) - 1))]
    return Encoded(
        (*pieces, encoder.closing), (*shapes, _OUTSIDE), (*marks, _NO_TAG), tuple(begins)
    )


def tensors(batch: Sequence[Encoded], padding: int) -> tuple[torch.Tensor, ...]:
    """Pad a batch: pieces, mask, shapes, tags."""
    longest = max(len(item.pieces) for item in batch)

    def padded(rows: list[tuple[int, ...]], fill: int) -> torch.Tensor:
        return torch.tensor([(*row, *([fill] * (longest - len(row)))) for row in rows])

    return (
        padded([item.pieces for item in batch], padding),
        padded([(1,) * len(item.pieces) for item in batch], 0),
        padded([item.shapes for item in batch], _OUTSIDE),
        padded([item.tags for item in batch], _NO_TAG),
    )


class Tagger(nn.Module):
    """An encoder with shape embeddings and one head for each set of tags."""

    def __init__(self, encoder: Encoder, sizes: Mapping[str, int], last_layers: int) -> None:
        super().__init__()
        self.encoder = encoder.network
        self.last_layers = last_layers
        width = self.encoder.config.hidden_size
        self.shapes = nn.Embedding(len(SHAPES) + 1, width)
        nn.init.normal_(self.shapes.weight, std=0.02)
        self.dropout = nn.Dropout(0.1)
        self.heads = nn.ModuleDict({name: nn.Linear(width, size) for name, size in sizes.items()})

    def forward(
        self, pieces: torch.Tensor, mask: torch.Tensor, shapes: torch.Tensor, head: str
    ) -> torch.Tensor:
        """Return logits of shape (batch, pieces, tags of the head)."""
        with half_precision():
            embedded = self.encoder.embeddings.word_embeddings(pieces) + self.shapes(shapes)
            states = self.encoder(
                inputs_embeds=embedded, attention_mask=mask, output_hidden_states=True
            ).hidden_states[-self.last_layers :]
        mean = torch.stack(states).float().mean(0)
        logits: torch.Tensor = self.heads[head](self.dropout(mean))
        return logits


def log_probabilities(
    tagger: Tagger, words: Sequence[str], encoder: Encoder, head: str
) -> np.ndarray:
    """Return a table of log probabilities, one row a word, one column a tag of the head."""
    import numpy as np

    tagger.eval()
    tables, at = [], 0
    while at < len(words):
        item = encode(words[at:], (0,) * (len(words) - at), encoder)
        pieces, mask, shapes, _ = tensors([item], encoder.padding)
        with torch.no_grad():
            logits = tagger(pieces, mask, shapes, head)[0, list(item.begins)]
        tables.append(logits.log_softmax(-1).double().numpy())
        at += len(item.begins)
    return np.concatenate(tables)
