"""What the facts of a condition are in plain words: a phrase for yes, one for no, and what each value is called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from threatmodel.model.kinds import KINDS
from threatmodel.model.vocabulary import DATA_CLASS_BY_ID, PROTOCOL_BY_ID


@dataclass(frozen=True, slots=True)
class Phrase:
    """A fact as a sentence about "it"; ``{words}`` stands for the values that are asked for.

    Without ``no`` the sentence is turned by its verb, which stands second: "it keeps" becomes "it does not keep".
    """

    yes: str
    no: str = ""


def _decapitalised(name: str) -> str:
    return name if name[1:2].isupper() or name[:4] in {"DICO", "HL7 "} else name[:1].lower() + name[1:]


_DATA: Final = {name: _decapitalised(known.name) for name, known in DATA_CLASS_BY_ID.items()} | {
    "pseudonym-key": "the pseudonym key"
}
_NETWORKS: Final = {
    "internet": "the internet",
    "partner": "a partner's network",
    "internal": "the internal network",
    "isolated": "an isolated network",
}
_PROOFS: Final = {
    "none": "none",
    "ae-title": "an AE title alone",
    "password": "a password",
    "shared-account": "a shared account",
    "certificate": "a certificate",
    "federated": "federated sign-in",
}

VALUES: Final[dict[str, dict[str, str]]] = {
    "kind": {name: kind.phrase for name, kind in KINDS.items()}
    | {
        "acq-ai": "AI inside the scanner",
        "fhir-server": "a FHIR server",
        "postproc": "a post-processing system",
        "report-dist": "a report distribution system",
        "dictation": "a speech recognition system",
        "messaging": "an e-mail, chat or social network service",
        "triage": "a worklist prioritiser",
        "sr-gen": "a result writer",
        "siem": "a security monitoring system",
        "vendor-remote": "a vendor's remote support",
        "dev-vendor": "a vendor's development environment",
        "process": "a plain process",
        "store": "a plain store",
        "external": "a plain outside body",
        "person": "a person of no particular role",
    },
    "dfd": {
        "process": "a process",
        "store": "a store of data",
        "external": "an outside body",
        "person": "a person",
    },
    **dict.fromkeys(
        (
            *("stores", "receives", "emits", "handles", "trained_on", "carries"),
            *("passes_on_unreceived", "receives_unused"),
        ),
        _DATA,
    ),
    **dict.fromkeys(("reachable_from", "reached_unproven", "supplied_from", "exposure", "way_exposure"), _NETWORKS),
    "protocol": {name: known.name for name, known in PROTOCOL_BY_ID.items()}
    | {
        "dicomweb": "DICOMweb",
        "ups-rs": "DICOMweb worklists (UPS-RS)",
        "http-api": "an HTTP API",
        "smb-nfs": "a file share (SMB, NFS)",
        "object-store": "an object store",
        "fl-channel": "a federated-learning channel",
        "oidc-saml-ldap": "an identity protocol (OIDC, SAML, LDAP)",
        "syslog-tls": "syslog over TLS",
        "syslog-udp": "syslog over UDP",
        "remote-admin": "remote administration (SSH, RDP, vendor tunnel)",
        "git-oci": "a Git or container registry",
        "chat-mail": "e-mail or chat",
        "media": "a removable medium",
        "wireless": "a short-range or wireless link",
        "audio": "an audio stream",
        "gpu-ipc": "shared memory or a GPU transfer",
        "llm-api": "a language-model API or tool protocol",
        "user-interface": "a screen or form with a person before it",
        "physical-port": "a USB, serial or service port",
    },
    "shares": {
        "host": "the host that it runs on",
        "administrator": "its administrator",
        "update-channel": "the channel of its updates",
        "credential": "the sign-in service",
    },
    "touches": {
        "many-patients": "many patients",
        "several-sites": "several sites",
        "several-readers": "several readers",
    },
    "opened_by": {"source": "sends the data", "target": "gets the data"},
    "reading_goes_on_without": {
        "ai": "the AI fails",
        "cloud": "the cloud fails",
        "vendor": "the vendor fails",
        "internet": "the link to the internet fails",
    },
    "operator": {
        "hospital": "the hospital",
        "vendor": "a vendor",
        "integrator": "an integrator",
        "cloud": "a cloud provider",
        "research": "a research organisation",
        "patient": "the patient",
    },
    "physical_access": {"public": "the public", "staff": "any member of staff", "locked": "nobody without a key"},
    "authentication": _PROOFS,
    "serves": {
        "one-patient": "one patient",
        "one-list": "the patients of one list",
        "site": "the patients of a site",
        "fleet": "the patients of several sites",
    },
    "model_source": {"own": "from one's own training", "vendor": "from a vendor", "hub": "from a public hub"},
    "medium": {"wired": "wire", "wifi": "Wi-Fi", "bluetooth": "Bluetooth", "disk": "a disk", "usb": "a USB device"},
    "encryption": {"none": "not at all", "tls": "by TLS", "mtls": "by mutual TLS", "vpn": "inside a VPN"},
    "model_format": {"pickle": "pickle", "torchscript": "TorchScript", "onnx": "ONNX", "hdf5": "HDF5"},
}
"""What the values of a fact are called in its phrase; one that is not here is called as it is."""

TRAITS: Final[dict[str, str]] = {
    "machine": "is a device or a piece of software",
    "human": "is a person",
    "external-party": "is by its nature run by others",
    "acquires-images": "makes images of patients",
    "parses-dicom": "reads DICOM objects or messages",
    "parses-hl7": "reads HL7 v2 messages or FHIR resources",
    "parses-files": "opens files in other formats that come from elsewhere",
    "stores-images": "keeps images",
    "stores-patient-data": "keeps data that name patients",
    "research-data": "is a place of data for secondary use",
    "routes-studies": "decides where a study goes",
    "reconciles-identity": "takes in studies with another organisation's patient identifiers",
    "deidentifies": "removes identity from data",
    "annotates": "is where people attach labels to data",
    "runs-model": "runs a trained model on patients' data",
    "holds-models": "keeps trained models",
    "trains-models": "trains models",
    "federates": "takes part in federated learning",
    "issues-ai-results": "makes AI results that others act on",
    "prioritises": "sets the order of reading, or raises alerts",
    "generates-text": "writes text with a language model",
    "retrieves-text": "hands texts to a language model",
    "reads-images": "is a reader of images",
    "acted-upon": "is where care acts on what arrives: the record, the list, an alert, an order",
    "acts-on-own": "calls tools of other systems by a model's decision",
    "reading-station": "is where a person reads images or results",
    "shows-text": "shows text that came with the data",
    "clinical-record": "is a record that care relies on: images, orders or reports",
    "clinical-path": "is something without which reading or care is held up",
    "web-interface": "is used through a browser",
    "serves-network": "listens for connections of other systems",
    "runs-user-code": "runs code that its users bring",
    "builds-software": "is where software is built or delivered from",
    "hosts-workloads": "runs other components' containers or machines",
    "embedded-device": "is sold as a device, its operating system in the manufacturer's hands",
    "takes-media": "takes removable media",
    "carried-about": "is carried about by a person",
    "remote-way-in": "lets people outside reach systems inside",
    "public-source": "offers what anybody may have published",
    "signs-in-users": "decides who a user is",
    "keeps-audit": "keeps audit records",
    "keeps-backups": "keeps copies for recovery",
    "keeps-secrets": "keeps passwords, tokens or keys for others",
    "cloud-store": "is storage rented from a cloud",
    "delivers-reports": "brings reports to those who act on them",
}
"""What a component with a trait does, as a phrase that begins with its verb."""

PHRASES: Final[dict[str, Phrase]] = {
    "kind": Phrase("it is {words}"),
    "dfd": Phrase("in the diagram it is {words}", "in the diagram it is not {words}"),
    "stores": Phrase("it keeps {words}"),
    "stores_identified": Phrase("it keeps data that name or show a person", "it keeps no data that name a person"),
    "receives": Phrase("it receives {words}"),
    "emits": Phrase("it hands on {words}"),
    "handles": Phrase("it keeps, receives or hands on {words}", "it does not keep, receive or hand on {words}"),
    "handles_identified": Phrase(
        "it keeps, receives or hands on data that name or show a person",
        "no data that name or show a person are kept there, arrive or leave",
    ),
    "trained_on": Phrase("its models were trained on {words}", "its models were not trained on {words}"),
    "reachable_from": Phrase("it can be reached from {words}", "it cannot be reached from {words}"),
    "reached_unproven": Phrase(
        "it can be reached from {words} over connections on which nobody proves who they are",
        "it cannot be reached from {words} over connections on which nobody proves who they are",
    ),
    "supplied_from": Phrase(
        "software, settings, models, labels or training data come to it from {words}",
        "no software, settings, models, labels or training data come to it from {words}",
    ),
    "reading_needs_it": Phrase(
        "without it the images of some device reach no reader, or the reports of some reader reach no record",
        "without it all images still reach a reader, and all reports the record",
    ),
    "acts_unread": Phrase(
        "what its model puts out takes effect on some way that passes no person",
        "every way on which what its model puts out takes effect passes a person",
    ),
    "in_feedback": Phrase(
        "what its model puts out comes back to it through training, labels, texts that it draws from, or use from "
        "which it learns",
        "nothing that its model puts out comes back to it",
    ),
    "shares": Phrase("it shares {words} with another component"),
    "shares_supplier": Phrase(
        "another component comes from the same company", "no other component comes from the same company"
    ),
    "touches": Phrase("what leaves it concerns {words}", "what leaves it does not concern {words}"),
    "joins_zones": Phrase("it opens connections into two or more zones beside its own"),
    "passes_on_unreceived": Phrase(
        "it hands on {words}, although nothing brings them", "it hands on no {words} that nothing brings"
    ),
    "receives_unused": Phrase(
        "it gets {words} and makes nothing of them", "it does not get {words} without making something of them"
    ),
    "hosted": Phrase("it runs on another component of the model"),
    "protocol": Phrase("it goes over {words}", "it does not go over {words}"),
    "carries": Phrase("it carries {words}"),
    "carries_identified": Phrase("it carries data that name or show a person", "it carries no data that name a person"),
    "crosses_boundary": Phrase("its ends lie in different zones", "both its ends lie in the same zone"),
    "changes_operator": Phrase("its ends are run by different bodies", "both its ends are run by the same body"),
    "changes_region": Phrase("its ends stand in different countries", "both its ends stand in the same country"),
    "from_less_trusted": Phrase(
        "its source is more exposed than its target", "its source is not more exposed than its target"
    ),
    "to_less_trusted": Phrase(
        "its target is more exposed than its source", "its target is not more exposed than its source"
    ),
    "way_exposure": Phrase(
        "the most exposed network on its way is {words}", "the most exposed network on its way is not {words}"
    ),
    "both_ways": Phrase("the reply carries data of its own", "the reply carries no data of its own"),
    "opened_by": Phrase(
        "the side that {words} opens the connection", "the side that {words} does not open the connection"
    ),
    "reading_goes_on_without": Phrase("reading goes on when {words}", "reading stops when {words}"),
    "jurisdiction": Phrase("one of its jurisdictions is {words}", "none of its jurisdictions is {words}"),
    "exposure": Phrase("its network is {words}", "its network is not {words}"),
    "operator": Phrase("it is run by {words}"),
    "region": Phrase("it stands in {words}", "it does not stand in {words}"),
    "physical_access": Phrase("{words} can walk up to it", "not {words} can walk up to it"),
    "authentication": Phrase(
        "the proof asked of whoever uses it is {words}", "the proof asked of whoever uses it is other than {words}"
    ),
    "serves": Phrase("{words} hang on it", "not {words} hang on it"),
    "clinical": Phrase("the most urgent care that uses it is {words}", "the most urgent care is not {words}"),
    "os_supported": Phrase(
        "its operating system still gets security updates", "its operating system no longer gets security updates"
    ),
    "multi_tenant": Phrase("it is shared with other customers"),
    "portable": Phrase("it can be carried away", "it cannot be carried away"),
    "lifecycle": Phrase("it is {words}"),
    "default_credentials": Phrase(
        "an account of it still has the maker's or an obvious password",
        "no account of it has the maker's or an obvious password",
    ),
    "admin_interface": Phrase(
        "its administration, health or metrics pages answer on a network port",
        "no administration, health or metrics page of it answers on a network port",
    ),
    "pinned": Phrase(
        "its software runs at a pinned version or digest", "its software is not pinned to a version or digest"
    ),
    "modalities": Phrase("its images come from {words}", "its images do not come from {words}"),
    "body_parts": Phrase("its images show {words}", "its images do not show {words}"),
    "model_source": Phrase("its models come {words}", "its models do not come {words}"),
    "learns_in_use": Phrase("it goes on learning from use", "it does not go on learning from use"),
    "model_format": Phrase("it loads models as {words}"),
    "tools": Phrase("it can call {words}", "it cannot call {words}"),
    "can_write": Phrase("it can change a record in another system", "it cannot change a record in another system"),
    "immutable": Phrase(
        "what is written there can no longer be changed", "what is written there can be changed afterwards"
    ),
    "encryption": Phrase("it is encrypted {words}"),
    "medium": Phrase("it travels by {words}"),
    "validates": Phrase(
        "the receiver checks what it gets before using it", "the receiver does not check what it gets before using it"
    ),
    "blocks_care": Phrase("care stops when it stops", "care goes on when it stops"),
}
"""Each fact as a sentence; one that is not here is told by its meaning."""

THERE: Final[dict[str, Phrase]] = {
    "source": Phrase("the component that the data leave:"),
    "target": Phrase("the component that the data reach:"),
    "client": Phrase("the component that opens the connection:"),
    "server": Phrase("the component that answers the connection:"),
    "first": Phrase("the component where the way starts:"),
    "last": Phrase("the component where the way ends:"),
    "some_flow_in": Phrase(
        "some flow brings data to it, of which this is true:", "no flow brings data to it of which this is true:"
    ),
    "some_flow_out": Phrase(
        "some flow takes data from it, of which this is true:", "no flow takes data from it of which this is true:"
    ),
    "some_client": Phrase(
        "some connection is opened towards it, of which this is true:",
        "no connection is opened towards it of which this is true:",
    ),
    "some_upstream": Phrase(
        "data get to it, over any number of flows, from a component of which this is true:",
        "no data get to it, over any number of flows, from a component of which this is true:",
    ),
    "some_downstream": Phrase(
        "data get from it, over any number of flows, to a component of which this is true:",
        "no data get from it, over any number of flows, to a component of which this is true:",
    ),
    "some_component": Phrase(
        "a component lies in it of which this is true:", "no component lies in it of which this is true:"
    ),
    "some_flow": Phrase(
        "a flow runs inside it of which this is true:", "no flow runs inside it of which this is true:"
    ),
    "some_hop": Phrase("of some flow on the way this is true:", "of no flow on the way this is true:"),
    "some_between": Phrase("of some component on the way this is true:", "of no component on the way this is true:"),
}
"""How it is said that a condition is asked of another place; ``no`` where there is none such."""
