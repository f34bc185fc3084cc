"""Files are replaced whole or not at all, and every failure says where."""

import os
import stat
from pathlib import Path

import pytest

from kg.errors import OutputError
from kg.files import ensure_writable_folder, write_all, write_atomically


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


class FullDiskError(OSError):
    def __init__(self) -> None:
        super().__init__(28, "No space left on device")


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the second flush to the disk fail, when one file is already beside its place."""
    flushed: list[int] = []

    def fsync(descriptor: int) -> None:
        flushed.append(descriptor)
        if len(flushed) == 2:
            raise FullDiskError

    monkeypatch.setattr(os, "fsync", fsync)


@pytest.mark.parametrize(
    ("content", "written"),
    [(b"\x00\r\n", b"\x00\r\n"), ("d\u00e9j\u00e0\n", b"d\xc3\xa9j\xc3\xa0\n"), ("", b"")],
)
def test_content_is_written_as_given(tmp_path: Path, content: bytes | str, written: bytes) -> None:
    path = tmp_path / "graph.json"
    path.write_bytes(b"old")
    write_atomically(path, content)
    assert path.read_bytes() == written
    assert names(tmp_path) == ["graph.json"]


def test_new_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    write_atomically(tmp_path / "ours", b"")
    (tmp_path / "plain").touch()
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_replaced_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "private"
    path.touch(mode=0o600)
    write_atomically(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_atomically(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_device_is_written_to_and_stays_a_device() -> None:
    write_atomically(Path(os.devnull), b"anything")
    assert not Path(os.devnull).is_file()


def test_failure_while_writing_keeps_the_old_file(tmp_path: Path, full_disk: None) -> None:
    (tmp_path / "a").write_bytes(b"old a")
    (tmp_path / "b").write_bytes(b"old b")
    with pytest.raises(OutputError, match="No space left on device"):
        write_all(tmp_path, {"a": b"new a", "b": b"new b"})
    assert (tmp_path / "a").read_bytes() == b"old a"
    assert (tmp_path / "b").read_bytes() == b"old b"
    assert names(tmp_path) == ["a", "b"]


def test_interruption_leaves_no_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "a", b"new")
    assert names(tmp_path) == []


def test_write_all_makes_the_folder_and_returns_sorted_paths(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "out"
    assert write_all(folder, {"b": b"2", "a": b"1"}) == [folder / "a", folder / "b"]
    assert (folder / "b").read_bytes() == b"2"


def test_folder_in_the_place_of_one_file_spares_the_others(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    with pytest.raises(OutputError, match="there is a folder of this name"):
        write_all(tmp_path, {"a": b"new", "b": b"new"})
    assert names(tmp_path) == ["b"]


@pytest.mark.parametrize("place", ["file/out", "file", "x" * 300])
def test_unusable_folder_is_refused_before_and_while_writing(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_bytes(b"not a folder")
    with pytest.raises(OutputError, match="cannot be written: "):
        ensure_writable_folder(tmp_path / place)
    with pytest.raises(OutputError, match="cannot be written: "):
        write_all(tmp_path / place, {"a": b""})
    assert names(tmp_path) == ["file"]


@pytest.mark.skipif(
    not Path("/proc/self").exists(), reason="only Linux has a folder that refuses even root"
)
def test_file_system_that_refuses_even_root_is_refused() -> None:
    with pytest.raises(OutputError, match="/proc/kg-out cannot be written"):
        ensure_writable_folder(Path("/proc/kg-out"))


def test_asking_leaves_nothing_behind(tmp_path: Path) -> None:
    ensure_writable_folder(tmp_path / "not" / "yet")
    ensure_writable_folder(tmp_path)
    assert names(tmp_path) == []


def test_relative_folder_is_taken_from_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ensure_writable_folder(Path("out/deep"))
    assert write_all(Path("out/deep"), {"a": b"1"}) == [Path("out/deep/a")]
