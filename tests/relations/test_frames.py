"""The index of the words by which the ontology's relations are said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.ontology import Frame
from kg.relations.frames import frame_index
from tests.marked import ontology


def test_every_frame_is_found_under_a_lower_case_word_of_its_own() -> None:
    index = frame_index(ontology())
    kinds = {"verb": index.verbs, "noun": index.nouns, "act": index.acts, "between": index.between}
    for relation in ontology().relations.values():
        for frame in relation.frames:
            where = [word for word, frames in kinds[frame.kind].items() if frame in frames]
            assert len(where) == 1, frame
            assert where[0] in {word.lower() for word in frame.words}, frame


def test_the_most_specific_frame_comes_first() -> None:
    index = frame_index(ontology())
    for frames in (*index.verbs.values(), *index.nouns.values(), *index.acts.values()):
        lengths = [len(frame.words) for frame in frames]
        assert lengths == sorted(lengths, reverse=True)
    assert index.verbs["train"][0].relation == "trainedOn"


@pytest.mark.parametrize(
    ("kind", "words", "trigger"),
    [
        ("verb", ("roll", "out"), "roll"),
        ("noun", ("chief", "executive", "of"), "executive"),
        ("noun", ("variant",), "variant"),
        ("act", ("release", "of"), "release"),
        ("between", ("from",), "from"),
    ],
)
def test_triggers(kind: str, words: tuple[str, ...], trigger: str) -> None:
    frame = Frame(kind, words, "develops")
    develops = replace(ontology().relations["develops"], frames=(frame,))
    index = frame_index(replace(ontology(), relations={"develops": develops}))
    found = {"verb": index.verbs, "noun": index.nouns, "act": index.acts, "between": index.between}
    assert found[kind] == {trigger: (frame,)}


def test_frames_of_nouns_end_in_a_preposition() -> None:
    """The word before the last sets a noun of several words off; the last is its preposition."""
    ends = {
        " ".join(frame.words)
        for relation in ontology().relations.values()
        for frame in relation.frames
        if frame.kind in {"noun", "act"} and len(frame.words) > 1
    }
    prepositions = "of at to for in on with from over behind against around within"
    assert {end for end in ends if end.split()[-1] not in prepositions.split()} == set()
