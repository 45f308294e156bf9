"""The closed words: protocols, classes of data, states of a control, and the values that properties may take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Exposure = Literal["internet", "partner", "internal", "isolated"]
Operator = Literal["hospital", "vendor", "integrator", "cloud", "research", "patient"]
PhysicalAccess = Literal["public", "staff", "locked"]
Authentication = Literal["none", "ae-title", "password", "shared-account", "certificate", "federated"]
Encryption = Literal["none", "tls", "mtls", "vpn"]
Medium = Literal["wired", "wifi", "bluetooth", "disk", "usb"]
Lifecycle = Literal["planned", "active", "retired"]
Serves = Literal["one-patient", "one-list", "site", "fleet"]
Clinical = Literal["routine", "urgent", "emergency", "none"]
ModelSource = Literal["own", "vendor", "hub"]
ModelFormat = Literal["safetensors", "onnx", "pickle", "torchscript", "savedmodel", "hdf5", "other"]
Updates = Literal["signed", "unsigned", "manual"]
Patients = Literal["one", "many"]
ControlState = Literal["absent", "planned", "declared", "implemented", "verified", "not-applicable"]
DfdType = Literal["process", "store", "external", "person"]
ImagingModality = Literal[
    "CR",
    "CT",
    "DX",
    "ES",
    "IVOCT",
    "IVUS",
    "MG",
    "MR",
    "NM",
    "OP",
    "OPT",
    "PT",
    "PX",
    "RF",
    "SC",
    "SM",
    "US",
    "XA",
    "XC",
]
"""Values of DICOM Modality (0008,0060), PS3.3 C.7.3.1.1.1, that denote images."""

EXPOSURE_ORDER: tuple[Exposure, ...] = ("isolated", "internal", "partner", "internet")
"""From the best protected to the least trusted."""


@dataclass(frozen=True, slots=True)
class Protocol:
    """A way in which data travel.

    ``implies`` names controls that the protocol itself brings; ``usual_port`` is orientation only.
    """

    id: str
    name: str
    usual_port: str = ""
    implies: tuple[str, ...] = ()
    offers_encryption: bool = True


@dataclass(frozen=True, slots=True)
class DataClass:
    """A class of data with its default sensitivity, 0 (none) to 4 (very high), for each of C, I and A."""

    id: str
    name: str
    confidentiality: int
    integrity: int
    availability: int
    identifies: bool = False
    """Whether it names or shows a person, unless something else removed that."""


PROTOCOLS: tuple[Protocol, ...] = (
    Protocol("dimse", "DICOM (DIMSE)", "104, 11112"),
    Protocol("dicom-tls", "DICOM over TLS", "2762", implies=("tls-bcp195",)),
    Protocol("dicomweb", "DICOMweb", "443"),
    Protocol("ups-rs", "DICOMweb worklist (UPS-RS)", "443"),
    Protocol("hl7v2-mllp", "HL7 v2 over MLLP", "2575"),
    Protocol("fhir", "HL7 FHIR", "443"),
    Protocol("xds-i", "IHE XDS-I", "443"),
    Protocol("http-api", "HTTP API", "443"),
    Protocol("grpc", "gRPC", "8001"),
    Protocol("smb-nfs", "File share (SMB, NFS)", "445, 2049"),
    Protocol("sql", "SQL"),
    Protocol("object-store", "Object store", "443"),
    Protocol("fl-channel", "Federated-learning channel"),
    Protocol("oidc-saml-ldap", "Identity (OIDC, SAML, LDAP)", "443, 636"),
    Protocol("syslog-tls", "Syslog over TLS", "6514", implies=("tls-bcp195",)),
    Protocol("syslog-udp", "Syslog over UDP", "514", offers_encryption=False),
    Protocol("ntp", "NTP", "123", offers_encryption=False),
    Protocol("remote-admin", "Remote administration (SSH, RDP, vendor tunnel)", "22, 3389"),
    Protocol("git-oci", "Git or container registry", "443"),
    Protocol("chat-mail", "E-mail or chat", "25, 443"),
    Protocol("media", "Removable medium"),
    Protocol("wireless", "Short-range or wireless link (BLE, Wi-Fi)"),
    Protocol("audio", "Audio stream", "443"),
    Protocol("gpu-ipc", "Shared memory or GPU transfer", offers_encryption=False),
    Protocol("llm-api", "Language-model API or tool protocol", "443"),
    Protocol("user-interface", "A person at a screen or form", offers_encryption=False),
    Protocol("physical-port", "USB, serial or service port", offers_encryption=False),
)

DATA_CLASSES: tuple[DataClass, ...] = (
    DataClass("phi-pixel", "Identifiable images", 3, 3, 3, identifies=True),
    DataClass("raw-data", "Raw acquisition data", 3, 3, 2, identifies=True),
    DataClass("dicom-header", "DICOM attributes", 3, 3, 2, identifies=True),
    DataClass("burned-in", "Identity burned into pixels", 3, 1, 1, identifies=True),
    DataClass("derived-images", "Derived images", 3, 3, 2, identifies=True),
    DataClass("deid-images", "De-identified images", 2, 3, 2),
    DataClass("pseudonym-key", "Pseudonym key", 4, 3, 2, identifies=True),
    DataClass("labels", "Labels and annotations", 2, 4, 2),
    DataClass("embeddings", "Embeddings", 2, 2, 1),
    DataClass("clinical-context", "Clinical context", 3, 3, 2, identifies=True),
    DataClass("identifiers", "Patient and study identifiers", 3, 4, 3, identifies=True),
    DataClass("orders", "Orders and worklist entries", 3, 4, 3, identifies=True),
    DataClass("schedule", "Schedule", 2, 2, 3),
    DataClass("model-weights", "Model weights", 3, 4, 3),
    DataClass("model-metadata", "Model metadata", 1, 4, 2),
    DataClass("gradients", "Model updates (gradients)", 3, 4, 2),
    DataClass("metrics", "Metrics", 1, 3, 1),
    DataClass("predictions", "Model output", 3, 4, 3, identifies=True),
    DataClass("ai-results", "AI results as DICOM objects", 3, 4, 3, identifies=True),
    DataClass("reports", "Reports", 3, 4, 3, identifies=True),
    DataClass("guidelines", "Guidelines", 1, 3, 1),
    DataClass("prompts", "Prompts and context windows", 3, 3, 1, identifies=True),
    DataClass("audio", "Dictation audio", 3, 2, 1, identifies=True),
    DataClass("routing-rules", "Routing rules", 1, 4, 3),
    DataClass("device-config", "Device configuration", 1, 4, 3),
    DataClass("config", "Application configuration", 1, 4, 2),
    DataClass("software", "Software", 1, 4, 2),
    DataClass("credentials", "Credentials", 4, 4, 2),
    DataClass("keys", "Keys and certificates", 4, 4, 3),
    DataClass("audit-logs", "Audit logs", 3, 4, 3),
    DataClass("network-metadata", "Network metadata", 2, 2, 1),
    DataClass("time", "Reference time", 0, 3, 3),
)

PROTOCOL_BY_ID: dict[str, Protocol] = {protocol.id: protocol for protocol in PROTOCOLS}
DATA_CLASS_BY_ID: dict[str, DataClass] = {data_class.id: data_class for data_class in DATA_CLASSES}
