"""Measures each fact that conditions may ask, alone, over all places of synthetic models, and how its time grows."""

from __future__ import annotations

import argparse
import gc
import math
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import synthetic

from threatmodel.analysis.answers import ANSWERS
from threatmodel.analysis.context import Context
from threatmodel.analysis.evaluate import Evaluator
from threatmodel.analysis.place import Place
from threatmodel.assessment import assess
from threatmodel.attacking.paths import attack_paths
from threatmodel.catalog.conditions import Elsewhere, Test
from threatmodel.catalog.facts import FACTS
from threatmodel.catalog.read import read_catalog
from threatmodel.importers.formats import read_model
from threatmodel.model.system import System
from threatmodel.resources import data_folder

ALL = "all facts together"
PATHS = "attack paths, after an assessment"
_QUICK = 0.01
"""Seconds below which a growth says nothing."""


def places(system: System, about: Iterable[str]) -> list[Place]:
    """The places that a fact is about."""
    found: list[Place] = []
    for sort, some in (("component", system.components), ("flow", system.flows), ("zone", system.zones)):
        found += some if sort in about else ()
    return [*found, system] if "model" in about else found


def ask(context: Context, name: str) -> None:
    """Asks one fact of every place."""
    fact = FACTS[name]
    if name in ANSWERS:
        for place in places(context.system, fact.about):
            ANSWERS[name](context, place)
    elif fact.shape == "place" and fact.about != ("chain",) and fact.leads_to == "component":
        verdict = Evaluator(context).compile(Elsewhere(name, Test("trait", "any", ("runs-model",))))
        for place in places(context.system, fact.about):
            verdict(place)


def measured(system: System, runs: int) -> dict[str, float]:
    """The seconds that each fact takes, and all of them together, at best of some runs."""
    found: dict[str, float] = {}
    for name in [*sorted(ANSWERS), "some_upstream", "some_downstream"]:
        found[name] = min(_timed(partial(_ask_anew, system, name)) for _ in range(runs))

    def everything() -> None:
        context = Context(system)
        for name in FACTS:
            ask(context, name)

    found[ALL] = min(_timed(everything) for _ in range(runs))
    assessment = assess(system, read_catalog(data_folder("catalogs") / "radiology-ai"))
    found[PATHS] = min(_timed(lambda: attack_paths(assessment)) for _ in range(runs))
    return found


def _ask_anew(system: System, name: str) -> None:
    ask(Context(system), name)


def _timed(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Prints a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs=2, default=[1_000, 10_000], help="two numbers of components")
    parser.add_argument("--runs", type=int, default=2, help="runs for each figure; the best counts")
    given = parser.parse_args()
    small, large = given.sizes
    with tempfile.TemporaryDirectory() as folder:
        figures = [measured(read_model(synthetic.write(Path(folder), size)), given.runs) for size in given.sizes]
    say = sys.stdout.write
    say(f"| Fact | {small:,} components, seconds | {large:,}, seconds | grows as N to the power of |\n")
    say("| --- | ---: | ---: | ---: |\n")
    for name in figures[0]:
        few, many = figures[0][name], figures[1][name]
        power = math.log(many / few) / math.log(large / small) if many > _QUICK else None
        say(f"| {name} | {few:.3f} | {many:.3f} | {'–' if power is None else f'{power:.2f}'} |\n")
    say(f"\nPeak of resident memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB\n")


if __name__ == "__main__":
    main()
