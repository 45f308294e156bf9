"""What the pages of the manual of a catalog may see: plain, sorted, in one language, with the address of every link."""

from __future__ import annotations

from dataclasses import dataclass

from threatmodel.reports.manual_words import Language


@dataclass(frozen=True, slots=True)
class Link:
    """An entry by title; ``href`` is told from the folder of the manual."""

    id: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class ThreatLine(Link):
    """A threat in a list."""

    stride: tuple[str, ...]
    phase: str
    severity: int
    severity_name: str
    status: str
    """An empty text for one in use; else ``draft`` or ``retired``."""


@dataclass(frozen=True, slots=True)
class ControlLine(Link):
    """A control in a list."""

    effort: int
    effort_told: str
    owners: str
    status: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a condition, the controls that it ends with, and what belongs below it."""

    text: str
    controls: tuple[Link, ...]
    parts: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """An identifier of a framework or a work; name and address are empty where they are not known."""

    id: str
    name: str
    scheme: str
    address: str


@dataclass(frozen=True, slots=True)
class Life:
    """Where an entry is in its life: drafted, in use, or retired and why."""

    since: str
    status: str
    because: str
    replaced_by: tuple[Link, ...]
    changes: tuple[str, ...] = ()
    """What a catalog of one's own says otherwise of it, each with the reason."""


@dataclass(frozen=True, slots=True)
class NotAsked:
    """A threat that is kept and never asked, and why."""

    id: str
    title: str
    told: str
    replaced_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Links under a head."""

    head: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ThreatPage:
    """All that the manual says of a threat."""

    line: ThreatLine
    language: str
    """The language in which title and texts are."""
    what: str
    harm: str
    remedy: str
    letters: tuple[tuple[str, str], ...]
    """STRIDE letters with their names."""
    about: str
    ways: tuple[Sentence, ...]
    applies: tuple[Sentence, ...]
    exposed: tuple[Sentence, ...]
    primary: tuple[ControlLine, ...]
    supporting: tuple[ControlLine, ...]
    rating: tuple[tuple[str, str], ...]
    """What it is rated by: a head and a sentence."""
    attested: str
    review: str
    references: tuple[Reference, ...]
    concerns: tuple[Group, ...]
    protocols: tuple[Link, ...]
    life: Life
    file: str
    before: Link | None
    after: Link | None


@dataclass(frozen=True, slots=True)
class ControlPage:
    """All that the manual says of a control."""

    line: ControlLine
    language: str
    family: str
    what: str
    verify: str
    ask: str
    facts: tuple[tuple[str, str], ...]
    """Where it acts, its effort, its owners, what it limits: a head and a sentence."""
    mappings: tuple[tuple[str, tuple[Reference, ...]], ...]
    """Its places in schemes, by scheme."""
    references: tuple[Reference, ...]
    primary: tuple[ThreatLine, ...]
    supporting: tuple[ThreatLine, ...]
    life: Life
    before: Link | None
    after: Link | None


@dataclass(frozen=True, slots=True)
class FactLine:
    """A word for conditions."""

    name: str
    about: str
    takes: str
    meaning: str
    values: tuple[str, ...]
    asked_by: tuple[ThreatLine, ...]


@dataclass(frozen=True, slots=True)
class KindLine:
    """A kind of component."""

    id: str
    name: str
    dfd: str
    parent: str
    traits: tuple[tuple[str, str], ...]
    """Each with its meaning."""
    data: tuple[Link, ...]
    serves: str
    concerned: tuple[Group, ...]
    """The threats that concern it by what it is, by what it is to them."""
    particular: frozenset[str]
    """Those of them that concern few other kinds in the same way."""
    count: int
    near: tuple[ThreatLine, ...]
    """Those that ask for it around their place."""
    beside: tuple[ThreatLine, ...]
    """Those that can be found there too."""


@dataclass(frozen=True, slots=True)
class ProtocolLine:
    """A protocol."""

    id: str
    name: str
    port: str
    encryption: str
    asked_by: tuple[ThreatLine, ...]


@dataclass(frozen=True, slots=True)
class DataLine:
    """A class of data, with its default sensitivity."""

    id: str
    name: str
    confidentiality: int
    integrity: int
    availability: int
    identifies: bool
    kinds: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A cell of a coverage matrix: how many threats, how many of them particular; or why there are none."""

    count: int
    particular: int
    weight: int
    """How strongly it is shaded, 0 to 3."""
    note: int
    """The number of the reason below the matrix; 0 where there is none."""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A row of a coverage matrix."""

    name: str
    href: str
    cells: tuple[MatrixCell, ...]
    count: int
    particular: int
    beside: int
    few: bool
    """Whether it has fewer particular threats than it should have."""


@dataclass(frozen=True, slots=True)
class MatrixReason:
    """Why some cells are empty, told once for all that share it."""

    number: int
    cells: str
    because: tuple[tuple[str, str], ...]
    """In pieces, each with an address where it names a threat, else with an empty text."""


@dataclass(frozen=True, slots=True)
class MatrixTable:
    """A coverage matrix."""

    name: str
    title: str
    counted: str
    columns: tuple[tuple[str, str], ...]
    """Each with its meaning."""
    rows: tuple[MatrixRow, ...]
    reasons: tuple[MatrixReason, ...]
    particulars: bool
    """Whether threats can be particular to a row."""

    @property
    def wanting(self) -> tuple[MatrixRow, ...]:
        """The rows with fewer particular threats than they should have."""
        return tuple(row for row in self.rows if row.few)


@dataclass(frozen=True, slots=True)
class Manual:
    """The whole manual."""

    language: Language
    title: str
    catalogs: tuple[str, ...]
    tool_version: str
    phases: tuple[tuple[str, tuple[ThreatLine, ...]], ...]
    families: tuple[tuple[str, tuple[ControlLine, ...]], ...]
    threats: tuple[ThreatPage, ...]
    not_asked: tuple[NotAsked, ...]
    controls: tuple[ControlPage, ...]
    facts: tuple[tuple[str, tuple[FactLine, ...]], ...]
    """By what they are about."""
    kinds: tuple[tuple[str, tuple[KindLine, ...]], ...]
    """By group."""
    protocols: tuple[ProtocolLine, ...]
    data: tuple[DataLine, ...]
    matrices: tuple[MatrixTable, ...]
