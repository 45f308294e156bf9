"""Who can bring a threat about, read off its entry; one threat may have several."""

from __future__ import annotations

from typing import Final, Literal

from threatmodel.catalog.catalog import Rule
from threatmodel.catalog.conditions import All, Any, Condition, Elsewhere, Not, Test
from threatmodel.model.kinds import KINDS

Actor = Literal["stranger", "user", "role", "administrator", "unwitting", "outside-party", "at-hand"]

ACTORS: Final[dict[Actor, str]] = {
    "stranger": "needs nobody's account: the entry says that no privilege is needed, or leaves it to the place, and "
    "then at a place that asks for no proof of identity nothing is",
    "user": "has an ordinary account: the entry says so, or leaves it to the place, and then at a place that asks for "
    "proof of identity any user's will do",
    "role": "has a special role: an engineer, a data scientist, a member of a federation, a keeper of records",
    "administrator": "administers the place, or the account that does",
    "unwitting": "means no harm: somebody inside has to do something first, deceived or careless",
    "outside-party": "is another organisation: the conditions ask for a supplier, a partner, a public source, a member "
    "of a federation, a build or an update channel, or a way in for people outside",
    "at-hand": "is near enough to touch: the conditions ask who can walk up, for removable media, a service port, a "
    "radio link, or a device that is carried about",
}
"""Each actor with what in an entry tells of it. The first four follow from ``exploitability.privilege``, the fifth from
``needs_human_act``, the last two from what the conditions ask for and nothing else besides."""

_TRAITS: Final[dict[Actor, frozenset[str]]] = {
    "outside-party": frozenset(
        "external-party remote-way-in builds-software public-source reconciles-identity federates".split()
    ),
    "at-hand": frozenset({"carried-about", "takes-media"}),
}
_VALUES: Final[dict[Actor, dict[str, frozenset[str]]]] = {
    "outside-party": {
        "operator": frozenset({"vendor", "integrator", "cloud", "research"}),
        "model_source": frozenset({"vendor", "hub"}),
        "exposure": frozenset({"partner"}),
        "supplied_from": frozenset({"partner"}),
    },
    "at-hand": {
        "protocol": frozenset({"media", "physical-port", "wireless"}),
        "medium": frozenset({"wifi", "bluetooth", "disk", "usb"}),
        "physical_access": frozenset({"public", "staff"}),
    },
}
_TRUTHS: Final[dict[Actor, frozenset[str]]] = {
    "outside-party": frozenset({"changes_operator", "shares_supplier"}),
    "at-hand": frozenset({"portable"}),
}


def actors(rule: Rule) -> tuple[Actor, ...]:
    """Who can bring a threat about, in the order of the table."""
    needs = rule.threat.exploitability
    conditions = [rule.applies]
    if rule.ways is not None:
        conditions += [rule.ways.start, rule.ways.end]
    found: dict[Actor, bool] = {
        "stranger": needs.privilege in {None, "none"},
        "user": needs.privilege in {None, "user"},
        "role": needs.privilege == "role",
        "administrator": needs.privilege == "admin",
        "unwitting": needs.needs_human_act,
        "outside-party": any(_asks_for("outside-party", condition) for condition in conditions),
        "at-hand": any(_asks_for("at-hand", condition) for condition in conditions),
    }
    return tuple(actor for actor in ACTORS if found[actor])


def _asks_for(actor: Actor, condition: Condition, wanted: bool = True) -> bool:
    """Whether some test of a condition asks for such an actor and for nothing else besides."""
    if isinstance(condition, All | Any):
        return any(_asks_for(actor, part, wanted) for part in condition.parts)
    if isinstance(condition, Not):
        return _asks_for(actor, condition.part, not wanted)
    if isinstance(condition, Elsewhere):
        return _asks_for(actor, condition.part, wanted)
    return _tells(actor, condition, wanted)


def _tells(actor: Actor, test: Test, wanted: bool) -> bool:
    if not test.words:
        return test.truth == wanted and test.fact in _TRUTHS[actor]
    if wanted != (test.quantity != "none"):
        return False
    if test.fact == "kind":
        return all(KINDS[word].traits & _TRAITS[actor] for word in test.words)
    known = _TRAITS[actor] if test.fact == "trait" else _VALUES[actor].get(test.fact, frozenset())
    return known.issuperset(test.words)
