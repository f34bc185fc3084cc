"""The whole way: sources in, graph out, however many processes there are."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import LanguageError, SourceError
from kg.exporters import export
from kg.language import ParsedGuide
from kg.ontology import Ontology
from kg.pipeline import FILES, BuildResult, build, write
from kg.recognition.candidates import Candidate

ROOT = Path(__file__).resolve().parent.parent
GUIDES = {
    "7.txt": "#7 – Engines | The Engine Podcast\n\nOpenAI released GPT-5. It uses MoE.\n",
    "8.md": "# #8 – Looms | The Engine Podcast\n\nAnthropic released Claude.\n\n> OpenAI?\n",
    "9.txt": "Rain\n\nIt rained, and then it stopped.\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in GUIDES.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def written(result: BuildResult) -> bytes:
    return export("json", result.graph.graph, result.graph.ontology)


def episodes(result: BuildResult) -> dict[str, str]:
    return {
        node: data["source"]
        for node, data in result.graph.graph.nodes(data=True)
        if data["type"] == "Episode"
    }


def test_two_processes_give_the_bytes_of_one(folder: Path) -> None:
    said: dict[int, list[tuple[int, int, str]]] = {1: [], 2: []}
    results = {
        jobs: build(
            [str(folder)], jobs=jobs, progress=lambda *step, jobs=jobs: said[jobs].append(step)
        )
        for jobs in (1, 2)
    }
    assert written(results[1]) == written(results[2])
    assert said[1] == said[2]
    assert [(done, total) for done, total, _ in said[1]] == [(1, 3), (2, 3), (3, 3)]
    assert {name for _, _, name in said[1]} == set(GUIDES)


def test_the_order_of_the_sources_does_not_matter(folder: Path) -> None:
    paths = [str(folder / name) for name in GUIDES]
    assert written(build(paths)) == written(build(paths[::-1])) == written(build([str(folder)]))


def test_a_guide_that_cannot_be_read_does_not_stop_the_others(folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"\x00\x01\x02")
    (folder / "b.txt").write_bytes(b"")
    (folder / "c.txt").write_bytes("Größe".encode("latin-1"))
    result = build([str(folder)])
    assert result.guides == len(GUIDES)
    assert [failure.source for failure in result.failures] == ["a.txt", "b.txt", "c.txt"]
    assert all(failure.source in failure.message for failure in result.failures)
    assert sorted(episodes(result).values()) == sorted(GUIDES)


def test_nothing_to_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        build([str(tmp_path / "missing")])


def test_the_same_text_twice_is_one_guide(folder: Path) -> None:
    once = written(build([str(folder)]))
    (folder / "copy.txt").write_text(GUIDES["7.txt"], "utf-8")
    result = build([str(folder)])
    assert result.guides == len(GUIDES)
    assert written(result) == once


def test_two_guides_to_one_episode_stay_apart(folder: Path) -> None:
    before = episodes(build([str(folder)]))
    (folder / "7b.txt").write_text(GUIDES["7.txt"] + "\nOpenAI also sells ChatGPT.\n", "utf-8")
    result = build([str(folder)])
    assert result.guides == 4
    found = episodes(result)
    assert sorted(found.values()) == ["7.txt", "7b.txt", "8.md", "9.txt"]
    # What the others are called does not change.
    unchanged = {node for node, source in before.items() if source != "7.txt"}
    assert unchanged < found.keys()
    # Both speak of one OpenAI.
    (openai,) = (
        data for _, data in result.graph.graph.nodes(data=True) if data["label"] == "OpenAI"
    )
    assert len({mention["episode"] for mention in openai["mentions"]}) == 3


def test_background_is_added_on_request_only(folder: Path) -> None:
    (folder / "10.txt").write_text("Names\n\nMistral AI grew.\n\nFrance is large.\n", "utf-8")
    plain, known = build([str(folder)]), build([str(folder)], background=True)
    origins = [
        {data["origin"] for _, _, data in one.graph.graph.edges(data=True)}
        for one in (plain, known)
    ]
    assert "background" not in origins[0]
    assert "background" in origins[1]


def test_write_leaves_the_files_of_the_graph(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    paths = write(build([str(folder)]).graph, out)
    assert sorted(path.name for path in paths) == sorted(FILES)
    assert sorted(path.name for path in out.iterdir()) == sorted(FILES)


def find_looms(parsed: ParsedGuide, ontology: Ontology) -> Iterator[Candidate]:
    at = parsed.guide.text.find("stopped")
    if at >= 0:
        yield Candidate(at, at + len("stopped"), "Technique", 0.9, "looms")


def test_a_function_is_a_recognizer_in_any_number_of_processes(folder: Path) -> None:
    results = [build([str(folder)], jobs=jobs, recognizers=[find_looms]) for jobs in (1, 2)]
    assert written(results[0]) == written(results[1]) != written(build([str(folder)]))
    assert "stopped" in {data["label"] for _, data in results[0].graph.graph.nodes(data=True)}
    assert [result.warnings for result in results] == [(), ()]


def test_a_function_that_other_processes_cannot_import_is_refused(folder: Path) -> None:
    def mine(parsed: ParsedGuide, ontology: Ontology) -> list[Candidate]:
        return []

    assert build([str(folder)], recognizers=[mine]).guides == len(GUIDES)
    with pytest.raises(LanguageError, match=r"mine.*top level of a module, or read with one job"):
        build([str(folder)], jobs=2, recognizers=[mine])


def test_a_fault_of_a_recognizer_comes_back_from_another_process(folder: Path) -> None:
    with pytest.raises(LanguageError, match="'no_such_pipeline' cannot be loaded"):
        build([str(folder)], jobs=2, recognizers=["no_such_pipeline"])


def test_an_error_of_the_caller_ends_two_processes_at_once(tmp_path: Path) -> None:
    sentence = "OpenAI released GPT-5 on day {}, and Anthropic uses it in China.\n\n"
    for number in range(20):
        text = "".join(sentence.format(f"{number} {line}") for line in range(80))
        (tmp_path / f"{number}.txt").write_text(f"Rain {number}\n\n{text}", "utf-8")
    calls = []

    def say(*step: object) -> None:
        calls.append(step)
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        build([str(tmp_path)], jobs=2, progress=say)
    assert len(calls) == 1


@pytest.mark.skipif(os.name != "posix", reason="only POSIX can send Ctrl-C to a group of processes")
def test_ctrl_c_ends_two_processes_at_once(tmp_path: Path) -> None:
    """A worker that died of it would leave the pool waiting for ever."""
    sentence = "OpenAI released GPT-5 on {}, and Anthropic, which is based in China, uses it.\n\n"
    for number in range(40):
        text = "".join(sentence.format(f"{number} {line}") for line in range(150))
        (tmp_path / f"{number}.txt").write_text(f"Rain {number}\n\n{text}", "utf-8")
    script = (
        "import sys, kg\n"
        "def say(*step): print(step, flush=True)\n"
        "if __name__ == '__main__':\n"
        "    kg.build(sys.argv[1:], jobs=2, progress=say)\n"
    )
    (tmp_path / "run.py").write_text(script, "utf-8")
    process = subprocess.Popen(
        [sys.executable, str(tmp_path / "run.py"), str(tmp_path / "*.txt")],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline().startswith(b"(1, 40")
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
        # Two guides were under way; the other thirty-odd are left.
        assert len(out.splitlines()) < 30
        assert b"KeyboardInterrupt" in err
        assert process.returncode != 0
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
