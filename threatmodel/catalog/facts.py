"""The facts that a condition may ask for: what each is about, what values it takes, and what it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from threatmodel.model import vocabulary as words
from threatmodel.model.kind import TRAITS
from threatmodel.model.kinds import KINDS
from threatmodel.model.properties import COMPONENT_PROPERTIES, FLOW_PROPERTIES, ZONE_PROPERTIES

About = Literal["component", "flow", "zone", "model", "chain"]
Shape = Literal["truth", "word", "words", "control", "place"]
"""truth: yes or no · word: one of several · words: any number of several · control: a control by id · place: a
condition asked of other places."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A word for conditions. ``values`` are the words it may be compared with; empty when any word may stand there."""

    name: str
    about: tuple[About, ...]
    shape: Shape
    meaning: str
    values: tuple[str, ...] = ()
    leads_to: About | None = None
    """For the shape ``place``: what the inner condition is asked of."""


_DATA = tuple(words.DATA_CLASS_BY_ID)
_COMPONENT: tuple[About, ...] = ("component",)
_FLOW: tuple[About, ...] = ("flow",)
_ZONE: tuple[About, ...] = ("zone",)
_MODEL: tuple[About, ...] = ("model",)
_CHAIN: tuple[About, ...] = ("chain",)


def _from_properties() -> list[Fact]:
    """A fact for each property whose values are words or yes and no."""
    places: dict[str, tuple[object, str, list[About]]] = {}
    tables: tuple[tuple[About, dict[str, tuple[object, object]]], ...] = (
        ("component", dict(COMPONENT_PROPERTIES)),
        ("flow", dict(FLOW_PROPERTIES)),
        ("zone", dict(ZONE_PROPERTIES)),
    )
    for about, table in tables:
        for name, (kind, stated) in table.items():
            meaning = getattr(stated, "meaning", "")
            places.setdefault(name, (kind, meaning, []))[2].append(about)
    found = []
    for name, (kind, meaning, abouts) in places.items():
        if kind is bool:
            found.append(Fact(name, tuple(abouts), "truth", meaning))
        elif getattr(kind, "__origin__", None) is list:
            values = get_args(kind.__args__[0]) if hasattr(kind, "__args__") else ()
            found.append(Fact(name, tuple(abouts), "words", meaning, values))
        elif get_args(kind):
            found.append(Fact(name, tuple(abouts), "word", meaning, get_args(kind)))
        elif name == "region":
            found.append(Fact(name, tuple(abouts), "word", meaning))
    return found


_OWN: tuple[Fact, ...] = (
    Fact("kind", _COMPONENT, "word", "its kind, or a kind that its kind is a special case of", tuple(KINDS)),
    Fact("dfd", _COMPONENT, "word", "its part in a data-flow diagram", get_args(words.DfdType)),
    Fact("trait", _COMPONENT, "words", "what its kind does", tuple(TRAITS)),
    Fact("stores", _COMPONENT, "words", "data at rest: as stated, else what a store of its kind keeps", _DATA),
    Fact("stores_identified", _COMPONENT, "truth", "keeps data that name or show a person"),
    Fact("receives", _COMPONENT, "words", "data that flows bring to it", _DATA),
    Fact("emits", _COMPONENT, "words", "data that flows take from it", _DATA),
    Fact("handles", _COMPONENT, "words", "data that it keeps, receives or hands on", _DATA),
    Fact("handles_identified", _COMPONENT, "truth", "keeps, receives or hands on data that name or show a person"),
    Fact("trained_on", _COMPONENT, "words", "data that its models were trained on, as stated", _DATA),
    Fact(
        "reachable_from",
        _COMPONENT,
        "words",
        "exposures of the places that can reach it, over any number of flows, by sending to it or by connecting to it",
        get_args(words.Exposure),
    ),
    Fact(
        "reached_unproven",
        _COMPONENT,
        "words",
        "exposures of the other places from which it can be reached over connections on which nobody proves who they "
        "are",
        get_args(words.Exposure),
    ),
    Fact(
        "supplied_from",
        _COMPONENT,
        "words",
        "exposures of the places from which software, settings, models, labels or training data come to it or to what "
        "it runs on, over any number of flows, whatever of that sort they become on the way",
        get_args(words.Exposure),
    ),
    Fact(
        "reading_needs_it",
        ("component", "flow"),
        "truth",
        "without it the images of some device reach no reader, or the reports of some reader reach no record",
    ),
    Fact(
        "acts_unread",
        _COMPONENT,
        "truth",
        "what its model puts out reaches the record, the order of the list, an alert or an order on some way that "
        "passes no person",
    ),
    Fact(
        "in_feedback",
        _COMPONENT,
        "truth",
        "what its model puts out comes back to it through training, labels, texts that it draws from, or use from "
        "which it learns",
    ),
    Fact(
        "shares",
        _COMPONENT,
        "words",
        "what it has in common with another component, so that one event takes both: the host it runs on, whoever "
        "administers it, whoever brings its updates, the sign-in service",
        ("host", "administrator", "update-channel", "credential"),
    ),
    Fact("shares_supplier", _COMPONENT, "truth", "another component comes from the same company"),
    Fact(
        "touches",
        _COMPONENT,
        "words",
        "how far the data that leave it get, over any number of flows: many patients, several sites, several readers",
        ("many-patients", "several-sites", "several-readers"),
    ),
    Fact("joins_zones", _COMPONENT, "truth", "it opens connections into two or more zones beside its own"),
    Fact(
        "passes_on_unreceived",
        _COMPONENT,
        "words",
        "classes that a process hands on although nothing brings them and it neither keeps nor makes them",
        _DATA,
    ),
    Fact(
        "receives_unused",
        _COMPONENT,
        "words",
        "classes that a process gets and neither keeps, works on nor hands on in any form",
        _DATA,
    ),
    Fact(
        "some_upstream",
        _COMPONENT,
        "place",
        "a component from which data get to it over any number of flows, whatever they become on the way, and for "
        "which the inner condition holds",
        (),
        "component",
    ),
    Fact(
        "some_downstream",
        _COMPONENT,
        "place",
        "a component to which data get from it over any number of flows, whatever they become on the way, and for "
        "which the inner condition holds",
        (),
        "component",
    ),
    Fact("hosted", _COMPONENT, "truth", "runs on another component of the model"),
    Fact(
        "some_flow_in",
        _COMPONENT,
        "place",
        "a flow that brings data to it and for which the inner condition holds",
        (),
        "flow",
    ),
    Fact(
        "some_flow_out",
        _COMPONENT,
        "place",
        "a flow that takes data from it and for which the inner condition holds",
        (),
        "flow",
    ),
    Fact(
        "some_client",
        _COMPONENT,
        "place",
        "a flow, in either direction, whose connection is opened towards it and for which the inner condition holds",
        (),
        "flow",
    ),
    Fact("protocol", _FLOW, "word", "the protocol it goes over", tuple(words.PROTOCOL_BY_ID)),
    Fact("carries", _FLOW, "words", "its data, by class", _DATA),
    Fact("carries_identified", _FLOW, "truth", "carries data that name or show a person"),
    Fact("crosses_boundary", _FLOW, "truth", "its ends lie in different zones"),
    Fact("changes_operator", _FLOW, "truth", "its ends are run by different bodies"),
    Fact("changes_region", _FLOW, "truth", "its ends stand in different countries"),
    Fact("from_less_trusted", _FLOW, "truth", "its source is more exposed than its target"),
    Fact("to_less_trusted", _FLOW, "truth", "its target is more exposed than its source"),
    Fact(
        "way_exposure",
        _FLOW,
        "word",
        "the most exposed of the zones that it leaves, enters or runs in",
        get_args(words.Exposure),
    ),
    Fact("both_ways", _FLOW, "truth", "the reply carries data of its own"),
    Fact("opened_by", _FLOW, "word", "the end that opens the connection", ("source", "target")),
    Fact("source", _FLOW, "place", "the component that the data leave", (), "component"),
    Fact("target", _FLOW, "place", "the component that the data reach", (), "component"),
    Fact("client", _FLOW, "place", "the component that opens the connection", (), "component"),
    Fact("server", _FLOW, "place", "the component that answers the connection", (), "component"),
    Fact(
        "some_component",
        ("zone", "model"),
        "place",
        "a component that lies in it (in a zone: directly, not in an inner zone) and for which the inner condition "
        "holds",
        (),
        "component",
    ),
    Fact(
        "some_flow",
        ("zone", "model"),
        "place",
        "a flow with both ends inside, inner zones included, and for which the inner condition holds",
        (),
        "flow",
    ),
    Fact("first", _CHAIN, "place", "the component where the chain starts", (), "component"),
    Fact("last", _CHAIN, "place", "the component where the chain ends", (), "component"),
    Fact("some_hop", _CHAIN, "place", "a flow of the chain for which the inner condition holds", (), "flow"),
    Fact(
        "some_between",
        _CHAIN,
        "place",
        "a component on the chain, its two ends left out, for which the inner condition holds",
        (),
        "component",
    ),
    Fact(
        "reading_goes_on_without",
        _MODEL,
        "words",
        "what may fail while the images of every device still reach a reader and every report the record; those of "
        "devices and readers that fail with it reach nobody",
        ("ai", "cloud", "vendor", "internet"),
    ),
    Fact("jurisdiction", _MODEL, "words", "the jurisdictions that the model names"),
    Fact(
        "lacks",
        ("component", "flow", "zone", "model"),
        "control",
        "the control is not in place here: stated absent or only planned is yes, not stated is unknown, in place or "
        "not "
        "applicable is no",
    ),
)

FACTS: dict[str, Fact] = {fact.name: fact for fact in (*_OWN, *_from_properties())}
"""Every fact by name.

``lacks`` on a flow looks at the flow; at both ends for a no, at the answering end for a yes; then at the zones around
both; then at the model.
"""
