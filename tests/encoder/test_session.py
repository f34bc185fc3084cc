"""The encoder as the package runs it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from kg.encoder.session import WEIGHTS, encode_texts, judge_pairs, load_encoder
from kg.encoder.words import WINDOW
from kg.errors import KgError

TEXTS = ("Ines Corva leads Halden Labs in Bergen.", "She released Skald 2, a model, in May.")


def test_words_tags_and_states_fit_together() -> None:
    encoder = load_encoder()
    encoded = encode_texts(TEXTS, encoder)
    assert encoded.tags.shape == (len(encoded.words), len(encoder.tags))
    assert len(encoded.states) == len(encoded.words)
    assert np.allclose(np.exp(encoded.tags).sum(axis=1), 1.0, atol=1e-4)
    assert [TEXTS[w.text][w.start : w.end] for w in encoded.words[:2]] == ["Ines", "Corva"]
    first, second = encoded.texts
    assert first == (0, second[0])
    assert second[1] == len(encoded.words)


def test_a_person_is_a_person() -> None:
    encoder = load_encoder()
    encoded = encode_texts(TEXTS, encoder)
    assert [encoder.tags[at] for at in encoded.tags[:2].argmax(axis=1)] == ["B-Person", "I-Person"]


def test_the_same_text_gives_the_same_numbers() -> None:
    one, other = (encode_texts(TEXTS, load_encoder()) for _ in range(2))
    assert np.array_equal(one.tags, other.tags)
    assert np.array_equal(one.states, other.states)


def test_a_long_text_is_read_to_its_end() -> None:
    encoder = load_encoder()
    text = "Nothing happened for a while. " * WINDOW + "Then Ines Corva founded Halden Labs."
    encoded = encode_texts([text], encoder)
    assert len(encoded.windows) > 3
    best = [encoder.tags[at] for at in encoded.tags[-7:].argmax(axis=1)]
    assert best[1:3] == ["B-Person", "I-Person"]
    assert np.isfinite(encoded.tags).all()


@pytest.mark.parametrize("texts", [(), ("",), ("", " ", "\n"), ("\u200b",), ("😀" * 9,)])
def test_there_may_be_nothing_to_read(texts: tuple[str, ...]) -> None:
    encoded = encode_texts(texts, load_encoder())
    assert len(encoded.texts) == len(texts)
    assert len(encoded.tags) == len(encoded.words)


def test_pairs_get_a_probability_for_every_relation() -> None:
    encoder = load_encoder()
    seen = np.zeros((2, encoder.pairs.get_inputs()[0].shape[1]), dtype=np.float32)
    slots = np.zeros((2, encoder.pairs.get_inputs()[2].shape[1]), dtype=np.int64)
    chances = judge_pairs(encoder, seen, np.zeros((2, 2), dtype=np.int64), slots)
    assert chances.shape == (2, len(encoder.relations))
    assert ((chances > 0) & (chances < 1)).all()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(WEIGHTS, tmp_path / "weights"))


def test_altered_weights_are_an_error(copy: Path) -> None:
    with (copy / "pairs.onnx").open("ab") as file:
        file.write(b"\0")
    with pytest.raises(KgError, match=r"pairs\.onnx is not the file .* Reinstall the package"):
        load_encoder.__wrapped__(copy)


@pytest.mark.parametrize("content", [None, "{", "[]", '{"sha256": {}}'])
def test_a_damaged_card_is_an_error(copy: Path, content: str | None) -> None:
    (copy / "card.json").unlink()
    if content is not None:
        (copy / "card.json").write_text(content, "utf-8")
    with pytest.raises(KgError, match="Reinstall the package"):
        load_encoder.__wrapped__(copy)


def test_a_missing_file_is_an_error(copy: Path) -> None:
    (copy / "tagger.onnx").unlink()
    with pytest.raises(KgError, match=r"tagger\.onnx"):
        load_encoder.__wrapped__(copy)


def test_the_card_names_what_the_ontology_has() -> None:
    from kg.ontology import load_ontology

    ontology = load_ontology()
    card = json.loads((WEIGHTS / "card.json").read_text("utf-8"))
    assert set(card["classes"]) <= ontology.classes.keys()
    assert set(card["relations"]) <= ontology.relations.keys()
    assert set(card["tags"]) == {"O", *(f"{p}-{name}" for name in card["classes"] for p in "BI")}
