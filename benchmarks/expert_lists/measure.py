"""Measures what threatmodel raises against what experts wrote down of four published architectures.

Each folder beside this file holds a model of a published case and ``links.yaml``: for each threat of the case's
authors the finding of ours that says the same, with a score. A link to a finding that no longer exists stops the run.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from threatmodel.analysis.finding import Finding
from threatmodel.assessment import Assessment, assess
from threatmodel.catalog.catalog import Catalog
from threatmodel.catalog.read import read_catalog
from threatmodel.errors import ThreatModelError
from threatmodel.importers.formats import read_model
from threatmodel.located_yaml import read_file
from threatmodel.resources import data_folder

HERE = Path(__file__).resolve().parent
SCORES = {0: "nothing", 1: "a STRIDE letter", 2: "the same cause or attack", 3: "the same weakness"}
PENDING = frozenset({"open", "question"})


@dataclass(frozen=True)
class Link:
    """A threat of an expert list, in our words, and the finding of ours that says it, with its score."""

    expert: str
    scope: str
    says: str
    on: tuple[str, ...]
    finding: str | None
    score: int
    because: str


@dataclass(frozen=True)
class Measured:
    """A case with its links and all that the program raised."""

    name: str
    links: tuple[Link, ...]
    assessment: Assessment

    @property
    def core(self) -> list[Link]:
        """The links of the threats that the measure counts."""
        return [link for link in self.links if link.scope == "core"]

    def reached(self, level: int) -> int:
        """How many core threats are matched at a level or above."""
        return sum(link.score >= level for link in self.core)

    @property
    def settled(self) -> int:
        """How many core threats are matched at level 2 by findings that the model itself closes."""
        return sum(link.score >= 2 and self.state(link) not in PENDING for link in self.core)

    def state(self, link: Link) -> str:
        """The state of the finding that a link names."""
        return self.assessment.by_id[link.finding].finding.state if link.finding is not None else "none"

    def pending(self, sort: str) -> list[int]:
        """For each component or each flow, how many groups of the terminal name it: open ones and undecided ones.

        A place has at most one finding of a threat, so each of its findings stands in a group of its own.
        """
        system = self.assessment.system
        parts = system.components if sort == "component" else system.flows
        counted = dict.fromkeys((part.id for part in parts), 0)
        for rated in self.assessment.findings:
            finding = rated.finding
            if finding.place.type == sort and finding.state in PENDING:
                counted[finding.place.id] += 1
        return list(counted.values())

    @property
    def elsewhere(self) -> int:
        """How many open or undecided findings are about a zone, a chain or the whole model."""
        return sum(
            rated.finding.place.type in {"zone", "chain", "model"} and rated.finding.state in PENDING
            for rated in self.assessment.findings
        )

    def mistakes(self) -> list[str]:
        """What is wrong with the links: findings that are gone, places that are not there, reasons that are missing."""
        return [f"{self.name}: {link.expert}: {wrong}" for link in self.links for wrong in self._wrong(link)]

    def _wrong(self, link: Link) -> list[str]:
        system = self.assessment.system
        places = {*system.zone_by_id, *system.component_by_id, *system.flow_by_id}
        wrong = [f"the model has no {name}" for name in link.on if name not in places]
        if link.score not in SCORES or link.scope not in {"core", "edge"}:
            wrong.append(f"score {link.score} or scope {link.scope} is none that there is")
        if (link.finding is None) != (link.score == 0):
            wrong.append("a score of 0 goes with no finding, and no finding with 0")
        if link.score < 2 and not link.because:
            wrong.append("a score below 2 needs a reason")
        if link.finding is not None:
            rated = self.assessment.by_id.get(link.finding)
            if rated is None:
                wrong.append(f"{link.finding} is no longer raised")
            elif not covers(rated.finding, link.on) and not link.because:
                wrong.append(f"{link.finding} is about another place: say why it counts")
        return wrong


def covers(finding: Finding, elements: Sequence[str]) -> bool:
    """Whether a finding is about one of some elements: it lies there, or it is about a chain that goes through."""
    return not {finding.place.id, *finding.place.path, *finding.place.parts}.isdisjoint(elements)


def cases() -> list[str]:
    """The names of the cases, in order."""
    return sorted(folder.name for folder in HERE.iterdir() if (folder / "links.yaml").is_file())


def measured(name: str, catalog: Catalog) -> Measured:
    """A case, assessed."""
    rows = read_file(HERE / name / "links.yaml", ThreatModelError).data
    if not isinstance(rows, dict):
        raise SystemExit(f"{name}/links.yaml holds no links")
    links = tuple(
        Link(
            expert,
            row["scope"],
            row["says"],
            tuple(row["on"]),
            row.get("finding"),
            row["score"],
            row.get("because", ""),
        )
        for expert, row in rows.items()
    )
    return Measured(name, links, assess(read_model(HERE / name, catalog.controls), catalog))


def shipped() -> Catalog:
    """The catalog that the program ships."""
    return read_catalog(data_folder("catalogs") / "radiology-ai")


def table(found: Sequence[Measured]) -> str:
    """The table of all cases and of their sum."""
    lines = [
        "| Case | core threats | level 2 | level 1 | level 3 | of level 2 closed by the model "
        "| components: mean | max | flows: mean | max | zones, chains, model |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, some in [*((one.name, [one]) for one in found), ("all", list(found))]:
        count = sum(len(one.core) for one in some)
        shares = [sum(one.reached(level) for one in some) for level in (2, 1, 3)]
        parts = [number for one in some for number in one.pending("component")]
        flows = [number for one in some for number in one.pending("flow")]
        cells = [
            name,
            str(count),
            *(f"{number} ({number / count:.0%})" for number in shares),
            str(sum(one.settled for one in some)),
            *(f"{statistics.mean(parts):.1f}", str(max(parts))),
            *(f"{statistics.mean(flows):.1f}", str(max(flows))),
            str(sum(one.elsewhere for one in some)),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def missed(found: Sequence[Measured]) -> str:
    """What no finding says, with the reason."""
    lines = [
        f"- {link.expert} ({link.scope}, level {link.score}): {link.says}: {link.because}"
        for one in found
        for link in one.links
        if link.score < 2
    ]
    return "\n".join(lines or ["- nothing"])


def disputable(found: Sequence[Measured]) -> str:
    """The links that count and that somebody may see otherwise, each with what speaks for it."""
    lines = [
        f"- {link.expert}, level {link.score}: {link.says} → {link.finding} ({one.state(link)}): {link.because}"
        for one in found
        for link in one.links
        if link.score >= 2 and link.because
    ]
    return "\n".join(lines or ["- none"])


def main() -> None:
    """Prints the table, what is missed, and on request the links that can be disputed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--disputable", action="store_true", help="list the links that give a reason, too")
    given = parser.parse_args()
    catalog = shipped()
    found = [measured(name, catalog) for name in cases()]
    wrong = [mistake for one in found for mistake in one.mistakes()]
    if wrong:
        raise SystemExit("\n".join(wrong))
    say = sys.stdout.write
    say(f"{table(found)}\n\nMissed (below level 2; edge threats are not counted above):\n\n{missed(found)}\n")
    if given.disputable:
        say(f"\nCounted, and open to dispute:\n\n{disputable(found)}\n")


if __name__ == "__main__":
    main()
