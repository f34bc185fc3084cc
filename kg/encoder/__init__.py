"""ENCODER: what each word means where it stands, by a small transformer of the package.

Two voices read from it: one that recognises names (``kg.recognition.learned``) and one that judges
pairs of them (``kg.relations.contextual``). It runs on ONNX Runtime and ``tokenizers``; how it was
trained, and on what, is in ``training/README.md``.
"""

from kg.encoder.session import Encoded, Encoder, encode, load_encoder

__all__ = ["Encoded", "Encoder", "encode", "load_encoder"]
