"""``exports/`` is what ``kg build seeds`` writes, byte for byte, wherever it is run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.pipeline import FILES

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(
    ("hash_seed", "timezone", "language"), [("1", "UTC", "C.UTF-8"), ("77", "Asia/Tokyo", "C")]
)
def test_exports_are_rebuilt_byte_for_byte(
    tmp_path: Path, hash_seed: str, timezone: str, language: str
) -> None:
    surroundings = {
        "PYTHONHASHSEED": hash_seed,
        "TZ": timezone,
        "LC_ALL": language,
        "PYTHONPATH": str(ROOT),
    }
    subprocess.run(
        [sys.executable, "-m", "kg", "build", str(ROOT / "seeds"), "--out", "out", "--quiet"],
        cwd=tmp_path,
        env={**os.environ, **surroundings},
        check=True,
    )
    for name in FILES:
        built = (tmp_path / "out" / name).read_bytes()
        stored = (ROOT / "exports" / name).read_bytes()
        # Not `assert built == stored`: pytest would lay out a megabyte of differences.
        same = built == stored
        assert same, f"exports/{name} is out of date; run: make demo"
