"""What facts of topology mean, by force: every way to complete a small system is tried, every step followed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import product

from threatmodel.model.holding import Holding
from threatmodel.model.kind import Kind
from threatmodel.model.parts import Flow
from threatmodel.model.system import System
from threatmodel.model.vocabulary import DATA_CLASS_BY_ID

EVERYTHING = frozenset(DATA_CLASS_BY_ID)
IMAGES = frozenset({"phi-pixel", "raw-data", "derived-images"})
REPORTS = frozenset({"reports", "audio"})
SUPPLIES = frozenset(
    {
        "software",
        "model-weights",
        "labels",
        "deid-images",
        "gradients",
        "embeddings",
        "config",
        "device-config",
        "routing-rules",
    }
)
SETTINGS = frozenset({"device-config", "config", "routing-rules", "credentials", "software"})
RESULTS = frozenset({"predictions", "ai-results"})
EFFECTIVE = RESULTS | {"reports", "orders", "derived-images"}

TEACHING = frozenset(
    {"phi-pixel", "raw-data", "derived-images", "deid-images", "dicom-header", "burned-in", "predictions", "ai-results"}
    | {"labels", "gradients", "reports"}
)

Step = tuple[str, str, str, frozenset[str]]
"""From where, to where, over which flow, with which classes of data."""
State = tuple[str, str]
"""A component and a class of data."""


class World:
    """A system of which everybody knows what each flow carries, over what, and which models learn in use."""

    def __init__(
        self,
        read: System,
        filled: Mapping[str, frozenset[str]],
        spoken: Mapping[str, str] | None = None,
        learning: Collection[str] = (),
    ) -> None:
        self.read = read
        self.over = {flow.id: flow.over or (spoken or {}).get(flow.id) for flow in read.flows}
        self.learning = learning
        self.kinds: dict[str, Kind] = {part.id: read.kind(part.kind) for part in read.components}
        self.carried = {flow.id: filled.get(flow.id, stated(read, flow) or frozenset()) for flow in read.flows}
        self.steps: list[Step] = []
        for flow in read.flows:
            self.steps.append((flow.data_source, flow.data_target, flow.id, self.carried[flow.id]))
            if flow.both_ways:
                self.steps.append((flow.data_target, flow.data_source, flow.id, self.carried[flow.id]))

    def turned(self, part: str, data: str) -> frozenset[str]:
        """What may become of data in a component; a model that learns in use may put out what it learnt."""
        out = self.kinds[part].turned(data)
        if self.learns_from(part, data):
            out |= self.kinds[part].turned("model-weights")
        return out

    def learns_from(self, part: str, data: str) -> bool:
        """Whether a model learns in use from what comes in; of one that does not say so, only from what teaches."""
        stated_so = self.read.component_by_id[part].stated("learns_in_use") is True
        return (stated_so and data in TEACHING) or (part in self.learning and data in {"labels", "gradients"})

    def with_trait(self, *traits: str) -> set[str]:
        """The components whose kind has one of some traits."""
        return {part for part, kind in self.kinds.items() if kind.traits & set(traits)}

    def people(self) -> set[str]:
        return {part for part, kind in self.kinds.items() if kind.dfd == "person"}

    def arrivals(self, leaving: Collection[State], closed: Collection[str] = ()) -> set[State]:
        """Where data that leave components get to, and as what; they do not go on from what is closed."""
        found: set[State] = set()
        ready = set(leaving)
        while True:
            more = {
                (target, data)
                for source, target, _, carried in self.steps
                for data in carried
                if (source, data) in ready and source != target
            } - found
            if not more:
                return found
            found |= more
            ready |= {(part, out) for part, data in more if part not in closed for out in self.turned(part, data)}

    def from_part(self, part: str) -> set[str]:
        """The components that whatever leaves a component gets to."""
        return {other for other, _ in self.arrivals({(part, data) for data in EVERYTHING})}


def stated(read: System, flow: Flow) -> frozenset[str] | None:
    """The classes that a flow is stated to carry."""
    return None if flow.carries is None else frozenset(read.data_class_of[name] for name in flow.carries)


def worlds(
    read: System,
    choices: Iterable[frozenset[str]] = (frozenset(), EVERYTHING),
    protocols: Iterable[str] = ("http-api",),
    *,
    learning: bool = False,
) -> Iterator[World]:
    """Every way to fill in what nobody says: what flows carry, over what, and which models learn in use."""
    silent = [flow.id for flow in read.flows if flow.carries is None]
    mute = [flow.id for flow in read.flows if flow.over is None]
    may_learn = [
        part.id
        for part in read.components
        if learning and "runs-model" in read.kind(part.kind).traits and part.stated("learns_in_use") is None
    ]
    spoken = [dict(zip(mute, picked, strict=True)) for picked in product(tuple(protocols), repeat=len(mute))]
    for picked in product(tuple(choices), repeat=len(silent)):
        for over, learns in product(spoken, product((False, True), repeat=len(may_learn))):
            learners = [part for part, holds in zip(may_learn, learns, strict=True) if holds]
            yield World(read, dict(zip(silent, picked, strict=True)), over, learners)


def hung_on(read: System, part: str) -> set[str]:
    """A component and everything that stands on it, at any depth."""
    found = {part}
    while more := {one.id for one in read.components if one.runs_on in found} - found:
        found |= more
    return found


# -- reading and reporting ---------------------------------------------------------------------------------------


def paths_of_care(world: World) -> tuple[tuple[frozenset[str], set[str], set[str]], ...]:
    """For images and reports: the classes that count, where they begin and where they have to arrive."""
    archives, readers = world.with_trait("stores-images"), world.with_trait("reads-images")
    stations = {part for part in world.with_trait("reading-station") if read_at(world, part)}
    return (
        (IMAGES, world.with_trait("acquires-images"), stations | readers),
        (REPORTS, readers, world.with_trait("clinical-record") - archives),
    )


def read_at(world: World, station: str) -> bool:
    """Whether somebody reads at a station: where people see images and none of them reads, nobody does."""
    seen = {target for source, target, _, carried in world.steps if source == station and carried & IMAGES}
    people = seen & world.people()
    return not people or bool(people & world.with_trait("reads-images"))


def served(world: World, classes: frozenset[str], starts: set[str], ends: set[str], gone: set[str]) -> set[str]:
    """The starts that still reach an end when components and flows are gone; one that is an end needs nobody."""
    found = ends - gone
    while (
        more := {
            source
            for source, target, flow, carried in world.steps
            if target in found and carried & classes and not {source, target, flow} & gone
        }
        - found
    ):
        found |= more
    return starts & found - ends


def lost(world: World, gone: set[str]) -> set[tuple[int, str]]:
    """The starts of either path that arrive, and no longer do when something is gone; those gone themselves too."""
    found = set()
    for number, (classes, starts, ends) in enumerate(paths_of_care(world)):
        before, after = (served(world, classes, starts, ends, without) for without in (set[str](), gone))
        found |= {(number, start) for start in before - after}
    return found


def needed_for(world: World, place: str) -> set[tuple[int, str]]:
    """What else stops when a place stops, or something that stands on it, alone or with all that stands on that."""
    found: set[tuple[int, str]] = set()
    for one in hung_on(world.read, place):
        for gone in ({one}, hung_on(world.read, one)):
            found |= {(number, start) for number, start in lost(world, gone) if start not in gone}
    return found


def failing(read: System, word: str) -> Iterator[set[str]]:
    """What may be gone when something fails: each way to fill in what nobody stated."""
    if word == "ai":
        makers = {"runs-model", "issues-ai-results", "generates-text", "acts-on-own"}
        yield {
            part.id
            for part in read.components
            if makers & read.kind(part.kind).traits and "acquires-images" not in read.kind(part.kind).traits
        }
        return
    name, words = {
        "cloud": ("operator", {"cloud"}),
        "vendor": ("operator", {"vendor", "integrator"}),
        "internet": ("exposure", {"internet"}),
    }[word]
    holding = Holding(read)
    held = {part.id: holding.value(part, name) for part in read.components}
    open_to = sorted(part for part, value in held.items() if value is None)
    gone = {part for part, value in held.items() if value is not None and value.value in words}
    for picked in product((False, True), repeat=len(open_to)):
        yield gone | {part for part, taken in zip(open_to, picked, strict=True) if taken}


def goes_on(world: World, gone: set[str]) -> bool:
    """Whether all that arrives still does when some components are gone, with what stands on them."""
    return not lost(world, {part for one in gone for part in hung_on(world.read, one)})


# -- data and their effects --------------------------------------------------------------------------------------


def acts_unread(world: World, part: str) -> bool:
    """Whether something that a model puts out takes effect somewhere on a way that passes no person."""
    if not world.kinds[part].traits & {"runs-model", "generates-text", "acts-on-own"}:
        return False
    unread = world.arrivals({(part, data) for data in EFFECTIVE}, closed=world.people())
    for other, data in unread:
        traits = world.kinds[other].traits
        if "acted-upon" in traits:
            shown = bool(traits & {"reading-station", "external-party"})
            if data in (RESULTS if shown else EFFECTIVE):
                return True
    return False


def in_feedback(world: World, part: str) -> bool:
    """Whether output of a model comes back as something that it makes output of, by way of what it learns from."""
    if not world.kinds[part].traits & {"runs-model", "generates-text"}:
        return False
    learners = world.with_trait("trains-models", "annotates", "retrieves-text")
    for data in EFFECTIVE - {"orders"}:
        there = world.arrivals({(part, data)})
        back = {one for one in there if one[0] == part and data in world.turned(part, one[1])}
        for learner in {one for one in there if one[0] in learners or world.learns_from(*one)}:
            passed = {(learner[0], given) for given in world.turned(*learner)}
            if (world.arrivals(passed) | {learner}) & back:
                return True
    return False


def supplied(world: World, part: str) -> set[str]:
    """The components from which something that decides behaviour comes to one or to what it stands on.

    It may become something else of that sort on the way.
    """
    steps = [(one, other, flow, carried & SUPPLIES) for one, other, flow, carried in world.steps]
    hosted = [(one.runs_on, one.id) for one in world.read.components if one.runs_on is not None]
    found = set()
    for start in world.kinds:
        come: set[State] = set()
        ready = {(start, data) for data in SUPPLIES}
        while True:
            more = {
                (target, data)
                for source, target, _, carried in steps
                for data in carried
                if (source, data) in ready and source != target
            } | {(guest, data) for host, guest in hosted for at, data in come if at == host}
            if more <= come:
                break
            come |= more
            ready |= {(at, out) for at, data in more for out in world.turned(at, data)}
        if part in {at for at, _ in come}:
            found.add(start)
    return found
