# ruff: noqa: E501 - one row of a table a line
"""Facts of topology on the smallest systems that show a point; each decided by hand from what the fact means."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.analysis.rules import condition
from tests.model.written import system
from threatmodel.analysis.answer import NO, UNKNOWN, YES
from threatmodel.analysis.answers import ANSWERS
from threatmodel.analysis.context import Context
from threatmodel.analysis.evaluate import Evaluator
from threatmodel.catalog.facts import About

ZONES = """\
zones:
  - {id: z, name: Z, exposure: internal, operator: hospital}
  - {id: n, name: N, exposure: internet, operator: vendor}
kinds:
  - {id: thinking-triage, name: Triage with a model, is_a: triage, traits: [runs-model]}
"""
UNSAID = ZONES.replace(", exposure: internal, operator: hospital", "")

Row = tuple[str, str, object, str]


def written(parts: Sequence[str], flows: Sequence[str], zones: str = ZONES) -> str:
    """A system of "id kind, properties" and "from to, properties"; one with no zone of its own stands in z."""
    lines = [*zones.splitlines(), "components:", "  - {id: out, name: Out, kind: patient, zone: n}"]
    for part in parts:
        name, _, rest = part.partition(" ")
        lines.append(f"  - {{id: {name}, name: {name}, kind: {rest}{'' if ' zone:' in rest else ', zone: z'}}}")
    lines.append("flows:" if flows else "flows: []")
    for number, flow in enumerate(flows):
        (one, other), _, rest = flow.partition(",")[0].split(), "", flow.partition(",")[2]
        name = f"{one}.f{number}.{other}"
        lines.append(f"  - {{id: {name}, name: F{number}, from: {one}, to: {other}{', ' if rest else ''}{rest}}}")
    return "\n".join(lines)


def answer(text: str, place: str, asked: object) -> str:
    evaluator = Evaluator(Context(system(text)))
    about: About = "model" if place == "t" else "flow" if "." in place else "component"
    read = condition(asked, about)
    verdict = evaluator.compile(read)(evaluator.context.place(place))
    assert evaluator.reasons(read, evaluator.context.place(place))[0] == verdict
    return verdict


NEEDED = {"reading_needs_it": True}
IMAGES, REPORTS = "carries: [phi-pixel]", "carries: [reports]"
ONE_WAY = (["ct modality", "r dicom-router", "v viewer"], [f"ct r, {IMAGES}", f"r v, {IMAGES}"])
TWO_WAYS = (
    ["ct modality", "r dicom-router", "s dicom-router", "v viewer"],
    [f"ct r, {IMAGES}", f"r v, {IMAGES}", f"ct s, {IMAGES}", f"s v, {IMAGES}"],
)
SPEECH = (["who radiologist", "sp dictation", "x ris"], ["who sp, carries: [audio]", f"sp x, {REPORTS}"])


def on(hosts: dict[str, str], parts: Sequence[str], more: Sequence[str] = ()) -> list[str]:
    """The same components, some of which run on others."""
    return [
        f"{part}, runs_on: {hosts[part.split()[0]]}" if part.split()[0] in hosts else part for part in (*more, *parts)
    ]


CARE: list[Row] = [
    (written(*ONE_WAY), "r", NEEDED, YES),
    (written(*ONE_WAY), "ct.f0.r", NEEDED, YES),
    (written(*ONE_WAY), "v", NEEDED, YES),  # it is the only one
    (written(*ONE_WAY), "ct", NEEDED, NO),  # the images of others do not hang on it
    (written(*TWO_WAYS), "r", NEEDED, NO),
    (written(*TWO_WAYS), "v", NEEDED, YES),
    (written(on({"r": "h", "s": "h"}, TWO_WAYS[0], ["h container-platform"]), TWO_WAYS[1]), "h", NEEDED, YES),  # two ways over one host
    (written(on({"r": "m", "m": "h"}, ONE_WAY[0], ["h container-platform", "m container-platform"]), ONE_WAY[1]), "h", NEEDED, YES),
    (written(on({"r": "m", "m": "h"}, ONE_WAY[0], ["m container-platform", "h container-platform"]), ONE_WAY[1]), "h", NEEDED, YES),
    (written(on({"r": "m", "m": "h", "s": "h"}, TWO_WAYS[0], ["h container-platform", "m container-platform"]), TWO_WAYS[1]), "h", NEEDED, YES),
    (written(on({"r": "s"}, TWO_WAYS[0]), TWO_WAYS[1]), "s", NEEDED, YES),  # the second way runs on the first
    (written(on({"r": "s"}, TWO_WAYS[0]), TWO_WAYS[1]), "r", NEEDED, NO),
    (written(["ct modality", "v viewer"], ["ct v"]), "v", NEEDED, UNKNOWN),
    (written(["a modality", "b modality", "v viewer"], ["a b", f"b v, {IMAGES}"]), "b", NEEDED, UNKNOWN),
    (written(["ct modality", "v viewer"], [f"v ct, {IMAGES}, both_ways: true"]), "v", NEEDED, YES),  # the reply brings images
    (written(["ct modality", "v viewer"], [f"ct v, {IMAGES}, opened_by: target"]), "v", NEEDED, YES),  # who opens it does not matter
    (written(["ct modality", "v viewer"], ["ct v, carries: [deid-images]"]), "v", NEEDED, NO),  # nobody reads these
    (written(*SPEECH), "sp", NEEDED, YES),
    (written(*SPEECH), "x", NEEDED, YES),  # dictation is no record
    (written(["who radiologist", "x ris", "p pacs"], [f"who x, {REPORTS}", f"who p, {REPORTS}"]), "x", NEEDED, YES),  # a copy beside the images is not the record
    (written(*ONE_WAY), "t", {"reading_goes_on_without": {"all": ["ai", "cloud", "vendor", "internet"]}}, YES),
    (written(["ct modality", "r dicom-router, zone: n", "v viewer"], ONE_WAY[1]), "t", {"reading_goes_on_without": {"any": ["vendor", "internet"]}}, NO),
    (written(["ct modality", "i inference", "v viewer"], [f"ct i, {IMAGES}", f"i v, {IMAGES}"]), "t", {"reading_goes_on_without": {"any": ["ai"]}}, NO),
    (written(["ct modality", "r dicom-router, operator: integrator", "v viewer"], ONE_WAY[1]), "t", {"reading_goes_on_without": {"any": ["vendor"]}}, NO),
    (written(["ct acq-ai", "v viewer"], [f"ct v, {IMAGES}"]), "t", {"reading_goes_on_without": {"any": ["ai"]}}, YES),  # the scanner scans without
    (written(["ct modality, operator: hospital", "r dicom-router", "v viewer, operator: hospital"], ONE_WAY[1], UNSAID), "t", {"reading_goes_on_without": {"any": ["vendor"]}}, UNKNOWN),
]  # fmt: skip

EFFECTS: list[Row] = [
    (written(["i inference", "x ris"], ["i x, carries: [predictions]"]), "i", {"acts_unread": True}, YES),
    (written(["i inference", "w radiologist", "x ris"], ["i w, carries: [predictions]", f"w x, {REPORTS}"]), "i", {"acts_unread": True}, NO),
    (written(["i inference", "w radiologist", "x ris"], ["i w, carries: [predictions]", f"w x, {REPORTS}", "i x"]), "i", {"acts_unread": True}, UNKNOWN),
    (written(["i inference", "p pacs", "x ris"], ["i p, carries: [ai-results]", "p x, carries: [orders]"]), "i", {"acts_unread": True}, NO),  # an archive turns no results into orders
    (written(["i agent", "x ris"], ["i x, carries: [orders]"]), "i", {"acts_unread": True}, YES),
    (written(["i inference", "m mobile"], ["i m, carries: [predictions]"]), "i", {"acts_unread": True}, YES),  # an alert
    (written(["i llm-report", "m mobile"], [f"i m, {REPORTS}"]), "i", {"acts_unread": True}, NO),  # a draft that somebody reads there
    (written(["i inference", "a annotation", "s training"], ["i a, carries: [predictions]", "a s, carries: [labels]", "s i, carries: [model-weights]"]), "i", {"in_feedback": True}, YES),
    (written(["i inference", "a annotation", "s training"], ["i a, carries: [predictions]", "a s, carries: [labels]", "s i, carries: [time]"]), "i", {"in_feedback": True}, NO),
    (written(["i inference", "a annotation", "s training"], ["i a, carries: [predictions]", "a s", "s i, carries: [model-weights]"]), "i", {"in_feedback": True}, UNKNOWN),
    (written(["i llm-report", "p pacs"], [f"i p, {REPORTS}, both_ways: true"]), "i", {"in_feedback": True}, NO),  # it goes there and back, and nothing learns from it
    (written(["i llm-report", "p rag"], [f"i p, {REPORTS}, both_ways: true"]), "i", {"in_feedback": True}, YES),
    (written(["i llm-report"], [f"i i, {REPORTS}"]), "i", {"in_feedback": True}, NO),
    (written(["i inference", "w radiologist"], ["i w, carries: [ai-results]", "w w, carries: [labels]"]), "w", {"some_upstream": {"kind": "inference"}}, YES),
    (written(["p pacs", "w radiologist", "x ris"], [f"p w, {IMAGES}", f"w x, {REPORTS}"]), "x", {"some_upstream": {"kind": "pacs"}}, YES),  # what a reader makes of images
    (written(["p pacs", "r dicom-router", "x ris"], [f"p r, {IMAGES}", f"r x, {REPORTS}"]), "x", {"some_upstream": {"kind": "pacs"}}, NO),  # a router makes no reports
    (written(["p pacs"], [f"p p, {IMAGES}"]), "p", {"some_upstream": {"kind": "pacs"}}, NO),  # a flow to itself leads nowhere
    (written(["p pacs", "r dicom-router"], [f"p r, {IMAGES}, both_ways: true"]), "p", {"some_upstream": {"kind": "pacs"}}, YES),  # there and back
]  # fmt: skip

SUPPLIED = ("software", "config", "model-weights", "labels", "deid-images", "gradients", "embeddings")
USED: list[Row] = [
    *((written(["s process", "a process"], [f"s a, carries: [{data}]"]), "a", {"supplied_from": {"any": ["internal"]}}, YES) for data in SUPPLIED),
    *((written(["s process", "a process"], [f"s a, carries: [{data}]"]), "a", {"supplied_from": {"any": ["internal"]}}, NO) for data in ("phi-pixel", "reports", "orders", "metrics")),
    (written(["a process, stores: []", "b process"], ["a b, carries: [reports]"]), "a", {"passes_on_unreceived": {"any": ["reports"]}}, YES),
    (written(["a process, stores: [reports]", "b process"], ["a b, carries: [reports]"]), "a", {"passes_on_unreceived": {"any": ["reports"]}}, NO),
    (written(["a process", "b process"], ["a b, carries: [reports]"]), "a", {"passes_on_unreceived": {"any": ["reports"]}}, UNKNOWN),  # it may keep them
    (written(["a process, stores: []", "b process"], ["a b, carries: [audit-logs]"]), "a", {"passes_on_unreceived": {"any": ["audit-logs"]}}, NO),  # anything writes a log
    (written(["a process, stores: []", "b process"], ["b a, carries: [phi-pixel]", "a b, carries: [dicom-header]"]), "a", {"passes_on_unreceived": {"any": ["dicom-header"]}}, NO),  # images bring their headers
    (written(["a store, stores: []", "b process"], ["a b, carries: [reports]"]), "a", {"passes_on_unreceived": {"any": ["reports"]}}, NO),  # data may begin there
    (written(["a process, stores: []", "b process"], ["b a, carries: [reports]"]), "a", {"receives_unused": {"any": ["reports"]}}, YES),
    (written(["a process, stores: []", "b process"], ["b a, carries: [reports]", "a b"]), "a", {"receives_unused": {"any": ["reports"]}}, UNKNOWN),
    (written(["a process, stores: []", "b process"], ["b a, carries: [time]"]), "a", {"receives_unused": {"any": ["time"]}}, NO),  # anything needs it
    (written(["a hl7-engine, stores: []", "b process"], ["b a, carries: [reports]"]), "a", {"receives_unused": {"any": ["reports"]}}, NO),  # such a one works on them
    (written(["a person", "b process"], ["b a, carries: [reports]"]), "a", {"receives_unused": {"any": ["reports"]}}, NO),
]  # fmt: skip

NESTED = ZONES.replace("kinds:", "  - {id: y, name: Y, parent: z}\n  - {id: x, name: X, parent: z}\nkinds:")
SHARED: list[Row] = [
    (written(["p pacs", "v viewer, zone: x", "u viewer, zone: y"], [f"p v, {IMAGES}", f"p u, {IMAGES}"], NESTED), "p", {"touches": {"any": ["several-sites"]}}, NO),  # two rooms of one house
    (written(["p pacs", "v viewer, zone: n", "u viewer"], [f"p v, {IMAGES}", f"p u, {IMAGES}"]), "p", {"touches": {"any": ["several-sites"]}}, YES),
    (written(["p pacs", "v radiologist", "u radiologist"], [f"p v, {IMAGES}", f"v u, {IMAGES}"]), "p", {"touches": {"any": ["several-readers"]}}, NO),  # a reader hands on no trouble
    (written(["s vendor-remote", "a pacs", "b ris"], ["s a, over: remote-admin, carries: [time]", "s b, over: remote-admin, carries: [time]"]), "a", {"shares": {"any": ["administrator"]}}, YES),
    (written(["a modality, exposure: internet, authentication: password", "p pacs, authentication: none"], ["p a, carries: [phi-pixel], opened_by: target"]), "p", {"reached_unproven": {"any": ["internet"]}}, YES),  # the end that answers says how it asks
    (written(["s vendor-remote", "a pacs", "b ris"], ["s a, over: remote-admin, carries: [config]", "s b, over: remote-admin, carries: [config]"]), "a", {"shares": {"any": ["administrator"]}}, YES),
    (written(["s vendor-remote", "a pacs", "b ris"], ["s a, over: remote-admin, carries: [config]", "s b, over: http-api, carries: [phi-pixel]"]), "a", {"shares": {"any": ["administrator"]}}, NO),
    (written(["x process", "a process", "b process"], ["a x, carries: [software], both_ways: true", "x b, carries: [software]"]), "a", {"shares": {"any": ["update-channel"]}}, YES),
    (written(["i idp", "a pacs", "b ris"], ["a i, carries: [credentials]", "b i, carries: [credentials]"]), "a", {"shares": {"any": ["credential"]}}, YES),
    (written(["h container-platform", "a pacs, runs_on: h", "b ris, runs_on: h"], []), "a", {"shares": {"any": ["host"]}}, YES),
    (written(["h container-platform", "a pacs, runs_on: h"], []), "a", {"shares": {"any": ["host"]}}, NO),
    (written(["a pacs, supplier: Firm", "b ris, supplier: Firm"], []), "a", {"shares_supplier": True}, YES),
    (written(["a pacs, supplier: Firm", "b ris, supplier: House"], []), "a", {"shares_supplier": True}, NO),
    (written(["a pacs, supplier: Firm", "b ris"], []), "a", {"shares_supplier": True}, UNKNOWN),
    (written(["hub model-hub, zone: n", "s training", "i inference"], ["hub s, carries: [model-weights]", "s i, carries: [model-weights]"]), "i", {"supplied_from": {"all": ["internet", "internal"]}}, YES),
    (written(["hub model-hub, zone: n", "s training", "i inference"], ["hub s, carries: [software]", "s i, carries: [model-weights]"]), "i", {"supplied_from": {"any": ["internet"]}}, NO),
    (written(["a modality, exposure: internet", "p pacs"], ["a p, carries: [phi-pixel], authentication: ae-title"]), "p", {"reached_unproven": {"any": ["internet"]}}, YES),
    (written(["a modality, exposure: internet", "p pacs"], ["a p, carries: [phi-pixel], encryption: mtls"]), "p", {"reached_unproven": {"any": ["internet"]}}, NO),
    (written(["a modality, exposure: internet", "p pacs"], ["a p, carries: [phi-pixel]", "p a, authentication: none, opened_by: target"]), "p", {"reached_unproven": {"any": ["internet"]}}, YES),  # who fetches opens the connection
    (written(["ct modality, stores: []", "x ris"], ["x ct, carries: [orders]", "ct x, carries: [time]"]), "ct", {"receives_unused": {"any": ["orders"]}}, YES),
    (written(["ct modality, stores: []", "x ris", "p pacs"], ["x ct, carries: [orders]", "ct p, carries: [dicom-header]"]), "ct", {"receives_unused": {"any": ["orders"]}}, NO),  # it writes them into the headers
]  # fmt: skip

DATASET = (
    ["hub public-dataset, zone: n", "s training", "i inference"],
    ["hub s, carries: [labels]", "s i, carries: [model-weights]"],
)
HOSTED = (
    ["u update-server, zone: n", "h container-platform", "m container-platform, runs_on: h", "a pacs, runs_on: m"],
    ["u h, carries: [software]"],
)
LABELS_BACK = ["i a, carries: [predictions]", "a i, carries: [labels]"]
FURTHER: list[Row] = [
    (written(*DATASET), "i", {"supplied_from": {"any": ["internet"]}}, YES),  # what was learnt from it
    (written(*HOSTED), "a", {"supplied_from": {"any": ["internet"]}}, YES),  # over two hosts
    (written(HOSTED[0], []), "a", {"supplied_from": {"any": ["internet", "internal"]}}, NO),  # a host by itself sends nothing
    (written(HOSTED[0], ["u h"]), "a", {"supplied_from": {"any": ["internet"]}}, UNKNOWN),
    (written(["i inference", "a annotation"], LABELS_BACK), "i", {"in_feedback": True}, UNKNOWN),  # somebody has to say whether it learns
    (written(["i inference, learns_in_use: false", "a annotation"], LABELS_BACK), "i", {"in_feedback": True}, NO),
    (written(["i llm-report, learns_in_use: true", "p pacs"], [f"i p, {REPORTS}, both_ways: true"]), "i", {"in_feedback": True}, YES),  # it learns from what it wrote
    (written(["b pacs-admin", "w radiologist", "v radiologist"], ["b w, over: remote-admin", "b v, over: remote-admin"]), "w", {"shares": {"any": ["administrator"]}}, NO),  # nobody administers a person
    (written(["i idp", "a pacs", "b ris"], ["a i, carries: [identifiers]", "b i, carries: [credentials]"]), "a", {"shares": {"any": ["credential"]}}, UNKNOWN),  # it may go over a protocol for signing in
    (written(["a pacs", "w radiologist"], []).replace("kind: patient", "kind: dpo"), "a", {"shares_supplier": True}, NO),  # there is nothing else that anybody supplies
    (written(["a pacs, supplier: Firm", "w radiologist"], []), "w", {"shares_supplier": True}, NO),  # nobody supplies a person
    (written(["p pacs, zone: y", "a process, zone: z", "b process, zone: x"], [f"p a, {IMAGES}", f"p b, {IMAGES}"], NESTED), "p", {"joins_zones": True}, YES),  # what lies around its zone lies beyond its border
    (written(["p pacs, zone: y", "a process, zone: z", "b process, zone: x"], [f"p a, {IMAGES}"], NESTED), "p", {"joins_zones": True}, NO),
    (written(["ct modality, operator: vendor", "v viewer"], [f"ct v, {IMAGES}"]), "t", {"reading_goes_on_without": {"any": ["vendor"]}}, NO),  # nothing is left to read
    (written(["ct modality", "v viewer", "w referrer", "r radiologist"], [f"ct v, {IMAGES}", f"v w, {IMAGES}", f"v r, {IMAGES}"]), "v", NEEDED, YES),  # a reader beside somebody else
    (written(["ct modality", "v viewer", "w referrer", "r radiologist"], [f"ct v, {IMAGES}", f"v w, {IMAGES}", "v r"]), "v", NEEDED, UNKNOWN),  # whether the reader sees anything there
]  # fmt: skip


@pytest.mark.parametrize(("text", "place", "asked", "expected"), [*CARE, *EFFECTS, *USED, *SHARED, *FURTHER])
def test_it_is_answered_as_decided_by_hand(text: str, place: str, asked: object, expected: str) -> None:
    assert answer(text, place, asked) == expected


MTLS = "controls: [{id: mtls-node-auth, state: not-applicable, because: one VLAN}]"
MENDED: list[tuple[str, Row]] = [
    ("a protocol that is not stated may be remote administration", (written(["s vendor-remote", "a pacs", "b ris"], ["s a, carries: [orders]", "s b, over: remote-admin, carries: [orders]"]), "a", {"shares": {"any": ["administrator"]}}, UNKNOWN)),
    ("dictation counts as a record when its flow is silent", (written(SPEECH[0], [SPEECH[1][0], "sp x"]), "x", NEEDED, UNKNOWN)),
    ("dictation counts as a record when something stands between", (written([*SPEECH[0], "w web-server"], [SPEECH[1][0], f"sp w, {REPORTS}", f"w x, {REPORTS}"]), "x", NEEDED, YES)),
    ("the silent flows of whoever answers both ways are not seen", (written(["x process", "a process", "b process"], ["a x, carries: [software], both_ways: true", "x b"]), "a", {"shares": {"any": ["update-channel"]}}, UNKNOWN)),
    ("a control that does not apply proves nothing", (written(["a modality, exposure: internet", "p pacs"], [f"a p, carries: [phi-pixel], authentication: ae-title, {MTLS}"]), "p", {"reached_unproven": {"any": ["internet"]}}, YES)),
    ("settings of devices and routes are settings", (written(["s vendor-remote", "a modality"], ["s a, carries: [device-config]"]), "a", {"supplied_from": {"any": ["internal"]}}, YES)),
    ("who logs in does not administer", (written(["w radiologist", "a pacs", "b ris"], ["w a, over: user-interface, carries: [credentials]", "w b, over: user-interface, carries: [credentials]"]), "a", {"shares": {"any": ["administrator"]}}, NO)),
    ("who gets the logs of the sign-in service does not use it", (written(["i idp", "s siem", "a pacs"], ["i s, carries: [audit-logs]", "a i, carries: [credentials]"]), "s", {"shares": {"any": ["credential"]}}, NO)),
    ("a host takes down what stands on its hosts", (written(["h container-platform", "v container-platform, runs_on: h", "w container-platform, runs_on: h", "a pacs, runs_on: v", "b ris, runs_on: w"], []), "a", {"shares": {"any": ["host"]}}, YES)),
    ("a telephone with a key image is no reading", (written(["ct modality", "p pacs", "v viewer", "i inference", "m mobile"], [f"ct p, {IMAGES}", f"p v, {IMAGES}", f"ct i, {IMAGES}", f"i m, {IMAGES}"]), "p", NEEDED, YES)),
    ("a viewer that shows images to nobody who reads is no reading", (written(["ct modality", "v viewer", "w referrer", "g vpn-gateway", "s viewer", "r radiologist"], [f"ct v, {IMAGES}", f"v w, {IMAGES}", f"ct g, {IMAGES}", f"g s, {IMAGES}", f"s r, {IMAGES}"]), "g", NEEDED, YES)),
    ("a teleradiology site reports too", (written(["r telerad", "g vpn-gateway", "x ris"], [f"r g, {REPORTS}", f"g x, {REPORTS}"]), "g", NEEDED, YES)),
    ("mail beside the record is not the record", (written(["w radiologist", "x ris", "k messaging"], [f"w x, {REPORTS}", f"w k, {REPORTS}"]), "x", NEEDED, YES)),
    ("a draft mailed to the referrer takes effect", (written(["i llm-report", "k messaging", "w referrer"], [f"i k, {REPORTS}", f"k w, {REPORTS}"]), "i", {"acts_unread": True}, YES)),
    ("a prioritiser that runs a model acts itself", (written(["i thinking-triage", "p pacs"], [f"p i, {IMAGES}"]), "i", {"acts_unread": True}, YES)),
    ("a registry is not updated by the models that it keeps", (written(["s training", "g model-registry", "i inference"], ["s g, carries: [model-weights]", "s i, carries: [model-weights]"]), "i", {"shares": {"any": ["update-channel"]}}, NO)),
    ("what nobody states of the device hides what nobody states of the rest", (written(*ONE_WAY, UNSAID), "t", {"reading_goes_on_without": {"any": ["vendor"]}}, UNKNOWN)),
    ("a device that fails with the rest brings no images", (written(["ct modality, operator: vendor", "v viewer, operator: vendor"], [f"ct v, {IMAGES}"]), "t", {"reading_goes_on_without": {"any": ["vendor"]}}, NO)),
    ("whether anybody reads at a viewer turns on what it shows", (written(["ct modality", "v viewer", "w referrer", "g vpn-gateway", "s viewer", "r radiologist"], [f"ct v, {IMAGES}", "v w", f"ct g, {IMAGES}", f"g s, {IMAGES}", f"s r, {IMAGES}"]), "g", NEEDED, UNKNOWN)),
    ("what brings its own updates shares them with nobody", (written(["a update-server", "b process"], ["a a, carries: [software]", "a b, carries: [software]"]), "b", {"shares": {"any": ["update-channel"]}}, NO)),
    ("a silent flow that nobody else could share is no question", (written(["a modality", "p pacs"], ["a p"]), "p", {"shares": {"any": ["update-channel"]}}, NO)),
    ("more that comes in only explains more", (written(["x process, stores: []", "y process"], ["y x", "y x, carries: [orders]", "x y, carries: [orders]"]), "x", {"passes_on_unreceived": {"any": ["orders"]}}, NO)),
    ("a place that images only visit and come back from is not needed", (written(["ct modality", "p pacs", "x process", "v viewer"], ["ct p", f"p x, {IMAGES}, both_ways: true", f"p v, {IMAGES}"]), "x", NEEDED, NO)),
    ("one of two is not needed, whatever the silent flow before them carries", (written(["k modality", *TWO_WAYS[0][1:], "ct dicom-router"], ["k ct", *TWO_WAYS[1]]), "r", NEEDED, NO)),
    ("what the AI is not part of goes on without it, whatever the silent flow carries", (written(["ct modality", "v viewer"], ["ct v"]), "t", {"reading_goes_on_without": {"any": ["ai"]}}, YES)),
    ("labels that come back to a model are a feedback", (written(["i inference, learns_in_use: true", "a annotation"], ["i a, carries: [predictions]", "a i, carries: [labels]"]), "i", {"in_feedback": True}, YES)),
    ("the place where it stands is no connection", (written(["i cloud-ai, zone: n", "p pacs"], ["p i, carries: [deid-images], authentication: certificate"]), "i", {"reached_unproven": {"any": ["internet"]}}, NO)),
    ("an order begins in the patient record", (written(["e ehr, stores: [reports]", "x ris"], ["e x, carries: [orders]"]), "e", {"passes_on_unreceived": {"any": ["orders"]}}, NO)),
    ("a viewer shows the reading list", (written(["v viewer, stores: []", "x ris"], ["x v, carries: [orders]"]), "v", {"receives_unused": {"any": ["orders"]}}, NO)),
    ("a service that many hospitals hang on touches many patients", (written(["i cloud-ai, zone: n", "w referrer"], ["i w, carries: [predictions]"]), "i", {"touches": {"any": ["many-patients"]}}, YES)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place", "asked", "expected"), [pytest.param(*row, id=why) for why, row in MENDED])
def test_what_was_answered_otherwise_once_is_answered_as_decided_by_hand(
    text: str, place: str, asked: object, expected: str
) -> None:
    assert answer(text, place, asked) == expected


def test_a_reply_is_told_in_the_direction_in_which_its_data_go() -> None:
    read = system(written(["i llm-report", "x ris"], [f"x i, {REPORTS}, both_ways: true"]))
    context = Context(read)
    told = ANSWERS["acts_unread"](context, context.component("i"))
    assert told.because.endswith("F0 (i → x)")


def test_no_place_is_asked_of_more_than_a_few_others() -> None:
    """A large model of which nobody says anything would else ask each place of all others."""
    parts = ["ct modality", "v viewer", *(f"p{number} pacs" for number in range(40))]
    read = system(
        written(
            [*parts, "i inference", "s training", "x ris"],
            [f"{one.split()[0]} p0" for one in parts] + ["p0 v", "p0 i", "i s", "s i", "i x"],
        )
    )
    context = Context(read)
    for fact in ("reading_needs_it", "in_feedback", "shares", "shares_supplier", "acts_unread", "supplied_from"):
        counts = {len(ANSWERS[fact](context, one).asks) for one in read.components}
        assert max(counts) <= 10, fact
        assert max(counts) > 0, fact
