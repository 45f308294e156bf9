# ruff: noqa: E501 - one row of a table a line
"""The words: one for each kind, typed with what may be stated of it, and handed out by the doors."""

import ast
import inspect
import re
from pathlib import Path
from types import ModuleType
from typing import Unpack, get_args, get_origin, get_type_hints

import pytest
from pydantic import TypeAdapter

import threatmodel
from threatmodel import data, imaging, protocols
from threatmodel.dsl import ai_words, bare_words, imaging_words, it_words
from threatmodel.dsl.assets import DataAsset
from threatmodel.dsl.handles import Component
from threatmodel.dsl.model import Model, Zone
from threatmodel.dsl.scope import words_of
from threatmodel.model.kinds import KINDS, properties_for
from threatmodel.model.parts import Component as Part
from threatmodel.model.parts import Flow as FlowPart
from threatmodel.model.parts import Zone as ZonePart
from threatmodel.model.properties import AnyComponentStated, FlowStated, ZoneStated, properties_of
from threatmodel.model.vocabulary import DATA_CLASSES, PROTOCOLS, DataClass, Protocol

ROOMS = (imaging_words, ai_words, it_words, bare_words)
DESIGN = """
modality Modality · acq-ai ScannerAi · mwl WorklistProvider · ris Ris · ehr Ehr · hl7-engine InterfaceEngine ·
fhir-server FhirServer · dicom-router DicomRouter · pacs Pacs · vna Vna · dicomweb-gw DicomWebGateway · viewer Viewer ·
postproc PostProcessing · deid Deidentifier · research-lake ResearchLake · public-dataset PublicDataset ·
annotation AnnotationTool · training TrainingCluster · notebook Notebook · feature-store FeatureStore ·
experiment ExperimentTracker · model-registry ModelRegistry · model-hub ModelHub · pkg-repo PackageRegistry ·
cicd BuildPipeline · dev-vendor VendorDevelopment · inference InferenceServer · edge-ai EdgeAppliance ·
orchestrator AiOrchestrator · cloud-ai CloudAiService · aggregator ResultAggregator · sr-gen ResultWriter ·
triage WorklistPrioritiser · monitor PerformanceMonitor · llm-report ReportDrafter · rag RetrievalIndex · agent AiAgent ·
dictation Dictation · report-dist ReportDistribution · fl-server FederatedAggregator · fl-client FederatedClient ·
cloud CloudTenant · vendor-remote RemoteSupport · idp IdentityProvider · pki CertificateAuthority · secrets SecretsManager ·
audit-repo AuditRepository · siem SecurityMonitoring · time TimeServer · backup BackupStore · portal PatientPortal ·
exchange ImageExchange · telerad TeleradiologySite · media MediaStation · mobile MobileDevice · wearable WearableSensor ·
messaging Messaging · database Database · web-server WebServer · reverse-proxy ReverseProxy · app-server ApplicationServer ·
message-queue MessageQueue · file-share FileShare · container-platform ContainerPlatform · workstation Workstation ·
service-laptop ServiceLaptop · update-server UpdateServer · vpn-gateway VpnGateway · device-controller DeviceController ·
patient Patient · radiographer Radiographer · radiologist Radiologist · referrer Referrer · data-scientist DataScientist ·
annotator Annotator · pacs-admin PacsAdministrator · vendor-engineer VendorEngineer · security-analyst SecurityAnalyst ·
dpo DataProtectionOfficer · process Process · store Store · external External · person Person
"""
"""The table of the language: each kind and its word."""

PROTOCOL_WORDS = """
DICOM dimse · DICOM_TLS dicom-tls · DICOMWEB dicomweb · UPS_RS ups-rs · HL7V2 hl7v2-mllp · FHIR fhir · XDS_I xds-i ·
HTTP_API http-api · GRPC grpc · FILE_SHARE smb-nfs · SQL sql · OBJECT_STORE object-store · FEDERATED fl-channel ·
IDENTITY oidc-saml-ldap · SYSLOG_TLS syslog-tls · SYSLOG_UDP syslog-udp · NTP ntp · REMOTE_ADMIN remote-admin ·
GIT_OCI git-oci · CHAT_MAIL chat-mail · MEDIA media · WIRELESS wireless · AUDIO audio · GPU_IPC gpu-ipc · LLM_API llm-api ·
USER_INTERFACE user-interface · PHYSICAL_PORT physical-port
"""


def pairs(table: str) -> dict[str, str]:
    """A table of pairs divided by dots."""
    return dict(tuple(pair.split()) for pair in table.replace("\n", " ").split("·"))  # type: ignore[misc]


def words_in(module: ModuleType) -> dict[str, type[Component]]:
    """The words that a module defines, by name."""
    return {
        name: word
        for name, word in vars(module).items()
        if inspect.isclass(word)
        and issubclass(word, Component)
        and word.__module__ == module.__name__
        and name[0] != "_"
    }


WORDS = {name: word for room in ROOMS for name, word in words_in(room).items()}


def stated_by(word: type[Component]) -> type:
    """The typed dictionary that a word's keywords are checked against."""
    hint = get_type_hints(inspect.unwrap(word.__init__))["stated"]
    assert get_origin(hint) is Unpack
    (stated,) = get_args(hint)
    assert isinstance(stated, type)
    return stated


def test_every_kind_has_its_word_and_every_word_its_kind() -> None:
    assert {word.kind: name for name, word in WORDS.items()} == pairs(DESIGN)
    assert {word.kind for word in WORDS.values()} == KINDS.keys()
    assert len(WORDS) == len(KINDS), "two words for one kind"


@pytest.mark.parametrize("word", WORDS.values(), ids=lambda word: word.__name__)
def test_a_word_is_typed_with_what_may_be_stated_of_its_kind(word: type[Component]) -> None:
    stated = stated_by(word)
    if issubclass(word, bare_words._Bare):  # these may be of any kind
        assert stated is AnyComponentStated
    else:
        assert set(properties_of(stated)) == set(properties_for(KINDS[word.kind]))


@pytest.mark.parametrize("word", WORDS.values(), ids=lambda word: word.__name__)
def test_a_word_says_what_it_is(word: type[Component]) -> None:
    told = word.__dict__.get("__doc__") or ""
    assert re.match(r"[A-Z]", told), f"{word.__name__} has no docstring of its own"
    assert told.splitlines()[0].endswith(".")


@pytest.mark.parametrize("word", WORDS.values(), ids=lambda word: word.__name__)
def test_people_host_and_keep_nothing_and_models_are_trained(word: type[Component]) -> None:
    takes = words_of(word.__init__)
    human = "human" in KINDS[word.kind].traits
    bare = issubclass(word, bare_words._Bare)
    assert {"name", "id", "controls"} <= set(takes)
    assert ({"stores", "runs_on"} <= set(takes)) == (not human or bare)
    assert ("trained_on" in takes) == ("model_source" in properties_of(stated_by(word)))


@pytest.mark.parametrize(
    ("part", "stated"),
    [(Part, AnyComponentStated), (FlowPart, FlowStated), (ZonePart, ZoneStated)],
    ids=["component", "flow", "zone"],
)
def test_the_frozen_parts_have_a_field_for_every_property(part: type[Part], stated: type) -> None:
    told = TypeAdapter(part).json_schema()["properties"]
    for name, (_, meaning) in properties_of(stated).items():
        assert told[name]["default"] is None
        assert told[name]["description"] == meaning.meaning


@pytest.mark.parametrize("call", [Component.sends, Component.pulls, Zone.__init__])
def test_flows_and_zones_are_typed_with_their_properties(call: object) -> None:
    (stated,) = get_args(get_type_hints(inspect.unwrap(call))["stated"])  # type: ignore[arg-type]
    assert stated is (ZoneStated if call is Zone.__init__ else FlowStated)


# -- doors -------------------------------------------------------------------------------------------------------


def test_the_door_to_the_words_hands_out_all_of_them() -> None:
    assert set(imaging.__all__) == WORDS.keys()
    assert all(getattr(imaging, name) is word for name, word in WORDS.items())


def test_the_door_to_the_protocols_hands_out_the_table() -> None:
    assert protocols.Protocol is Protocol  # for authors' own annotations
    handed = {name: getattr(protocols, name) for name in protocols.__all__ if name != "Protocol"}
    assert all(isinstance(value, Protocol) for value in handed.values())
    assert {name: value.id for name, value in handed.items()} == pairs(PROTOCOL_WORDS)
    assert sorted(value.id for value in handed.values()) == sorted(protocol.id for protocol in PROTOCOLS)


def test_the_door_to_the_data_hands_out_the_table_under_the_ids_in_capitals() -> None:
    handed = {name: getattr(data, name) for name in data.__all__ if name not in {"DataAsset", "DataClass"}}
    assert all(isinstance(value, DataClass) for value in handed.values())
    assert {name: value.id for name, value in handed.items()} == {
        known.id.replace("-", "_").upper(): known.id for known in DATA_CLASSES
    }
    assert (data.DataAsset, data.DataClass) == (DataAsset, DataClass)


def test_the_root_hands_out_the_language() -> None:
    assert {"Model", "Zone", "DataAsset"} <= set(threatmodel.__all__)
    assert {"absent", "planned", "declared", "implemented", "verified", "not_applicable"} <= set(threatmodel.__all__)
    assert threatmodel.Model is Model


@pytest.mark.parametrize("door", [threatmodel, imaging, protocols, data], ids=lambda door: door.__name__)
def test_what_a_door_promises_is_there_once(door: ModuleType) -> None:
    assert all(getattr(door, name) is not None for name in door.__all__)
    assert len(set(door.__all__)) == len(door.__all__)


@pytest.mark.parametrize("door", [imaging, protocols, data], ids=lambda door: door.__name__)
def test_a_door_hands_out_exactly_its_public_names(door: ModuleType) -> None:
    tree = ast.parse(Path(str(door.__file__)).read_text(encoding="utf-8"))
    names: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module != "__future__":
            names |= {alias.asname or alias.name for alias in node.names}
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
    inside = {"Final", "DATA_CLASS_BY_ID", "PROTOCOL_BY_ID"}
    assert sorted(door.__all__) == sorted(names - inside)
