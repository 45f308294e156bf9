# ruff: noqa: E501 - one row of a table a line
"""The kinds: those of the taxonomy, with their DFD type and data; their traits and properties."""

from typing import get_args

import pytest

from threatmodel.model.kind import TRAITS, Kind, row
from threatmodel.model.kinds import KINDS, lineage, properties_for, with_own
from threatmodel.model.kinds_ai import AI_KINDS
from threatmodel.model.kinds_imaging import IMAGING_KINDS
from threatmodel.model.kinds_it import BARE_KINDS, IT_KINDS, PEOPLE
from threatmodel.model.parts import OwnKind
from threatmodel.model.properties import COMPONENT_PROPERTIES
from threatmodel.model.vocabulary import DATA_CLASS_BY_ID, DfdType, Serves

TAXONOMY = """
modality process phi-pixel dicom-header burned-in device-config
acq-ai process raw-data phi-pixel model-weights device-config
mwl process orders identifiers
ris process orders identifiers reports schedule
ehr process identifiers clinical-context reports
hl7-engine process orders reports identifiers
fhir-server process clinical-context reports identifiers
dicom-router process phi-pixel dicom-header routing-rules
pacs store phi-pixel dicom-header ai-results
vna store phi-pixel dicom-header ai-results
dicomweb-gw process phi-pixel dicom-header
viewer process phi-pixel ai-results reports
postproc process phi-pixel derived-images
deid process phi-pixel dicom-header deid-images pseudonym-key
research-lake store deid-images labels clinical-context
public-dataset external deid-images labels
annotation process deid-images labels
training process deid-images labels model-weights gradients
notebook process deid-images model-weights credentials
feature-store store embeddings clinical-context
experiment store metrics model-weights config
model-registry store model-weights model-metadata
model-hub external model-weights
pkg-repo store software
cicd process software config credentials
inference process phi-pixel predictions model-weights
edge-ai process phi-pixel predictions model-weights
orchestrator process phi-pixel routing-rules predictions
cloud-ai external phi-pixel predictions
aggregator store predictions ai-results
sr-gen process ai-results predictions
triage process predictions orders
llm-report process reports phi-pixel prompts clinical-context
rag store reports embeddings guidelines
agent process prompts credentials reports
dictation process audio reports
report-dist process reports
fl-server process gradients model-weights
fl-client process deid-images gradients model-weights
cloud store deid-images phi-pixel credentials
vendor-remote external device-config phi-pixel credentials
idp process credentials
pki process keys
secrets store credentials keys
audit-repo store audit-logs
siem process audit-logs network-metadata
time process time
monitor process predictions metrics reports
backup store phi-pixel config audit-logs
portal process phi-pixel reports identifiers
exchange external phi-pixel reports
telerad external phi-pixel reports
media process phi-pixel dicom-header
mobile process phi-pixel reports credentials
wearable external clinical-context
messaging external phi-pixel reports credentials
dev-vendor external model-weights software deid-images
"""
"""The component types of the domain's taxonomy: id, part in a data-flow diagram, data."""

ROWS = [line.split() for line in TAXONOMY.strip().splitlines()]
PLAIN_IT = frozenset(
    "database web-server reverse-proxy app-server message-queue file-share container-platform workstation service-laptop "
    "update-server vpn-gateway device-controller".split()
)
ROLES = frozenset(
    "patient radiographer radiologist referrer data-scientist annotator pacs-admin vendor-engineer security-analyst dpo".split()
)
BARE = frozenset({"process", "store", "external", "person"})


def test_the_taxonomy_is_there_in_full_and_nothing_else_is() -> None:
    taxonomy = {line[0] for line in ROWS}
    assert (len(ROWS), len(taxonomy), len(PLAIN_IT), len(ROLES), len(BARE)) == (57, 57, 12, 10, 4)
    assert set(KINDS) == taxonomy | PLAIN_IT | ROLES | BARE
    assert {kind.id for kind in PEOPLE} == ROLES
    assert {kind.id for kind in BARE_KINDS} == BARE
    tables = (*IMAGING_KINDS, *AI_KINDS, *IT_KINDS, *PEOPLE, *BARE_KINDS)
    assert len(tables) == len(KINDS), "a kind stands in two tables"


@pytest.mark.parametrize("line", ROWS, ids=lambda line: line[0])
def test_a_kind_is_as_the_taxonomy_has_it(line: list[str]) -> None:
    name, dfd, *data = line
    assert KINDS[name].dfd == dfd
    assert sorted(KINDS[name].data) == sorted(data)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.id)
def test_everything_that_a_kind_names_is_known(kind: Kind) -> None:
    assert kind.traits <= TRAITS.keys()
    assert set(kind.data) <= DATA_CLASS_BY_ID.keys()
    assert len(set(kind.data)) == len(kind.data)
    assert kind.dfd in get_args(DfdType)
    assert kind.serves in get_args(Serves)
    assert kind.parent is None or kind.parent in KINDS
    assert ("human" in kind.traits) == (kind.dfd == "person")
    assert ("machine" in kind.traits) != ("human" in kind.traits)


def test_names_of_kinds_are_their_own() -> None:
    names = [kind.name.lower() for kind in KINDS.values()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("trait", TRAITS)
def test_every_trait_is_some_kind_s(trait: str) -> None:
    assert any(trait in kind.traits for kind in KINDS.values())


def test_a_trait_that_nobody_knows_is_refused_in_a_table() -> None:
    with pytest.raises(ValueError, match=r"x: unknown traits \['parses-dcm'\]"):
        row("x", "X", "process", "parses-dcm")


def test_a_property_belongs_to_the_kinds_whose_trait_it_names() -> None:
    assert "model_source" in properties_for(KINDS["inference"])
    assert "model_source" not in properties_for(KINDS["pacs"])
    assert "modalities" in properties_for(KINDS["pacs"])
    assert "immutable" in properties_for(KINDS["backup"])
    assert "os_supported" not in properties_for(KINDS["radiologist"])
    assert "tools" in properties_for(KINDS["agent"])


@pytest.mark.parametrize("name", COMPONENT_PROPERTIES)
def test_every_property_can_be_stated_of_some_kind_and_asked_for(name: str) -> None:
    _, stated = COMPONENT_PROPERTIES[name]
    assert set(stated.only) <= TRAITS.keys()
    assert any(name in properties_for(kind) for kind in KINDS.values())
    assert "{place}" in stated.ask
    assert stated.ask.endswith("?")
    assert stated.meaning


def own(name: str, is_a: str, **more: object) -> OwnKind:
    return OwnKind(id=name, name=name.title(), is_a=is_a, **more)


def test_a_kind_of_one_s_own_takes_after_its_parent() -> None:
    found = with_own([own("dose-monitor", "postproc", traits=("stores-patient-data",))])["dose-monitor"]
    assert found.traits == KINDS["postproc"].traits | {"stores-patient-data"}
    assert (found.dfd, found.data, found.serves) == ("process", KINDS["postproc"].data, KINDS["postproc"].serves)
    assert lineage(found, {"dose-monitor": found}) == ("dose-monitor", "postproc")


def test_the_order_of_own_kinds_does_not_count() -> None:
    kinds = [own("c", "b"), own("b", "a"), own("a", "pacs")]
    assert with_own(kinds) == with_own(kinds[::-1])
    resolved = with_own(kinds)
    assert lineage(resolved["c"], resolved) == ("c", "b", "a", "pacs")


def test_kinds_that_lead_to_no_known_kind_are_left_out() -> None:
    assert with_own([own("a", "b"), own("b", "a"), own("c", "c"), own("d", "nothing"), own("e", "a")]) == {}


def test_a_person_of_one_s_own_is_human_and_a_machine_is_none() -> None:
    assert "human" in with_own([own("clerk", "workstation", dfd="person")])["clerk"].traits
    assert "machine" not in with_own([own("clerk", "workstation", dfd="person")])["clerk"].traits
    assert "machine" in with_own([own("robot", "radiologist", dfd="process")])["robot"].traits
