"""What facts about single places mean, by force: what they share, touch, join, use, and who gets at them."""

from __future__ import annotations

from collections.abc import Iterator

from tests.analysis.by_force import EVERYTHING, SETTINGS, World, hung_on
from threatmodel.model.holding import Holding
from threatmodel.model.parts import Component, Flow
from threatmodel.model.system import System

EXPOSURES = frozenset({"internet", "partner", "internal", "isolated"})
ANY_MACHINE_MAKES = {"audit-logs", "metrics", "network-metadata", "credentials", "config", "device-config"}
ANY_MACHINE_TAKES = {"time", "software", "config", "device-config", "credentials", "keys", "network-metadata"}
COMES_ALONG = {
    "identifiers": {"dicom-header", "orders", "reports", "clinical-context", "ai-results"},
    "dicom-header": {"phi-pixel", "ai-results"},
    "burned-in": {"phi-pixel"},
}


# -- what is shared ----------------------------------------------------------------------------------------------


def shared(world: World, part: str) -> frozenset[str]:
    """The bonds that a component has in common with another one."""
    kept = {
        bond: {to for one, to in _bonds(world, bond) if one == part}
        for bond in ("host", "administrator", "update-channel", "credential")
    }
    return frozenset(
        bond for bond, own in kept.items() if any(to in own for one, to in _bonds(world, bond) if one != part)
    )


def _bonds(world: World, bond: str) -> Iterator[tuple[str, str]]:
    if bond == "host":
        for part in world.read.components:
            yield from ((one, part.id) for one in hung_on(world.read, part.id) - {part.id})
        return
    signs_in = world.with_trait("signs-in-users")
    for source, target, flow, carried in world.steps:
        if source == target:  # nobody shares himself with another
            continue
        manages = "remote-way-in" in world.kinds[source].traits or world.kinds[source].dfd == "person"
        person = world.kinds[target].dfd == "person"  # whom nobody administers
        runs = "runs-model" in world.kinds[target].traits
        if bond == "update-channel" and not person and ("software" in carried or (runs and "model-weights" in carried)):
            yield target, source
        remote = world.over[flow] == "remote-admin"
        if bond == "administrator" and manages and not person and (remote or carried & (SETTINGS - {"credentials"})):
            yield target, source
        if bond == "credential" and (carried & {"credentials", "keys"} or world.over[flow] == "oidc-saml-ldap"):
            yield from ((one, to) for one, to in ((source, target), (target, source)) if to in signs_in)


# -- how far it goes ---------------------------------------------------------------------------------------------


def touched(world: World, part: str) -> frozenset[str]:
    """How far what leaves a component gets; people hand nothing on."""
    holding, people = Holding(world.read), world.people()
    found = {part}
    while more := {target for source, target, _, _ in world.steps if source in found and source not in people} - found:
        found |= more
    looked_at = found & world.with_trait("acquires-images", "reading-station", "reads-images")
    sites = {holding.zone_chain(world.read.component_by_id[one].zone)[-1].id for one in looked_at}
    many = {
        one
        for one in found
        if world.kinds[one].dfd != "person"
        and (world.read.component_by_id[one].stated("serves") or world.kinds[one].serves) != "one-patient"
    }
    told = {
        "many-patients": bool(many),
        "several-sites": len(sites) > 1,
        "several-readers": len(found & world.with_trait("reads-images")) > 1,
    }
    return frozenset(word for word, holds in told.items() if holds)


def joins(read: System, part: Component) -> bool:
    """Whether it opens connections into two or more zones beside its own; people who call somebody join none."""
    if read.kind(part.kind).dfd == "person":
        return False
    zones = set()
    for flow in read.flows:
        opener, other = (flow.data_source, flow.data_target)[:: 1 if flow.opened_by == "source" else -1]
        if opener == part.id:
            zones.add(read.component_by_id[other].zone)
    return len(zones - {part.zone}) > 1


# -- who gets at it ----------------------------------------------------------------------------------------------


def proofs(read: System, flow: Flow) -> set[bool]:
    """Whether whoever opens a connection may have to prove who he is, and whether he may not have to."""
    held = Holding(read).flow_control(flow, "mtls-node-auth")
    if held is not None and held.state in {"declared", "implemented", "verified"}:
        return {True}
    server = flow.data_target if flow.opened_by == "source" else flow.data_source
    word = flow.stated("authentication") or read.component_by_id[server].stated("authentication")
    return {True, False} if word is None else {word not in {"none", "ae-title"}}


def unproven(read: System, part: str, *, at_most: bool) -> set[str]:
    """The other components that can act on one with nobody proving who he is: for sure, or at most."""
    steps = set()
    for flow in read.flows:
        if proofs(read, flow) == {False} or (at_most and False in proofs(read, flow)):
            steps.add((flow.data_source, flow.data_target))
            if flow.both_ways or flow.opened_by == "target":
                steps.add((flow.data_target, flow.data_source))
    steps |= {(str(one.runs_on), one.id) for one in read.components if one.runs_on is not None}
    found = {part}
    while more := {source for source, target in steps if target in found} - found:
        found |= more
    return found - {part}


def exposures(read: System, parts: set[str], at_most: set[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The exposures of some components that hold for sure, and those that may hold of at most some others."""
    holding = Holding(read)
    known = {one: holding.value(read.component_by_id[one], "exposure") for one in at_most}
    sure = frozenset(str(held.value) for one, held in known.items() if held is not None and one in parts)
    may_be = frozenset(str(held.value) for held in known.values() if held is not None)
    return sure, EXPOSURES if None in known.values() else may_be


# -- what it does with data --------------------------------------------------------------------------------------


def in_and_out(world: World, part: str) -> tuple[set[str], set[str]]:
    """The classes that flows bring to a component, and those that they take from it; flows to itself do both."""
    brought = {data for _, target, _, carried in world.steps if target == part for data in carried}
    return brought, {data for source, _, _, carried in world.steps if source == part for data in carried}


def kept(world: World, part: str, otherwise: frozenset[str]) -> set[str]:
    """The classes that a component keeps (if it does not say so: otherwise) or that are worked on there."""
    stored = world.read.component_by_id[part].stores
    named = otherwise if stored is None else {world.read.data_class_of[name] for name in stored}
    people = {"orders"} if part in world.with_trait("clinical-record", "reading-station") else set()
    return {*named, *world.kinds[part].data, *people}


def passed_on(world: World, part: str, otherwise: frozenset[str]) -> frozenset[str]:
    """What a process hands on although nothing brings it and it neither keeps nor makes it."""
    if world.kinds[part].dfd != "process":
        return frozenset()
    brought, taken = in_and_out(world, part)
    has = brought | kept(world, part, otherwise)
    has |= {small for small, large in COMES_ALONG.items() if large & has}
    return frozenset(
        data for data in taken - ANY_MACHINE_MAKES if not any(data in world.kinds[part].turned(one) for one in has)
    )


def unused(world: World, part: str, otherwise: frozenset[str]) -> frozenset[str]:
    """What a process gets and neither keeps, works on nor hands on in any form."""
    if world.kinds[part].dfd != "process":
        return frozenset()
    brought, taken = in_and_out(world, part)
    left = brought - kept(world, part, otherwise) - ANY_MACHINE_TAKES
    return frozenset(data for data in left if not world.kinds[part].turned(data) & taken)


WORDS_THAT_MAY_BE_KEPT = (frozenset[str](), EVERYTHING)
