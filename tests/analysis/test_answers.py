# ruff: noqa: E501 - one row of a table a line
"""Each fact at a place: one test for yes, for no and for unknown, where it can be."""

import pytest

from tests.catalog.conditions import plain_of
from tests.model.written import system
from threatmodel.analysis.answer import NO, UNKNOWN, YES, Ask
from threatmodel.analysis.answers import ANSWERS
from threatmodel.analysis.context import Context
from threatmodel.analysis.evaluate import Evaluator
from threatmodel.analysis.place import Place
from threatmodel.catalog.conditions import Condition, Misread, read_condition
from threatmodel.catalog.facts import FACTS, About

TEXT = """\
jurisdictions: [FR]
controls: [{id: incident-plan, state: implemented}]
zones:
  - {id: lan, name: LAN, exposure: internal, operator: hospital, region: FR, physical_access: locked, controls: [{id: segmentation, state: absent}, {id: nac, state: not-applicable, because: one cable}]}
  - {id: net, name: Net, exposure: internet, operator: vendor, region: IE}
  - {id: dark, name: Dark}
  - {id: ward, name: Ward, exposure: internal, operator: hospital, region: FR}
  - {id: inner, name: Inner, parent: lan, controls: [{id: mfa, state: planned}, {id: pam, state: declared}]}
data:
  - {id: stroke-ct, name: Stroke CT, is_a: phi-pixel}
kinds:
  - {id: dose, name: Dose server, is_a: postproc}
components:
  - {id: dx, name: DX, kind: modality, zone: lan, modalities: [CT, DX], body_parts: [head], os_supported: false, multi_tenant: true, default_credentials: true, admin_interface: false, pinned: false, clinical: emergency, authentication: password, stores: []}
  - {id: pacs, name: PACS, kind: pacs, zone: lan, os_supported: true, lifecycle: retired, serves: fleet, stores: [stroke-ct]}
  - {id: ai, name: AI, kind: inference, zone: net, model_source: hub, model_format: pickle, learns_in_use: true, trained_on: [deid-images], runs_on: host, stores: [model-weights]}
  - {id: host, name: Host, kind: container-platform, zone: net}
  - {id: quiet, name: Quiet, kind: inference, zone: dark}
  - {id: bare, name: Bare, kind: dose, zone: inner}
  - {id: bot, name: Bot, kind: agent, zone: lan, tools: [search], can_write: true, stores: []}
  - {id: log, name: Log, kind: audit-repo, zone: lan, immutable: false}
  - {id: who, name: Who, kind: radiologist, zone: lan}
  - {id: phone, name: Phone, kind: mobile, zone: lan}
  - {id: mix, name: Mix, kind: ris, zone: lan}
  - {id: ct, name: CT, kind: modality, zone: ward, supplier: Firm}
  - {id: mr, name: MR, kind: modality, zone: ward}
  - {id: gate, name: Gate, kind: dicom-router, zone: dark}
  - {id: lane, name: Lane, kind: dicom-router, zone: ward}
  - {id: spare, name: Spare, kind: dicom-router, zone: ward}
  - {id: desk, name: Desk, kind: viewer, zone: ward, supplier: Firm}
  - {id: list, name: List, kind: ris, zone: ward}
  - {id: draft, name: Draft, kind: llm-report, zone: ward}
  - {id: seen, name: Seen, kind: inference, zone: ward}
  - {id: guess, name: Guess, kind: inference, zone: ward}
  - {id: rack, name: Rack, kind: container-platform, zone: ward}
  - {id: tag, name: Tag, kind: annotation, zone: ward, runs_on: rack}
  - {id: school, name: School, kind: training, zone: ward, runs_on: rack}
  - {id: leak, name: Leak, kind: process, zone: ward, stores: []}
  - {id: sink, name: Sink, kind: process, zone: ward, stores: []}
flows:
  - {id: dx.store.pacs, name: Store, from: dx, to: pacs, over: dimse, carries: [stroke-ct, dicom-header], encryption: none, authentication: ae-title, medium: wired, validates: false, blocks_care: true}
  - {id: pacs.push.ai, name: Push, from: pacs, to: ai, over: dicomweb, carries: [deid-images], opened_by: target, both_ways: true, controls: [{id: rate-limit, state: verified, evidence: test}]}
  - {id: ai.log.log, name: Audit, from: ai, to: log, over: syslog-udp, carries: [audit-logs]}
  - {id: quiet.x.bare, name: Silent, from: quiet, to: bare}
  - {id: dx.m.mix, name: Orders, from: dx, to: mix, over: sql, carries: [orders]}
  - {id: dx.n.mix, name: Unknown, from: dx, to: mix, over: sql}
  - {id: ai.y.quiet, name: Model, from: ai, to: quiet, carries: [model-weights]}
  - {id: ct.a.gate, name: Images, from: ct, to: gate, carries: [phi-pixel]}
  - {id: gate.a.desk, name: Images, from: gate, to: desk, carries: [phi-pixel]}
  - {id: mr.a.lane, name: Images, from: mr, to: lane, carries: [phi-pixel]}
  - {id: lane.a.desk, name: Images, from: lane, to: desk, carries: [phi-pixel]}
  - {id: mr.a.spare, name: Silent, from: mr, to: spare}
  - {id: spare.a.desk, name: Images, from: spare, to: desk, carries: [phi-pixel]}
  - {id: draft.a.list, name: Drafts, from: draft, to: list, carries: [reports]}
  - {id: seen.a.tag, name: Results, from: seen, to: tag, carries: [predictions]}
  - {id: guess.a.tag, name: Results, from: guess, to: tag, carries: [predictions]}
  - {id: guess.a.list, name: Silent, from: guess, to: list}
  - {id: tag.a.school, name: Labels, from: tag, to: school, carries: [labels]}
  - {id: school.a.seen, name: Model, from: school, to: seen, carries: [model-weights]}
  - {id: school.b.guess, name: Silent, from: school, to: guess}
  - {id: leak.a.list, name: Reports, from: leak, to: list, carries: [reports]}
  - {id: tag.b.sink, name: Labels, from: tag, to: sink, carries: [labels]}
"""

ROWS: list[tuple[About, str, object, str]] = [
    # of components
    ("component", "dx", {"kind": "modality"}, YES),
    ("component", "bare", {"kind": "dose"} if "dose" in FACTS["kind"].values else {"kind": "postproc"}, YES),
    ("component", "bare", {"kind": "postproc"}, YES),
    ("component", "dx", {"kind": "pacs"}, NO),
    ("component", "pacs", {"dfd": "store"}, YES),
    ("component", "pacs", {"dfd": {"in": ["process", "person"]}}, NO),
    ("component", "bare", {"trait": {"all": ["parses-dicom", "machine"]}}, YES),
    ("component", "dx", {"trait": {"any": ["stores-images"]}}, NO),
    ("component", "pacs", {"stores": {"any": ["phi-pixel"]}}, YES),
    ("component", "pacs", {"stores": {"any": ["orders"]}}, NO),
    ("component", "log", {"stores": {"any": ["audit-logs"]}}, YES),
    ("component", "quiet", {"stores": {"any": ["orders"]}}, UNKNOWN),
    ("component", "pacs", {"stores_identified": True}, YES),
    ("component", "ai", {"stores_identified": True}, NO),
    ("component", "quiet", {"stores_identified": True}, UNKNOWN),
    ("component", "pacs", {"receives": {"all": ["phi-pixel", "dicom-header"]}}, YES),
    ("component", "pacs", {"receives": {"any": ["orders"]}}, NO),
    ("component", "bare", {"receives": {"any": ["orders"]}}, UNKNOWN),
    ("component", "pacs", {"emits": {"any": ["deid-images"]}}, YES),
    ("component", "ai", {"emits": {"any": ["deid-images"]}}, YES),  # its reply carries data of its own
    ("component", "pacs", {"emits": {"any": ["orders"]}}, NO),
    ("component", "mix", {"receives": {"any": ["orders"]}}, YES),  # one flow says what it carries, the other does not
    ("component", "mix", {"receives": {"any": ["time"]}}, UNKNOWN),
    ("component", "mix", {"receives": {"all": ["orders"]}}, YES),
    ("component", "mix", {"receives": {"all": ["orders", "time"]}}, UNKNOWN),
    ("component", "mix", {"receives": {"none": ["orders"]}}, NO),
    ("component", "mix", {"receives": {"none": ["time"]}}, UNKNOWN),
    ("component", "quiet", {"emits": {"any": ["orders"]}}, UNKNOWN),
    ("component", "dx", {"handles": {"any": ["dicom-header"]}}, YES),
    ("component", "pacs", {"handles": {"any": ["time"]}}, NO),
    ("component", "dx", {"handles": {"any": ["time"]}}, UNKNOWN),
    ("component", "bare", {"handles": {"any": ["orders"]}}, UNKNOWN),
    ("component", "host", {"handles": {"any": ["orders"]}}, UNKNOWN),  # nobody says what it stores
    ("component", "dx", {"handles_identified": True}, YES),
    ("component", "ai", {"handles_identified": True}, NO),
    ("component", "host", {"handles_identified": True}, UNKNOWN),
    ("component", "ai", {"trained_on": {"any": ["deid-images"]}}, YES),
    ("component", "ai", {"trained_on": {"any": ["phi-pixel"]}}, NO),
    ("component", "quiet", {"trained_on": {"any": ["phi-pixel"]}}, UNKNOWN),
    ("component", "pacs", {"reachable_from": {"any": ["internet"]}}, YES),
    ("component", "dx", {"reachable_from": {"any": ["internet"]}}, NO),
    ("component", "bare", {"reachable_from": {"any": ["isolated"]}}, UNKNOWN),
    ("component", "ai", {"hosted": True}, YES),
    ("component", "pacs", {"hosted": True}, NO),
    ("component", "dx", {"some_flow_out": {"protocol": "dimse"}}, YES),
    ("component", "dx", {"some_flow_out": {"protocol": "grpc"}}, NO),
    ("component", "dx", {"some_flow_in": {"protocol": "dimse"}}, NO),
    ("component", "bare", {"some_flow_in": {"protocol": "dimse"}}, UNKNOWN),
    ("component", "quiet", {"some_flow_out": {"protocol": "dimse"}}, UNKNOWN),
    ("component", "pacs", {"some_client": {"protocol": "dicomweb"}}, YES),  # the AI opens the connection
    ("component", "ai", {"some_client": {"protocol": "dicomweb"}}, NO),
    ("component", "bare", {"some_client": {"protocol": "dicomweb"}}, UNKNOWN),
    ("component", "dx", {"exposure": "internal"}, YES),
    ("component", "dx", {"exposure": "internet"}, NO),
    ("component", "quiet", {"exposure": "internet"}, UNKNOWN),
    ("component", "ai", {"operator": "vendor"}, YES),
    ("component", "ai", {"operator": "hospital"}, NO),
    ("component", "quiet", {"operator": "hospital"}, UNKNOWN),
    ("component", "dx", {"region": "FR"}, YES),
    ("component", "dx", {"region": {"in": ["IE", "US"]}}, NO),
    ("component", "quiet", {"region": "FR"}, UNKNOWN),
    ("component", "bare", {"physical_access": "locked"}, YES),
    ("component", "bare", {"physical_access": "public"}, NO),
    ("component", "ai", {"physical_access": "public"}, UNKNOWN),
    ("component", "dx", {"authentication": "password"}, YES),
    ("component", "dx", {"authentication": {"in": ["none", "ae-title"]}}, NO),
    ("component", "pacs", {"authentication": "password"}, UNKNOWN),
    ("component", "pacs", {"serves": "fleet"}, YES),
    ("component", "dx", {"serves": "fleet"}, NO),
    ("component", "dx", {"serves": "one-list"}, YES),  # as its kind does
    ("component", "dx", {"clinical": "emergency"}, YES),
    ("component", "dx", {"clinical": "routine"}, NO),
    ("component", "pacs", {"clinical": "routine"}, UNKNOWN),
    ("component", "pacs", {"os_supported": True}, YES),
    ("component", "dx", {"os_supported": True}, NO),
    ("component", "dx", {"os_supported": False}, YES),
    ("component", "ai", {"os_supported": False}, UNKNOWN),
    ("component", "dx", {"multi_tenant": True}, YES),
    ("component", "dx", {"multi_tenant": False}, NO),
    ("component", "pacs", {"multi_tenant": True}, UNKNOWN),
    ("component", "phone", {"portable": True}, YES),  # as its kind is
    ("component", "phone", {"portable": False}, NO),
    ("component", "dx", {"portable": True}, UNKNOWN),
    ("component", "pacs", {"lifecycle": "retired"}, YES),
    ("component", "dx", {"lifecycle": "active"}, YES),  # since it is there
    ("component", "dx", {"lifecycle": "planned"}, NO),
    ("component", "dx", {"default_credentials": True}, YES),
    ("component", "dx", {"default_credentials": False}, NO),
    ("component", "pacs", {"default_credentials": True}, UNKNOWN),
    ("component", "dx", {"admin_interface": False}, YES),
    ("component", "dx", {"admin_interface": True}, NO),
    ("component", "pacs", {"admin_interface": True}, UNKNOWN),
    ("component", "dx", {"pinned": False}, YES),
    ("component", "dx", {"pinned": True}, NO),
    ("component", "pacs", {"pinned": True}, UNKNOWN),
    ("component", "dx", {"modalities": {"any": ["CT", "MR"]}}, YES),
    ("component", "dx", {"modalities": {"none": ["US"]}}, YES),
    ("component", "dx", {"modalities": {"all": ["CT", "MR"]}}, NO),
    ("component", "pacs", {"modalities": {"none": ["US"]}}, UNKNOWN),
    ("component", "dx", {"body_parts": {"any": ["head"]}}, YES),
    ("component", "dx", {"body_parts": {"any": ["knee"]}}, NO),
    ("component", "pacs", {"body_parts": {"any": ["knee"]}}, UNKNOWN),
    ("component", "ai", {"model_source": "hub"}, YES),
    ("component", "ai", {"model_source": "own"}, NO),
    ("component", "quiet", {"model_source": "own"}, UNKNOWN),
    ("component", "ai", {"learns_in_use": True}, YES),
    ("component", "ai", {"learns_in_use": False}, NO),
    ("component", "quiet", {"learns_in_use": False}, UNKNOWN),
    ("component", "ai", {"model_format": "pickle"}, YES),
    ("component", "ai", {"model_format": "onnx"}, NO),
    ("component", "quiet", {"model_format": "onnx"}, UNKNOWN),
    ("component", "bot", {"tools": {"any": ["search"]}}, YES),
    ("component", "bot", {"tools": {"any": ["order"]}}, NO),
    ("component", "dx", {"tools": {"any": ["order"]}}, UNKNOWN),
    ("component", "bot", {"can_write": True}, YES),
    ("component", "bot", {"can_write": False}, NO),
    ("component", "dx", {"can_write": False}, UNKNOWN),
    ("component", "log", {"immutable": False}, YES),
    ("component", "log", {"immutable": True}, NO),
    ("component", "dx", {"immutable": True}, UNKNOWN),
    ("component", "dx", {"lacks": "segmentation"}, YES),
    ("component", "bare", {"lacks": "mfa"}, YES),  # planned is not there yet
    ("component", "bare", {"lacks": "pam"}, NO),
    ("component", "dx", {"lacks": "nac"}, NO),
    ("component", "dx", {"lacks": "incident-plan"}, NO),
    ("component", "dx", {"lacks": "backup-offline"}, UNKNOWN),
    ("component", "dx", {"lacks": {"all": ["segmentation", "backup-offline"]}}, UNKNOWN),
    ("component", "dx", {"lacks": {"any": ["segmentation", "backup-offline"]}}, YES),
    ("component", "dx", {"lacks": {"all": ["nac", "backup-offline"]}}, NO),
    ("component", "gate", {"reading_needs_it": True}, YES),  # the images of the CT go no other way
    ("component", "pacs", {"reading_needs_it": True}, NO),  # nobody reads from it
    ("component", "lane", {"reading_needs_it": True}, UNKNOWN),  # there may be a second way over the spare
    ("component", "draft", {"acts_unread": True}, YES),
    ("component", "ai", {"acts_unread": True}, NO),
    ("component", "pacs", {"acts_unread": True}, NO),  # it runs no model
    ("component", "guess", {"acts_unread": True}, UNKNOWN),
    ("component", "seen", {"in_feedback": True}, YES),
    ("component", "draft", {"in_feedback": True}, NO),
    ("component", "guess", {"in_feedback": True}, UNKNOWN),  # the model that comes back to it may be the one
    ("component", "tag", {"shares": {"any": ["host"]}}, YES),
    ("component", "ai", {"shares": {"any": ["host"]}}, NO),  # nothing else runs on its host
    ("component", "seen", {"shares": {"any": ["update-channel"]}}, UNKNOWN),  # what the same place sends to the other
    ("component", "ct", {"shares_supplier": True}, YES),
    ("component", "ct", {"shares_supplier": False}, NO),
    ("component", "mr", {"shares_supplier": True}, UNKNOWN),
    ("component", "dx", {"touches": {"any": ["many-patients"]}}, YES),
    ("component", "dx", {"touches": {"any": ["several-sites"]}}, NO),
    ("component", "who", {"touches": {"any": ["many-patients"]}}, NO),  # a person hands on no trouble
    ("component", "ai", {"supplied_from": {"any": ["internal"]}}, YES),
    ("component", "quiet", {"supplied_from": {"any": ["internet"]}}, YES),
    ("component", "dx", {"supplied_from": {"any": ["internet"]}}, NO),
    ("component", "mix", {"supplied_from": {"any": ["internal"]}}, UNKNOWN),
    ("component", "ai", {"joins_zones": True}, YES),  # it opens connections into three zones
    ("component", "dx", {"joins_zones": True}, NO),
    ("component", "pacs", {"reached_unproven": {"any": ["internal"]}}, YES),
    ("component", "dx", {"reached_unproven": {"any": ["internet"]}}, NO),
    ("component", "log", {"reached_unproven": {"any": ["internet"]}}, UNKNOWN),
    ("component", "leak", {"passes_on_unreceived": {"any": ["reports"]}}, YES),
    ("component", "leak", {"passes_on_unreceived": {"any": ["orders"]}}, NO),
    ("component", "quiet", {"passes_on_unreceived": {"any": ["orders"]}}, UNKNOWN),
    ("component", "sink", {"receives_unused": {"any": ["labels"]}}, YES),
    ("component", "school", {"receives_unused": {"any": ["labels"]}}, NO),
    ("component", "bare", {"receives_unused": {"any": ["labels"]}}, UNKNOWN),
    ("component", "pacs", {"some_upstream": {"kind": "modality"}}, YES),
    ("component", "school", {"some_upstream": {"kind": "inference"}}, YES),  # through labels
    ("component", "dx", {"some_upstream": {"kind": "modality"}}, NO),  # nothing comes to it
    ("component", "bare", {"some_upstream": {"kind": "inference"}}, UNKNOWN),
    ("component", "seen", {"some_downstream": {"kind": "training"}}, YES),
    ("component", "log", {"some_downstream": {"kind": "pacs"}}, NO),
    ("component", "quiet", {"some_downstream": {"kind": "postproc"}}, UNKNOWN),
    ("component", "gate", {"some_downstream": {"pinned": True}}, UNKNOWN),  # nobody states it
    # of flows
    ("flow", "ct.a.gate", {"reading_needs_it": True}, YES),
    ("flow", "dx.store.pacs", {"reading_needs_it": True}, NO),
    ("flow", "mr.a.lane", {"reading_needs_it": True}, UNKNOWN),
    ("flow", "dx.store.pacs", {"protocol": "dimse"}, YES),
    ("flow", "dx.store.pacs", {"protocol": "dicom-tls"}, NO),
    ("flow", "quiet.x.bare", {"protocol": "dimse"}, UNKNOWN),
    ("flow", "dx.store.pacs", {"carries": {"all": ["phi-pixel", "dicom-header"]}}, YES),
    ("flow", "dx.store.pacs", {"carries": {"none": ["phi-pixel"]}}, NO),
    ("flow", "quiet.x.bare", {"carries": {"none": ["phi-pixel"]}}, UNKNOWN),
    ("flow", "dx.store.pacs", {"carries_identified": True}, YES),
    ("flow", "pacs.push.ai", {"carries_identified": True}, NO),
    ("flow", "pacs.push.ai", {"carries": {"all": ["deid-images", "time"]}}, NO),
    ("flow", "quiet.x.bare", {"carries": {"all": ["time"]}}, UNKNOWN),
    ("flow", "quiet.x.bare", {"carries": {"any": ["time"]}}, UNKNOWN),
    ("flow", "quiet.x.bare", {"carries_identified": True}, UNKNOWN),
    ("flow", "pacs.push.ai", {"crosses_boundary": True}, YES),
    ("flow", "dx.store.pacs", {"crosses_boundary": True}, NO),
    ("flow", "pacs.push.ai", {"changes_operator": True}, YES),
    ("flow", "dx.store.pacs", {"changes_operator": True}, NO),
    ("flow", "quiet.x.bare", {"changes_operator": True}, UNKNOWN),
    ("flow", "pacs.push.ai", {"changes_region": True}, YES),
    ("flow", "dx.store.pacs", {"changes_region": True}, NO),
    ("flow", "quiet.x.bare", {"changes_region": True}, UNKNOWN),
    ("flow", "ai.log.log", {"from_less_trusted": True}, YES),
    ("flow", "pacs.push.ai", {"from_less_trusted": True}, NO),
    ("flow", "quiet.x.bare", {"from_less_trusted": True}, UNKNOWN),
    ("flow", "pacs.push.ai", {"to_less_trusted": True}, YES),
    ("flow", "dx.store.pacs", {"to_less_trusted": True}, NO),
    ("flow", "quiet.x.bare", {"to_less_trusted": True}, UNKNOWN),
    ("flow", "pacs.push.ai", {"way_exposure": "internet"}, YES),
    ("flow", "dx.store.pacs", {"way_exposure": "internet"}, NO),
    ("flow", "dx.store.pacs", {"way_exposure": "internal"}, YES),
    ("flow", "ai.y.quiet", {"way_exposure": "internet"}, YES),  # the internet is the worst, whatever the other end is
    ("flow", "quiet.x.bare", {"way_exposure": "internet"}, UNKNOWN),
    ("flow", "quiet.x.bare", {"way_exposure": "internal"}, UNKNOWN),  # the end that nobody states may be worse
    ("flow", "quiet.x.bare", {"way_exposure": "isolated"}, NO),  # one end is internal, so the way is that or worse
    ("flow", "quiet.x.bare", {"way_exposure": {"in": ["internal", "partner", "internet"]}}, YES),
    ("flow", "pacs.push.ai", {"both_ways": True}, YES),
    ("flow", "dx.store.pacs", {"both_ways": True}, NO),
    ("flow", "pacs.push.ai", {"opened_by": "target"}, YES),
    ("flow", "dx.store.pacs", {"opened_by": "target"}, NO),
    ("flow", "dx.store.pacs", {"source": {"kind": "modality"}}, YES),
    ("flow", "dx.store.pacs", {"target": {"kind": "modality"}}, NO),
    ("flow", "quiet.x.bare", {"source": {"exposure": "internet"}}, UNKNOWN),
    ("flow", "quiet.x.bare", {"target": {"os_supported": True}}, UNKNOWN),
    ("flow", "dx.store.pacs", {"source": {"kind": "pacs"}}, NO),
    ("flow", "dx.store.pacs", {"target": {"kind": "pacs"}}, YES),
    ("flow", "pacs.push.ai", {"client": {"kind": "pacs"}}, NO),
    ("flow", "pacs.push.ai", {"server": {"kind": "pacs"}}, YES),
    ("component", "pacs", {"some_flow_in": {"protocol": "dimse"}}, YES),
    ("flow", "pacs.push.ai", {"client": {"kind": "inference"}}, YES),
    ("flow", "pacs.push.ai", {"server": {"kind": "inference"}}, NO),
    ("flow", "quiet.x.bare", {"client": {"operator": "vendor"}}, UNKNOWN),
    ("flow", "quiet.x.bare", {"server": {"os_supported": True}}, UNKNOWN),
    ("flow", "dx.store.pacs", {"encryption": "none"}, YES),
    ("flow", "dx.store.pacs", {"encryption": {"in": ["tls", "mtls"]}}, NO),
    ("flow", "pacs.push.ai", {"encryption": "tls"}, UNKNOWN),
    ("flow", "dx.store.pacs", {"authentication": "ae-title"}, YES),
    ("flow", "dx.store.pacs", {"authentication": "certificate"}, NO),
    ("flow", "pacs.push.ai", {"authentication": "certificate"}, UNKNOWN),
    ("flow", "dx.store.pacs", {"medium": "wired"}, YES),
    ("flow", "dx.store.pacs", {"medium": "usb"}, NO),
    ("flow", "pacs.push.ai", {"medium": "usb"}, UNKNOWN),
    ("flow", "dx.store.pacs", {"validates": False}, YES),
    ("flow", "dx.store.pacs", {"validates": True}, NO),
    ("flow", "pacs.push.ai", {"validates": True}, UNKNOWN),
    ("flow", "dx.store.pacs", {"blocks_care": True}, YES),
    ("flow", "dx.store.pacs", {"blocks_care": False}, NO),
    ("flow", "pacs.push.ai", {"blocks_care": True}, UNKNOWN),
    ("flow", "dx.store.pacs", {"lacks": "tls-bcp195"}, YES),
    ("flow", "pacs.push.ai", {"lacks": "rate-limit"}, NO),
    ("flow", "pacs.push.ai", {"lacks": "tls-bcp195"}, UNKNOWN),
    # of zones
    ("zone", "inner", {"exposure": "internal"}, YES),
    ("zone", "net", {"exposure": "internal"}, NO),
    ("zone", "dark", {"exposure": "internal"}, UNKNOWN),
    ("zone", "inner", {"some_component": {"kind": "postproc"}}, YES),
    ("zone", "lan", {"some_component": {"kind": "postproc"}}, NO),  # it lies in the inner zone
    ("zone", "dark", {"some_component": {"os_supported": False}}, UNKNOWN),
    ("zone", "lan", {"some_flow": {"protocol": "dimse"}}, YES),
    ("zone", "net", {"some_flow": {"protocol": "dimse"}}, NO),
    ("zone", "lan", {"some_flow": {"protocol": "grpc"}}, NO),
    ("zone", "lan", {"lacks": "segmentation"}, YES),
    ("zone", "inner", {"lacks": "pam"}, NO),
    ("zone", "net", {"lacks": "segmentation"}, UNKNOWN),
    # of the model
    ("model", "t", {"jurisdiction": {"any": ["FR"]}}, YES),
    ("model", "t", {"jurisdiction": {"any": ["US"]}}, NO),
    ("model", "t", {"some_component": {"kind": "agent"}}, YES),
    ("model", "t", {"some_component": {"kind": "rag"}}, NO),
    ("model", "t", {"some_component": {"pinned": True}}, UNKNOWN),
    ("model", "t", {"some_flow": {"protocol": "syslog-udp"}}, YES),
    ("model", "t", {"some_flow": {"encryption": "mtls"}}, UNKNOWN),
    ("model", "t", {"some_flow": {"both_ways": True}}, YES),
    ("model", "t", {"reading_goes_on_without": {"any": ["ai"]}}, YES),
    ("model", "t", {"reading_goes_on_without": {"none": ["ai"]}}, NO),
    ("model", "t", {"reading_goes_on_without": {"any": ["vendor"]}}, UNKNOWN),  # nobody states who runs the gate
    ("model", "t", {"lacks": "incident-plan"}, NO),
    ("model", "t", {"lacks": "model-inventory"}, UNKNOWN),
]  # fmt: skip

ALWAYS_SETTLED = frozenset(
    {
        "kind", "dfd", "trait", "hosted", "serves", "lifecycle", "crosses_boundary", "both_ways", "opened_by", "touches",
        "joins_zones",
    }
)  # fmt: skip
"""Facts that follow from what is declared at all, so that nobody can leave them unsaid."""
ON_CHAINS = frozenset({name for name, fact in FACTS.items() if fact.about == ("chain",)})


@pytest.fixture(scope="module")
def evaluator() -> Evaluator:
    return Evaluator(Context(system(TEXT)))


def place(evaluator: Evaluator, name: str) -> Place:
    return evaluator.context.place(name)


def condition(data: object, about: About) -> Condition:
    mistakes: list[Misread] = []
    read = read_condition(data, about, (), mistakes)
    assert not mistakes, mistakes
    assert read is not None
    return read


@pytest.mark.parametrize(("about", "at", "data", "answer"), ROWS, ids=[f"{row[1]}-{row[2]}"[:70] for row in ROWS])
def test_a_fact_is_answered(evaluator: Evaluator, about: About, at: str, data: object, answer: str) -> None:
    asked = condition(data, about)
    assert evaluator.compile(asked)(place(evaluator, at)) == answer
    assert evaluator.reasons(asked, place(evaluator, at))[0] == answer


@pytest.mark.parametrize("name", sorted(FACTS.keys() - ON_CHAINS))
def test_every_fact_has_a_row_for_each_answer_that_it_can_have(name: str) -> None:
    found = {answer for _, _, data, answer in ROWS if isinstance(data, dict) and name in data}
    assert found >= (
        {YES, NO} if name in ALWAYS_SETTLED else {YES, NO, UNKNOWN} if name != "jurisdiction" else {YES, NO}
    )


def test_a_model_that_names_no_jurisdiction_leaves_it_open() -> None:
    evaluator = Evaluator(Context(system(TEXT.replace("jurisdictions: [FR]\n", ""))))
    asked = condition({"jurisdiction": {"any": ["FR"]}}, "model")
    answer, (reason,) = evaluator.reasons(asked, evaluator.context.system)
    assert answer == UNKNOWN
    assert reason.asks == (Ask("jurisdictions", "t"),)


@pytest.mark.parametrize(
    ("about", "at", "data", "ask"),
    [
        ("component", "quiet", {"stores": {"any": ["orders"]}}, Ask("stores", "quiet")),
        ("component", "host", {"handles_identified": True}, Ask("stores", "host")),
        ("component", "quiet", {"exposure": "internet"}, Ask("exposure", "dark")),
        ("component", "bare", {"reachable_from": {"any": ["isolated"]}}, Ask("exposure", "dark")),  # not its own zone
        ("component", "pacs", {"authentication": "password"}, Ask("authentication", "pacs")),
        ("component", "quiet", {"trained_on": {"any": ["orders"]}}, Ask("trained_on", "quiet")),
        ("component", "dx", {"lacks": "backup-offline"}, Ask("backup-offline", "dx", control=True)),
        ("flow", "quiet.x.bare", {"protocol": "dimse"}, Ask("protocol", "quiet.x.bare")),
        ("flow", "quiet.x.bare", {"carries_identified": True}, Ask("carries", "quiet.x.bare")),
        ("flow", "quiet.x.bare", {"way_exposure": "internet"}, Ask("exposure", "dark")),
        ("flow", "quiet.x.bare", {"changes_operator": True}, Ask("operator", "dark")),
        ("zone", "dark", {"exposure": "internal"}, Ask("exposure", "dark")),
    ],
)
def test_what_is_unknown_asks_where_the_answer_would_settle_it(
    evaluator: Evaluator, about: About, at: str, data: object, ask: Ask
) -> None:
    answer, reasons = evaluator.reasons(condition(data, about), place(evaluator, at))
    assert answer == UNKNOWN
    assert {ask for reason in reasons for ask in reason.asks} == {ask}


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_a_value_says_why_and_asks_only_when_something_is_missing(evaluator: Evaluator, name: str) -> None:
    read = evaluator.context.system
    places: dict[About, list[Place]] = {
        "component": [*read.components], "flow": [*read.flows], "zone": [*read.zones], "model": [read], "chain": []
    }  # fmt: skip
    for about in FACTS[name].about:
        for one in places[about]:
            value = evaluator.value(name, one)
            assert value.because
            assert value.complete == (not value.asks), (name, one.id)
            if FACTS[name].shape == "truth":
                assert value.words <= {"yes", "no"}
                assert bool(value.words) == value.complete
            if FACTS[name].shape == "word" and value.complete and name != "kind":
                assert len(value.words) == 1


def test_a_fact_of_another_sort_of_place_is_a_mistake_of_the_program(evaluator: Evaluator) -> None:
    for name, at in (("protocol", "dx"), ("kind", "dx.store.pacs"), ("exposure", "t")):
        with pytest.raises(TypeError):
            ANSWERS[name](evaluator.context, place(evaluator, at))


def test_the_rows_are_written_as_the_catalog_writes_them() -> None:
    for about, _, data, _ in ROWS:
        assert condition(plain_of(condition(data, about)), about) == condition(data, about)
