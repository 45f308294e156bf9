"""View: all that a template, a diagram or the terminal may see of an assessment: plain, sorted, by title."""

from __future__ import annotations

from dataclasses import dataclass

from threatmodel.reports.view_paths import PathsView

Cell = str


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place of a finding on one line."""

    finding: str
    """The finding's id."""
    id: str
    name: str
    """The title; of a flow with its two ends."""
    type: str
    zone: str
    """The title of the zone, or an empty text for the whole model."""
    level: str
    source: str
    """``file:line``, or an empty text."""


@dataclass(frozen=True, slots=True)
class WhyLine:
    """A fact that a finding rests on."""

    fact: str
    answer: str
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class ControlLine:
    """A control that a threat names, and its state at the place."""

    id: str
    title: str
    role: str
    state: str
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class HopLine:
    """A flow of a chain, with what is stated of it."""

    flow: str
    name: str
    source_name: str
    target_name: str
    protocol: str
    data: tuple[str, ...]
    encryption: str
    where: str


@dataclass(frozen=True, slots=True)
class RatingView:
    """A rating with the names of its steps; ``points`` explains each in a sentence."""

    exploitability: int
    exploitability_name: str
    severity: int
    severity_name: str
    effective_severity: int
    multi_patient: bool
    level: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThreatText:
    """What the catalog says of a threat."""

    id: str
    title: str
    what: str
    harm: str
    remedy: str
    stride: tuple[str, ...]
    stride_names: tuple[str, ...]
    phase: str
    harm_property: str
    privacy: int | None
    continuity: int | None
    attested: str
    review: str
    """What of Kelly et al. 2023 it rests on, in words."""
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding in full."""

    id: str
    threat: ThreatText
    place: PlaceLine
    state: str
    state_told: str
    """The state in words a reader understands without the manual."""
    confirmed: bool
    inherent: RatingView
    residual: RatingView
    why: tuple[WhyLine, ...]
    controls: tuple[ControlLine, ...]
    closes: str
    """What would close it, or what does, in a sentence."""
    path: tuple[HopLine, ...] = ()
    """Of a chain, its flows in order."""
    others: int = 0
    """Of a chain, how many more starts lead to the same end."""


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one threat with one cause, at several places."""

    key: str
    threat: ThreatText
    state: str
    state_told: str
    confirmed: bool
    level: str
    cause: str
    places: tuple[PlaceLine, ...]


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """One question asked of one body about one or several places; the answers settle ``settles`` findings."""

    key: str
    to: str
    whom: str
    """``to`` in words, for a reader."""
    asks: str
    places: tuple[str, ...]
    ids: tuple[str, ...]
    settles: int
    findings: tuple[str, ...]
    worst: str
    """The worst level of the findings that it would settle."""


@dataclass(frozen=True, slots=True)
class Mitigation:
    """A control, where it is in place, and what it would close where it is not."""

    id: str
    title: str
    family: str
    what: str
    verify: str
    effort: int
    owner: str
    closes: int
    """Open findings for which it is a primary control and not in place."""
    worst: str
    missing_at: tuple[str, ...]
    in_place_at: tuple[str, ...]
    """Places with the state and its evidence in words."""
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ZoneView:
    """A zone; ``depth`` counts the zones around it."""

    id: str
    name: str
    parent: str
    depth: int
    exposure: str
    operator: str
    region: str


@dataclass(frozen=True, slots=True)
class ComponentView:
    """A component with what holds there; what is not stated reads ``not stated``."""

    id: str
    name: str
    kind: str
    dfd: str
    zone: str
    zone_name: str
    operator: str
    exposure: str
    authentication: str
    stores: tuple[str, ...]
    stride: tuple[Cell, ...]
    """For each of S T R I D E, the worst level of the open findings there, or an empty text."""
    worst: str
    open: int
    source: str


@dataclass(frozen=True, slots=True)
class FlowView:
    """A flow with what is stated of it."""

    id: str
    name: str
    source_id: str
    source_name: str
    target_id: str
    target_name: str
    opened_by: str
    both_ways: bool
    protocol: str
    data: tuple[str, ...]
    encryption: str
    authentication: str
    crosses: tuple[str, ...]
    """The boundaries that it crosses, as ``leaves X`` and ``enters Y``."""
    stride: tuple[Cell, ...]
    worst: str
    open: int
    where: str


@dataclass(frozen=True, slots=True)
class DataView:
    """A class of data or an asset, and the components where it is kept or arrives."""

    name: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something taken for granted."""

    text: str
    owner: str
    review_by: str
    source: str


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things under a name."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class CatalogView:
    """A catalog that was used."""

    id: str
    version: str
    title: str
    digest: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about the model itself that an author may want to mend."""

    says: str
    source: str


@dataclass(frozen=True, slots=True)
class View:
    """Everything."""

    title: str
    id: str
    version: str
    owner: str
    jurisdictions: str
    intended_use: str
    description: str
    digest: str
    tool_version: str
    catalogs: tuple[CatalogView, ...]
    levels: tuple[Count, ...]
    """Open findings at each residual level, the worst first."""
    states: tuple[Count, ...]
    open_count: int
    unconfirmed_count: int
    question_count: int
    groups: tuple[Group, ...]
    """Open findings, grouped, the worst first."""
    undecided: tuple[Group, ...]
    """Findings of the state ``question``, grouped."""
    closed: tuple[Group, ...]
    """Addressed, accepted, transferred and not applicable findings, grouped."""
    findings: tuple[FindingView, ...]
    """Every finding, the worst first, open ones before others."""
    questions: tuple[QuestionGroup, ...]
    """The questions, those that would settle most first."""
    mitigations: tuple[Mitigation, ...]
    """The controls that would close most first, then those in place."""
    zones: tuple[ZoneView, ...]
    components: tuple[ComponentView, ...]
    flows: tuple[FlowView, ...]
    data: tuple[DataView, ...]
    assumptions: tuple[Assumption, ...]
    notes: tuple[str, ...]
    """What a reader must know to read the numbers rightly."""
    picture_alt: str
    """What the picture shows, for those who cannot see it."""
    remarks: tuple[Remark, ...] = ()
    """What the model says that does not fit together."""
    paths: PathsView | None = None
    """How somebody gets to what matters; None where nobody asked."""
