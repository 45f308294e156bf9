"""The threats and controls of a catalog as the pages of its manual show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from threatmodel.catalog.catalog import Catalog, Rule
from threatmodel.catalog.concerns import ROLES, Concern
from threatmodel.catalog.controls import Control, ControlTexts
from threatmodel.catalog.entry import Living
from threatmodel.catalog.plain import Told, told, told_ways
from threatmodel.catalog.threats import Texts, Threat
from threatmodel.model.kinds import KINDS
from threatmodel.model.vocabulary import PROTOCOL_BY_ID
from threatmodel.reports.manual_words import Language, words
from threatmodel.reports.view_manual import (
    ControlLine,
    ControlPage,
    Group,
    Life,
    Link,
    Reference,
    Sentence,
    ThreatLine,
    ThreatPage,
)
from threatmodel.reports.view_manual_life import changes


class Entries:
    """The threats and controls of one catalog in one language; looks up titles and addresses."""

    def __init__(
        self,
        catalog: Catalog,
        concern: Mapping[str, Concern],
        language: Language,
        references: Mapping[str, Reference] | None = None,
    ) -> None:
        """The entries of a catalog.

        Args:
            catalog: Whose entries.
            concern: What each threat concerns; those whose pages are not wanted may be left out.
            language: In which texts are told; an entry without them is told in English.
            references: What is known of the identifiers that entries cite; others are told as they stand.
        """
        self._references = references or {}
        self.catalog, self.concern, self.language = catalog, concern, language
        self.words = words(language)
        self.threats = {name: self._threat_line(rule) for name, rule in catalog.rules.items()}
        self.controls = {name: self._control_line(control) for name, control in catalog.controls.items()}

    def threat_pages(self) -> tuple[ThreatPage, ...]:
        """A page for each threat, in order of id, with the pages before and after it."""
        return tuple(self.threat_page(*three) for three in _with_neighbours(self.threats))

    def control_pages(self) -> tuple[ControlPage, ...]:
        """A page for each control, in order of id, with the pages before and after it."""
        return tuple(self.control_page(*three) for three in _with_neighbours(self.controls))

    def lines(self, threats: Iterable[str]) -> tuple[ThreatLine, ...]:
        """Threats by id, as they stand in a list."""
        return tuple(self.threats[name] for name in threats)

    def threat_text(self, threat: Threat) -> tuple[Texts, Language]:
        """The texts of a threat and their language."""
        return (threat.fr, "fr") if self.language == "fr" and threat.fr is not None else (threat.en, "en")

    def control_text(self, control: Control) -> tuple[ControlTexts, Language]:
        """The texts of a control and their language."""
        return (control.fr, "fr") if self.language == "fr" and control.fr is not None else (control.en, "en")

    def rating(self, threat: Threat) -> tuple[tuple[str, str], ...]:
        """What a threat is rated by, each a head and a sentence."""
        word, harm, needs = self.words, threat.harm, threat.exploitability
        own = ("privacy", harm.privacy), ("continuity", harm.continuity)
        privilege = needs.privilege if needs.privilege is not None else "place"
        return (
            (word["property"], word[f"property.{harm.property}"]),
            (word["clinical_severity"], self._of(harm.severity, 5, "severity")),
            (word["spread"], word[f"spread.{harm.spread}"]),
            *((word[name], self._of(value, 4, "score")) for name, value in own if value is not None),
            (word["knowledge"], word[f"knowledge.{needs.knowledge}"]),
            (word["privilege"], word[f"privilege.{privilege}"]),
            (word["human_act"], word["human.yes" if needs.needs_human_act else "human.no"]),
        )

    def review(self, threat: Threat) -> str:
        """What of the review a threat rests on, in words."""
        fact = threat.review.fact
        return self.words["review.phase"] if fact is None else self.words["review.fact"].format(fact=fact)

    def facts(self, control: Control) -> tuple[tuple[str, str], ...]:
        """Where a control acts, what it takes, who puts it in place and what it limits."""
        word = self.words
        found = [
            (word["acts_on"], ", ".join(word[f"on.{one}"] for one in control.on)),
            (word["effort"], self._of(control.effort, 3, "effort")),
            (word["owner"], self.controls[control.id].owners),
            (word["limits"], ", ".join(word[f"limit.{one}"] for one in control.limits)),
        ]
        return (*found, (word["proves"], word["proves.yes"])) if control.authenticates else tuple(found)

    def naming(self, control: str) -> tuple[tuple[ThreatLine, ...], tuple[ThreatLine, ...]]:
        """The threats that name a control as primary, and those that name it as supporting."""
        rules = self.catalog.rules
        return (
            self.lines(name for name, rule in rules.items() if control in rule.threat.controls.primary),
            self.lines(name for name, rule in rules.items() if control in rule.threat.controls.supporting),
        )

    def _of(self, value: int, most: int, names: str) -> str:
        return self.words["of"].format(value=value, most=most, name=self.words[f"{names}.{value}"])

    def _threat_line(self, rule: Rule) -> ThreatLine:
        threat = rule.threat
        severity = threat.harm.severity
        title = self.threat_text(threat)[0].title
        named = self.words[f"severity.{severity}"]
        return ThreatLine(
            threat.id,
            title,
            f"threats/{_file(threat.id)}",
            threat.stride,
            threat.phase,
            severity,
            named,
            _status(threat),
        )

    def _control_line(self, control: Control) -> ControlLine:
        title, told_effort = self.control_text(control)[0].title, self.words[f"effort.{control.effort}"]
        owners = ", ".join(self.words[f"owner.{one}"] for one in control.owner)
        href = f"controls/{_file(control.id)}"
        return ControlLine(control.id, title, href, control.effort, told_effort, owners, _status(control))

    def threat_page(self, name: str, before: Link | None = None, after: Link | None = None) -> ThreatPage:
        """All of a threat, between two others."""
        rule = self.catalog.rules[name]
        threat, word = rule.threat, self.words
        text, language = self.threat_text(threat)
        return ThreatPage(
            line=self.threats[threat.id],
            language=language,
            what=text.what,
            harm=text.harm,
            remedy=text.remedy,
            letters=tuple((letter, word[f"stride.{letter}"]) for letter in threat.stride),
            about=threat.about,
            ways=self._sentences(told_ways(rule.ways)) if rule.ways is not None else (),
            applies=self._sentences(told(rule.applies)),
            exposed=self._sentences(told(rule.exposed)),
            primary=tuple(self.controls[name] for name in threat.controls.primary),
            supporting=tuple(self.controls[name] for name in threat.controls.supporting),
            rating=self.rating(threat),
            attested=word[f"attested.{threat.attested}"],
            review=self.review(threat),
            references=tuple(self._reference(one) for one in threat.references),
            concerns=self._concerns(threat.id),
            protocols=tuple(protocol_link(one) for one in PROTOCOL_BY_ID if one in self.concern[threat.id].protocols),
            life=replace(self._life(threat, self.threats), changes=changes(self.catalog, rule, self.words)),
            file=rule.file,
            before=before,
            after=after,
        )

    def control_page(self, name: str, before: Link | None = None, after: Link | None = None) -> ControlPage:
        """All of a control, between two others."""
        control = self.catalog.controls[name]
        text, language = self.control_text(control)
        primary, supporting = self.naming(control.id)
        return ControlPage(
            line=self.controls[control.id],
            language=language,
            family=self.catalog.families[control.id],
            what=text.what,
            verify=text.verify,
            ask=text.ask.replace("{place}", words(language)["this_place"]),
            facts=self.facts(control),
            mappings=tuple(self._mapping(str(scheme), places) for scheme, places in sorted(control.mappings.items())),
            references=tuple(self._reference(one) for one in control.references),
            primary=primary,
            supporting=supporting,
            life=self._life(control, self.controls),
            before=before,
            after=after,
        )

    def _sentences(self, sentences: Iterable[Told]) -> tuple[Sentence, ...]:
        return tuple(
            Sentence(one.text, tuple(self.controls[name] for name in one.controls), self._sentences(one.parts))
            for one in sentences
        )

    def _concerns(self, threat: str) -> tuple[Group, ...]:
        """The kinds that a threat concerns, by what they are to it, and those that it asks for around its place."""
        concern = self.concern[threat]
        found = [(str(role), concern.kinds[role]) for role in ROLES if role in concern.kinds]
        if concern.near:
            found.append(("near", concern.near))
        return tuple(
            Group(self.words[f"role.{role}"], tuple(kind_link(kind) for kind in KINDS if kind in kinds))
            for role, kinds in found
        )

    def _reference(self, name: str) -> Reference:
        """What is known of an identifier; its address only where following it is safe."""
        known = self._references.get(name, Reference(name, "", "", ""))
        return known if known.address.startswith("https://") else replace(known, address="")

    def _mapping(self, scheme: str, places: Iterable[str]) -> tuple[str, tuple[Reference, ...]]:
        """The places of a control in a scheme, under the name and release of the scheme where these are known."""
        found = tuple(self._reference(place) for place in places)
        named = {one.scheme for one in found if one.scheme}
        if len(named) != 1:
            return _SCHEMES.get(scheme, scheme), found
        return named.pop(), tuple(replace(one, scheme="") for one in found)

    def _life(self, entry: Living, lines: dict[str, ThreatLine] | dict[str, ControlLine]) -> Life:
        replaced = tuple(lines[name] for name in entry.replaced_by if name in lines)
        return Life(entry.since, _status(entry), entry.retired_because or "", replaced)


_SCHEMES = {
    "fda": "FDA: cybersecurity in medical devices, security control category",
    "iec62443": "IEC 62443",
    "mds2": "MDS2 (ANSI/NEMA HN 1), section",
    "csf2": "NIST CSF 2.0",
    "iso27002": "ISO/IEC 27002",
}


def kind_link(kind: str) -> Link:
    """Where the manual tells of a kind."""
    return Link(kind, KINDS[kind].name, f"kinds.html#{kind}")


def protocol_link(protocol: str) -> Link:
    """Where the manual tells of a protocol."""
    return Link(protocol, PROTOCOL_BY_ID[protocol].name, f"data.html#protocol.{protocol}")


def _file(entry: str) -> str:
    """The file of an entry; an id of a catalog of one's own has a slash, which no other id has as a dot."""
    return f"{entry.replace('/', '.')}.html"


def _status(entry: Living) -> str:
    return "" if entry.status == "stable" else entry.status


def _with_neighbours(lines: Mapping[str, Link]) -> Iterator[tuple[str, Link | None, Link | None]]:
    """Each entry with the one before and the one after it."""
    around = (None, *lines.values(), None)
    for at, name in enumerate(lines, 1):
        yield name, around[at - 1], around[at + 1]
