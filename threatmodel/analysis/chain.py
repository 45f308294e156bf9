"""Chains of flows as places: a threat about chains is asked of each, and its finding names the whole way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from threatmodel.analysis.answer import UNKNOWN, YES, Answer, Reason
from threatmodel.analysis.evaluate import Evaluator
from threatmodel.analysis.place import Chain
from threatmodel.catalog.catalog import Ways
from threatmodel.graph.ways import Marks, Way, ways

MOST_STARTS = 20
"""For one end, at most so many starts are told as chains of their own; the nearest first, the rest by their number."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A chain and whether it is one for sure."""

    chain: Chain
    verdict: Answer


class Chains:
    """The chains of one system that a threat is about."""

    def __init__(self, evaluator: Evaluator, marks: Ways) -> None:
        """Asks of each component what part it can play."""
        self._evaluator, self._marks = evaluator, marks
        system = evaluator.context.system
        start, end = evaluator.compile(marks.start), evaluator.compile(marks.end)
        self._start = {part.id: start(part) for part in system.components}
        self._end = {part.id: end(part) for part in system.components}
        self._avoid: dict[str, Answer] = {}
        if marks.avoiding is not None:
            avoid = evaluator.compile(marks.avoiding)
            self._avoid = {part.id: avoid(part) for part in system.components}

    def candidates(self) -> Iterator[Candidate]:
        """Every chain, those that are chains for sure before those that may be; each pair of ends once."""
        sure = self._ways(frozenset({YES}), frozenset({YES, UNKNOWN}))
        pairs = {(way.first, way.last) for way in sure}
        possible = [
            way for way in self._ways(frozenset({YES, UNKNOWN}), frozenset({YES})) if (way.first, way.last) not in pairs
        ]
        yield from (Candidate(chain, YES) for chain in self._nearest(sure))
        yield from (Candidate(chain, UNKNOWN) for chain in self._nearest(possible))

    def reasons(self, chain: Chain) -> list[Reason]:
        """The facts that make it a chain: of its ends, of each flow on the way, of what it does not pass."""
        evaluator, marks, context = self._evaluator, self._marks, self._evaluator.context
        found = list(evaluator.reasons(marks.start, context.component(chain.first))[1])
        for hop in chain.hops:
            flow = context.system.flow_by_id[hop]
            value = evaluator.value("carries", flow)
            answer: Answer = YES if flow.carries is not None else UNKNOWN
            found.append(Reason("carries what is followed", answer, value.because, flow.source, hop, value.asks))
        found += evaluator.reasons(marks.end, context.component(chain.last))[1]
        if marks.avoiding is not None:
            for part in chain.between:
                answer, reasons = evaluator.reasons(marks.avoiding, context.component(part))
                found += reasons if answer == UNKNOWN else []
            between = ", ".join(repr(context.component(part).name) for part in chain.between)
            told = f"the way passes {between}, which does not end the trouble" if between else "nothing lies in between"
            found.append(Reason("avoiding", YES, told, chain.source, chain.id))
        return found

    def _ways(self, wanted: frozenset[Answer], shunned: frozenset[Answer]) -> list[Way]:
        stated, possible = self._evaluator.context.topology.hops
        starts = frozenset(part for part, answer in self._start.items() if answer in wanted)
        ends = frozenset(part for part, answer in self._end.items() if answer in wanted)
        avoided = frozenset(part for part, answer in self._avoid.items() if answer in shunned)
        hops = possible if UNKNOWN in wanted else stated
        return ways(hops, Marks(starts, ends, avoided, self._marks.carrying, self._turned))

    def _turned(self, part: str, data: str) -> frozenset[str]:
        context = self._evaluator.context
        return context.kind(context.component(part)).turned(data)

    def _nearest(self, found: list[Way]) -> Iterator[Chain]:
        by_end: dict[str, list[Way]] = defaultdict(list)
        for way in found:
            by_end[way.last].append(way)
        for end in sorted(by_end):
            several = sorted(by_end[end], key=lambda way: (len(way.hops), way.first))
            left = max(0, len(several) - MOST_STARTS)
            for way in several[:MOST_STARTS]:
                yield self._chain(way, left)

    def _chain(self, way: Way, left: int) -> Chain:
        context = self._evaluator.context
        parts = (way.first, *(hop.target for hop in way.hops))
        flow = context.system.flow_by_id[way.hops[0].flow]
        name = " → ".join(context.component(part).name for part in parts)
        return Chain(f"{way.first}~{way.last}", name, parts, tuple(hop.flow for hop in way.hops), left, flow.source)
