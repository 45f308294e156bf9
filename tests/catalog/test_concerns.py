"""Which kinds and protocols a threat concerns: by name, trait or usual data; what can happen is never excluded."""

from __future__ import annotations

from hypothesis import given

from tests.catalog.conditions import conditions
from tests.properties.strategies import QUICK, shipped, systems
from threatmodel.analysis.context import Context
from threatmodel.analysis.evaluate import Evaluator
from threatmodel.catalog.actors import actors
from threatmodel.catalog.catalog import Rule, Ways
from threatmodel.catalog.concerns import FEW, Concern, Role, concern_of, concerns
from threatmodel.catalog.conditions import Condition, Misread, read_condition
from threatmodel.catalog.facts import About
from threatmodel.catalog.possible import Sort, at_flow, at_kind
from threatmodel.catalog.threats import Exploitability, Harm, Review, Texts, Threat, ThreatControls
from threatmodel.model.kinds import KINDS
from threatmodel.model.system import System

ANY: dict[str, object] = {"any": [{"dfd": {"in": ["process", "store", "external", "person"]}}]}


def read(data: object, about: About) -> Condition:
    mistakes: list[Misread] = []
    condition = read_condition(data, about, (), mistakes)
    assert condition is not None
    assert not mistakes, mistakes
    return condition


def rule(about: About, applies: object, ways: Ways | None = None, **needs: object) -> Rule:
    """A threat that asks this."""
    needed = {"knowledge": 1, "needs_human_act": False} | needs
    threat = Threat(
        id="GEN-01",
        stride=("S",),
        phase="general",
        about=about,
        applies={},
        exposed={},
        controls=ThreatControls(primary=("mfa",)),
        exploitability=Exploitability(**needed),  # type: ignore[arg-type]
        harm=Harm(property="integrity", severity=3),
        attested="plausible",
        review=Review(phase="general"),
        references=("CWE-287",),
        en=Texts(title="Something", what="Something.", harm="Something.", remedy="Something."),
    )
    condition = read(applies, about)
    return Rule(threat, condition, condition, "threats/general/GEN-01.yaml", ways)


def concern(about: About, applies: object) -> Concern:
    return concern_of(rule(about, applies))


def kinds(about: About, applies: object, role: Role) -> set[str]:
    return set(concern(about, applies).kinds.get(role, ()))


def test_a_component_is_concerned_by_name_and_by_trait() -> None:
    assert kinds("component", {"kind": {"in": ["pacs", "vna"]}}, "place") == {"pacs", "vna"}
    assert kinds("component", {"trait": {"any": ["federates"]}}, "place") == {"fl-server", "fl-client"}
    both = {"all": [{"trait": {"any": ["federates"]}}, {"not": {"kind": "fl-client"}}]}
    assert kinds("component", both, "place") == {"fl-server"}


def test_what_any_plain_process_has_to_fear_concerns_no_kind() -> None:
    found = concern("component", {"all": [{"trait": {"none": ["human"]}}, {"os_supported": False}]})
    assert found.kinds == {}
    assert {"process", "pacs"} <= found.possible
    assert "patient" not in found.possible
    assert not found.particular("pacs")


def test_what_can_never_be_stated_of_a_kind_does_not_hold_for_it() -> None:
    """Nobody states of a PACS whether it is written once, nor that it is not."""
    kept = kinds("component", {"immutable": False}, "place")
    assert kept == {kind for kind, known in KINDS.items() if known.traits & {"keeps-audit", "keeps-backups"}}
    assert kinds("component", {"not": {"immutable": True}}, "place") == kept


def test_usual_data_concern_the_kinds_that_have_them() -> None:
    found = kinds("component", {"stores": {"any": ["pseudonym-key"]}}, "place")
    assert found == {"deid"}
    named = kinds("component", {"stores_identified": True}, "place")
    assert {"pacs", "ris"} <= named
    assert not {"model-registry", "database"} & named
    by_flow = {"some_flow_in": {"carries": {"any": ["gradients"]}}}
    assert kinds("component", by_flow, "place") == {"training", "fl-server", "fl-client"}


def test_each_end_of_a_flow_is_concerned_by_what_is_asked_of_it() -> None:
    applies = {"all": [{"source": {"kind": "modality"}}, {"target": {"trait": {"none": ["human"]}}}]}
    assert kinds("flow", applies, "source") == {"modality"}
    assert kinds("flow", applies, "target") == set()
    either = {"any": [{"source": {"kind": "time"}}, {"target": {"kind": "time"}}]}
    assert kinds("flow", either, "source") == kinds("flow", either, "target") == {"time"}


def test_the_side_that_opens_a_flow_may_be_either_end() -> None:
    applies = {"client": {"kind": "notebook"}}
    assert kinds("flow", applies, "source") == kinds("flow", applies, "target") == {"notebook"}
    opened = {"all": [applies, {"opened_by": "source"}]}
    assert kinds("flow", opened, "target") == set()


def test_a_protocol_is_concerned_when_it_is_asked_for() -> None:
    found = concern("flow", {"all": [{"protocol": {"in": ["ntp", "sql"]}}, {"crosses_boundary": True}]})
    assert found.protocols == {"ntp", "sql"}
    assert found.possible_protocols == {"ntp", "sql"}
    assert found.particular_protocol("ntp")
    spared = concern("flow", {"not": {"protocol": "ntp"}})
    assert spared.protocols == frozenset()
    assert "ntp" not in spared.possible_protocols
    assert "sql" in spared.possible_protocols
    either = {"any": [{"carries": {"any": ["audit-logs"]}}, {"protocol": {"in": ["syslog-tls"]}}]}
    assert concern("flow", either).protocols == {"syslog-tls"}


def test_a_place_may_ask_for_the_protocol_of_its_flows() -> None:
    applies = {"all": [{"kind": "media"}, {"some_flow_in": {"protocol": "media"}}]}
    assert concern("component", applies).protocols == {"media"}
    assert concern("component", {"not": {"some_flow_in": {"protocol": "media"}}}).protocols == frozenset()


def test_what_lies_around_a_place_is_told_apart() -> None:
    found = concern("component", {"all": [{"kind": "ris"}, {"some_client": {"client": {"kind": "referrer"}}}]})
    assert found.near == {"referrer"}
    assert found.roles("referrer") == ()
    assert found.kinds == {"place": frozenset({"ris"})}


def test_what_lies_in_a_zone_is_concerned_and_what_must_not_lie_there_is_not() -> None:
    applies = {"all": [{"some_component": {"kind": "modality"}}, {"not": {"some_component": {"kind": "siem"}}}]}
    assert kinds("zone", applies, "inside") == {"modality"}
    assert kinds("model", {"some_flow": {"source": {"kind": "agent"}}}, "inside") == {"agent"}


def test_both_ends_of_a_chain_are_concerned() -> None:
    start, end = read({"trait": {"any": ["runs-model"]}}, "component"), read({"kind": "report-dist"}, "component")
    ways = Ways(start, end, frozenset({"predictions"}), None)
    found = concern_of(rule("chain", {"first": {"dfd": "process"}}, ways))
    assert set(found.kinds["end"]) == {"report-dist"}
    assert set(found.kinds["start"]) == {
        kind for kind, known in KINDS.items() if "runs-model" in known.traits and known.dfd == "process"
    }


def test_particular_is_what_concerns_few_kinds() -> None:
    assert concern("component", {"kind": "time"}).particular("time")
    wide = concern("component", {"trait": {"any": ["serves-network"]}})
    assert len(wide.kinds["place"]) > FEW
    assert "time" in wide.kinds["place"]
    assert not wide.particular("time")


@QUICK
@given(systems(), conditions("component"))
def test_where_a_condition_holds_of_a_component_its_kind_may_be_concerned(system: System, condition: Condition) -> None:
    """Against the real answers: what is said to be impossible of a kind never happens to one of it."""
    verdict = Evaluator(Context(system)).compile(condition)
    for part in system.components:
        if part.kind in KINDS:
            answer, may = verdict(part), at_kind(condition, part.kind)
            assert may.hold or answer != "yes"
            assert may.fail or answer != "no"


@QUICK
@given(systems(), conditions("flow"))
def test_where_a_condition_holds_of_a_flow_its_sort_may_be_concerned(system: System, condition: Condition) -> None:
    context = Context(system)
    verdict = Evaluator(context).compile(condition)
    for flow in system.flows:
        source, target = context.ends(flow)
        if {source.kind, target.kind} <= KINDS.keys() and flow.over is not None:
            answer = verdict(flow)
            may = at_flow(condition, Sort(source.kind, target.kind, flow.over, flow.opened_by, None))
            assert may.hold or answer != "yes"
            assert may.fail or answer != "no"


def test_every_shipped_threat_can_be_found_somewhere() -> None:
    for name, found in concerns(shipped()).items():
        assert found.possible or shipped().rules[name].threat.about in {"zone", "model"}, name


def test_actors_follow_from_privilege_and_help() -> None:
    assert actors(rule("component", ANY)) == ("stranger", "user")
    assert actors(rule("component", ANY, privilege="role")) == ("role",)
    assert actors(rule("component", ANY, privilege="admin", needs_human_act=True)) == ("administrator", "unwitting")


def test_actors_follow_from_what_is_asked_for_and_nothing_besides() -> None:
    by = {"privilege": "none"}
    assert actors(rule("flow", {"changes_operator": True}, **by)) == ("stranger", "outside-party")
    assert actors(rule("flow", {"not": {"changes_operator": True}}, **by)) == ("stranger",)
    assert actors(rule("flow", {"protocol": {"in": ["media", "physical-port"]}}, **by)) == ("stranger", "at-hand")
    assert actors(rule("flow", {"protocol": {"in": ["media", "dimse"]}}, **by)) == ("stranger",)
    assert actors(rule("flow", {"source": {"kind": "service-laptop"}}, **by)) == (
        "stranger",
        "outside-party",
        "at-hand",
    )
    assert actors(rule("component", {"trait": {"none": ["takes-media"]}}, **by)) == ("stranger",)
    assert actors(rule("component", {"not": {"trait": {"none": ["takes-media"]}}}, **by)) == ("stranger", "at-hand")
