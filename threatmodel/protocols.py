"""Door: the protocols that flows go over."""

from __future__ import annotations

from typing import Final

from threatmodel.model.vocabulary import PROTOCOL_BY_ID, Protocol

DICOM: Final[Protocol] = PROTOCOL_BY_ID["dimse"]
DICOM_TLS: Final[Protocol] = PROTOCOL_BY_ID["dicom-tls"]
DICOMWEB: Final[Protocol] = PROTOCOL_BY_ID["dicomweb"]
UPS_RS: Final[Protocol] = PROTOCOL_BY_ID["ups-rs"]
HL7V2: Final[Protocol] = PROTOCOL_BY_ID["hl7v2-mllp"]
FHIR: Final[Protocol] = PROTOCOL_BY_ID["fhir"]
XDS_I: Final[Protocol] = PROTOCOL_BY_ID["xds-i"]
HTTP_API: Final[Protocol] = PROTOCOL_BY_ID["http-api"]
GRPC: Final[Protocol] = PROTOCOL_BY_ID["grpc"]
FILE_SHARE: Final[Protocol] = PROTOCOL_BY_ID["smb-nfs"]
SQL: Final[Protocol] = PROTOCOL_BY_ID["sql"]
OBJECT_STORE: Final[Protocol] = PROTOCOL_BY_ID["object-store"]
FEDERATED: Final[Protocol] = PROTOCOL_BY_ID["fl-channel"]
IDENTITY: Final[Protocol] = PROTOCOL_BY_ID["oidc-saml-ldap"]
SYSLOG_TLS: Final[Protocol] = PROTOCOL_BY_ID["syslog-tls"]
SYSLOG_UDP: Final[Protocol] = PROTOCOL_BY_ID["syslog-udp"]
NTP: Final[Protocol] = PROTOCOL_BY_ID["ntp"]
REMOTE_ADMIN: Final[Protocol] = PROTOCOL_BY_ID["remote-admin"]
GIT_OCI: Final[Protocol] = PROTOCOL_BY_ID["git-oci"]
CHAT_MAIL: Final[Protocol] = PROTOCOL_BY_ID["chat-mail"]
MEDIA: Final[Protocol] = PROTOCOL_BY_ID["media"]
WIRELESS: Final[Protocol] = PROTOCOL_BY_ID["wireless"]
AUDIO: Final[Protocol] = PROTOCOL_BY_ID["audio"]
GPU_IPC: Final[Protocol] = PROTOCOL_BY_ID["gpu-ipc"]
LLM_API: Final[Protocol] = PROTOCOL_BY_ID["llm-api"]
USER_INTERFACE: Final[Protocol] = PROTOCOL_BY_ID["user-interface"]
PHYSICAL_PORT: Final[Protocol] = PROTOCOL_BY_ID["physical-port"]

__all__ = [
    "AUDIO",
    "CHAT_MAIL",
    "DICOM",
    "DICOMWEB",
    "DICOM_TLS",
    "FEDERATED",
    "FHIR",
    "FILE_SHARE",
    "GIT_OCI",
    "GPU_IPC",
    "GRPC",
    "HL7V2",
    "HTTP_API",
    "IDENTITY",
    "LLM_API",
    "MEDIA",
    "NTP",
    "OBJECT_STORE",
    "PHYSICAL_PORT",
    "REMOTE_ADMIN",
    "SQL",
    "SYSLOG_TLS",
    "SYSLOG_UDP",
    "UPS_RS",
    "USER_INTERFACE",
    "WIRELESS",
    "XDS_I",
    "Protocol",
]
