"""What was declared, and the controls, as the View shows them."""

from __future__ import annotations

from collections import defaultdict

from threatmodel.assessment import Assessment
from threatmodel.graph.crossings import of_flow
from threatmodel.model.parts import Component, Flow
from threatmodel.model.vocabulary import DATA_CLASS_BY_ID, PROTOCOL_BY_ID
from threatmodel.reports.view import Assumption, ComponentView, DataView, FlowView, Mitigation, ZoneView
from threatmodel.risk.scale import rank

_LETTERS = "STRIDE"
_NOT_STATED = "not stated"


class _Heat:
    """The open findings of each place: their number, the worst level, and the worst for each STRIDE letter."""

    def __init__(self, assessment: Assessment) -> None:
        self.count: dict[str, int] = defaultdict(int)
        self.worst: dict[str, str] = defaultdict(str)
        self.letters: dict[str, dict[str, str]] = defaultdict(dict)
        for rated in assessment.findings:
            if rated.finding.state != "open":
                continue
            place, level = rated.finding.place.id, rated.residual.level
            self.count[place] += 1
            self.worst[place] = max(self.worst[place], level, key=rank)
            for letter in assessment.catalog.rules[rated.finding.threat].threat.stride:
                self.letters[place][letter] = max(self.letters[place].get(letter, ""), level, key=rank)

    def row(self, place: str) -> tuple[str, ...]:
        """The worst level for each of S T R I D E, or an empty text."""
        return tuple(self.letters[place].get(letter, "") for letter in _LETTERS)


def zones(assessment: Assessment) -> tuple[ZoneView, ...]:
    """The zones, each before the zones inside it."""
    system, holding = assessment.system, assessment.context.holding
    found = []
    for zone in system.zones:
        chain = holding.zone_chain(zone.id)
        values = [holding.zone_value(zone.id, name) for name in ("exposure", "operator", "region")]
        told = [str(held.value) if held is not None else _NOT_STATED for held in values]
        trail = tuple(part.id for part in reversed(chain))
        found.append((trail, ZoneView(zone.id, zone.name, zone.parent or "", len(chain) - 1, *told)))
    return tuple(view for _, view in sorted(found, key=lambda pair: pair[0]))


def components(assessment: Assessment) -> tuple[ComponentView, ...]:
    """The components, in order of id."""
    heat = _Heat(assessment)
    return tuple(
        _component(assessment, part, heat)
        for part in sorted(assessment.system.components, key=lambda component: component.id)
    )


def _component(assessment: Assessment, part: Component, heat: _Heat) -> ComponentView:
    holding, kind = assessment.context.holding, assessment.context.kind(part)
    told = {}
    for name in ("operator", "exposure", "authentication"):
        held = holding.value(part, name)
        told[name] = str(held.value) if held is not None else _NOT_STATED
    kept = assessment.context.spread.kept(part)
    return ComponentView(
        part.id,
        part.name,
        kind.name,
        kind.dfd,
        part.zone,
        assessment.system.zone_by_id[part.zone].name,
        told["operator"],
        told["exposure"],
        told["authentication"],
        (_NOT_STATED,) if kept is None else data_names(assessment, sorted(kept)),
        heat.row(part.id),
        heat.worst[part.id],
        heat.count[part.id],
        str(part.source) if part.source is not None else "",
    )


def flows(assessment: Assessment) -> tuple[FlowView, ...]:
    """The flows, in order of id."""
    heat = _Heat(assessment)
    return tuple(_flow(assessment, flow, heat) for flow in sorted(assessment.system.flows, key=lambda part: part.id))


def _flow(assessment: Assessment, flow: Flow, heat: _Heat) -> FlowView:
    source, target = assessment.context.ends(flow)
    crossed = of_flow(assessment.context.holding, flow)
    names = assessment.system.zone_by_id
    crosses = (
        *(f"leaves {names[zone].name}" for zone in crossed.left),
        *(f"enters {names[zone].name}" for zone in crossed.entered),
    )
    return FlowView(
        flow.id,
        flow.name,
        source.id,
        source.name,
        target.id,
        target.name,
        source.name if flow.opened_by == "source" else target.name,
        flow.both_ways,
        protocol_told(flow),
        data_names(assessment, flow.carries) if flow.carries is not None else (_NOT_STATED,),
        encryption_told(assessment, flow),
        str(flow.stated("authentication") or _NOT_STATED),
        crosses,
        heat.row(flow.id),
        heat.worst[flow.id],
        heat.count[flow.id],
        str(flow.source) if flow.source is not None else "",
    )


def protocol_told(flow: Flow) -> str:
    """The protocol of a flow by name."""
    return PROTOCOL_BY_ID[flow.over].name if flow.over is not None else _NOT_STATED


def encryption_told(assessment: Assessment, flow: Flow) -> str:
    """What is known of a flow's encryption: as stated, else what its protocol or its controls say."""
    value = flow.stated("encryption")
    if value is not None:
        return str(value)
    held = assessment.context.holding.flow_control(flow, "tls-bcp195")
    if held is None:
        protocol = PROTOCOL_BY_ID.get(flow.over or "")
        return _NOT_STATED if protocol is None or protocol.offers_encryption else "not applicable"
    return "none" if held.state in {"absent", "planned"} else f"tls ({held.state})"


def data(assessment: Assessment) -> tuple[DataView, ...]:
    """Each class of data and asset, with the places where it is kept or arrives."""
    context = assessment.context
    return tuple(
        DataView(data_names(assessment, (name,))[0], tuple(context.title(place) for place in places))
        for name, places in context.spread.places().items()
    )


def data_names(assessment: Assessment, names: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """The titles of data classes and assets."""
    assets = {asset.id: asset.name for asset in assessment.system.data}
    return tuple(assets.get(name) or DATA_CLASS_BY_ID[name].name for name in names)


def assumptions(assessment: Assessment) -> tuple[Assumption, ...]:
    """What the model takes for granted."""
    return tuple(
        Assumption(
            one.text,
            one.owner or "nobody named",
            one.review_by or "no date",
            str(one.source) if one.source is not None else "",
        )
        for one in assessment.system.assumptions
    )


def mitigations(assessment: Assessment) -> tuple[Mitigation, ...]:
    """The controls that open findings call for, those that would close most first; then those that are in place."""
    missing: dict[str, dict[str, str]] = defaultdict(dict)
    present: dict[str, dict[str, str]] = defaultdict(dict)
    closing: dict[str, list[str]] = defaultdict(list)
    for rated in assessment.findings:
        finding = rated.finding
        title = (
            finding.place.name
            if finding.place.type in {"model", "chain"}
            else assessment.context.title(finding.place.id)
        )
        for control in finding.controls:
            if control.held is not None and control.held.state in {"declared", "implemented", "verified"}:
                evidence = f", {control.held.evidence}" if control.held.evidence else ""
                present[control.id][title] = f"{title} ({control.held.state}{evidence})"
            elif finding.state == "open" and control.role == "primary":
                missing[control.id][title] = title
                closing[control.id].append(rated.residual.level)
    found = []
    for name in sorted({*missing, *present}):
        known = assessment.catalog.controls[name]
        levels = closing[name]
        found.append(
            Mitigation(
                name,
                known.en.title,
                assessment.catalog.families[name],
                known.en.what,
                known.en.verify,
                known.effort,
                ", ".join(known.owner),
                len(levels),
                max(levels, key=rank) if levels else "",
                tuple(sorted(missing[name])),
                tuple(present[name][title] for title in sorted(present[name])),
                known.references,
            )
        )
    weight = {name: sum(4 ** rank(level) for level in levels) for name, levels in closing.items()}
    found.sort(key=lambda item: (-weight.get(item.id, 0), item.id))
    return tuple(found)
