"""Measures the program as a user runs it, whole processes, and prints the tables that the README quotes."""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import synthetic

ROOT = Path(__file__).resolve().parents[1]
SIZES = (10, 100, 1_000, 10_000)
SAMPLE = str(ROOT / "samples" / "chest-xray-triage" / "model.py")


@dataclass(frozen=True)
class Measured:
    """The median time of some runs in seconds, and the highest peak of resident memory in MiB."""

    seconds: float
    mebibytes: float


def measure(arguments: Sequence[str], runs: int, bytecode: Path) -> Measured:
    """Runs ``threatmodel`` on some arguments several times, after one run that fills the caches.

    Byte code is kept in a folder of its own, so that it is there as it is after an installation, whatever the
    environment says of writing it.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(bytecode)
    times, peaks = [], []
    for turn in range(runs + 1):
        start = time.perf_counter()
        child = os.posix_spawn(
            sys.executable,
            [sys.executable, "-m", "threatmodel", "--quiet", *arguments],
            environment,
            file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
        )
        _, status, usage = os.wait4(child, 0)
        took = time.perf_counter() - start
        if os.waitstatus_to_exitcode(status) != 0:
            raise SystemExit(f"threatmodel {' '.join(arguments)} failed")
        if turn:
            times.append(took)
            peaks.append(usage.ru_maxrss / 1024)
    return Measured(statistics.median(times), max(peaks))


def growth(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """The exponent b of the line through the last two points: time grows as N to the power of b."""
    return math.log(seconds[-1] / seconds[-2]) / math.log(sizes[-1] / sizes[-2])


def main() -> None:
    """Prints two Markdown tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="numbers of components")
    parser.add_argument("--runs", type=int, default=5, help="runs for each figure; 2 from 10,000 components on")
    given = parser.parse_args()
    say = sys.stdout.write
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        small = {
            "`threatmodel --help`": ["--help"],
            "`check --format json` of chest-xray-triage": ["check", SAMPLE, "--format", "json"],
            "its HTML report with picture": ["report", SAMPLE, "--format", "html", "-o", str(out / "sample")],
        }
        say("| Whole process, warm | seconds | MiB |\n| --- | ---: | ---: |\n")
        for told, arguments in small.items():
            figure = measure(arguments, given.runs, out / "bytecode")
            say(f"| {told} | {figure.seconds:.2f} | {figure.mebibytes:.0f} |\n")
        say("\n| Components | flows | findings | JSON, seconds | MiB | HTML, seconds | MiB |\n")
        say("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n")
        times = []
        for size in given.sizes:
            runs = given.runs if size < 10_000 else 2
            path = str(synthetic.write(out, size))
            document = out / "findings.json"
            as_json = measure(["check", path, "--format", "json", "-o", str(document)], runs, out / "bytecode")
            times.append(as_json.seconds)
            counted = sum(json.loads(_head(document))["by_state"].values())
            as_html = measure(["report", path, "--format", "html", "-o", str(out / "report")], runs, out / "bytecode")
            say(
                f"| {size:,} | {2 * size:,} | {counted:,} | {as_json.seconds:.2f} | {as_json.mebibytes:.0f} "
                f"| {as_html.seconds:.2f} | {as_html.mebibytes:.0f} |\n"
            )
            sys.stdout.flush()
        if len(times) > 1:
            say(f"\nThe JSON of the last two sizes grows as N^{growth(given.sizes, times):.2f}.\n")


def _head(document: Path) -> str:
    """The summary of an assessment, without reading its findings."""
    with document.open(encoding="utf-8") as file:
        for line in file:
            if line.startswith(' "summary": '):
                return line.removeprefix(' "summary": ').rstrip().rstrip(",")
    raise SystemExit(f"{document} has no summary")


if __name__ == "__main__":
    main()
