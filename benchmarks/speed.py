"""How long the commands take, each as a whole process, as users meet them.

    python -m benchmarks.speed [--runs N] [GUIDE ...]

Every command is run in turn N times after one run that is not counted, and the median of its wall
time printed, also as a multiple of a bare ``python -c pass`` in the same rounds: machines differ
and are noisy, so the multiples are what to compare. Without a GUIDE the seed is built.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Run the commands and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("guides", nargs="*", default=[str(ROOT / "seeds")])
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as out:
        kg = [sys.executable, "-m", "kg"]
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "kg --help": [*kg, "--help"],
            "kg build": [*kg, "build", "--quiet", "--out", out, *arguments.guides],
            "kg query": [*kg, "query", "--graph", out, "SELECT * { ?s kg:develops ?o }"],
            "kg show": [*kg, "show", "--graph", out, "OpenAI"],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for round_ in range(arguments.runs + 1):
            for name, command in commands.items():
                seconds = run(command)
                if round_:
                    times[name].append(seconds)
    bare = statistics.median(times["python -c pass"])
    print(f"{'command':16s}  median s   × bare python")
    for name, seconds_ in times.items():
        median = statistics.median(seconds_)
        print(f"{name:16s} {median:9.3f} {median / bare:12.1f}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"largest process: {peak:.0f} MiB")


def run(command: list[str]) -> float:
    """Run a command to its end and return its wall time in seconds; exit when it fails."""
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    seconds = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr}")
    return seconds


if __name__ == "__main__":
    main()
