"""Flows of the services behind: sign-in, certificates, time, audit, backup, administration."""

from ai_platform import AiPlatform
from clinical import ClinicalNetwork
from outside import Outside
from services import HospitalServices

from threatmodel.data import (
    AUDIT_LOGS,
    CLINICAL_CONTEXT,
    CONFIG,
    CREDENTIALS,
    DEVICE_CONFIG,
    IDENTIFIERS,
    KEYS,
    NETWORK_METADATA,
    PHI_PIXEL,
    REPORTS,
    SOFTWARE,
    TIME,
)
from threatmodel.protocols import (
    FILE_SHARE,
    HTTP_API,
    IDENTITY,
    MEDIA,
    NTP,
    PHYSICAL_PORT,
    REMOTE_ADMIN,
    SYSLOG_TLS,
    SYSLOG_UDP,
    USER_INTERFACE,
)


def trust(clinical: ClinicalNetwork, hospital: HospitalServices, ai: AiPlatform) -> None:
    c, h = clinical, hospital
    c.viewer.sends("Sign-in", to=h.identity, over=IDENTITY, carries=[CREDENTIALS], encryption="tls")
    h.portal.sends("Patient's sign-in", to=h.identity, over=IDENTITY, carries=[CREDENTIALS], encryption="tls")
    h.authority.sends("Certificates", to=h.vault, over=HTTP_API, carries=[KEYS], encryption="mtls")
    ai.cluster.pulls("Secrets", from_=h.vault, over=HTTP_API, carries=[CREDENTIALS, KEYS], authentication="certificate")
    c.ct.pulls("Clock of the scanner", from_=h.clock, over=NTP, carries=[TIME])
    c.pacs.pulls("Clock of the archive", from_=h.clock, over=NTP, carries=[TIME])


def watch(clinical: ClinicalNetwork, hospital: HospitalServices, ai: AiPlatform) -> None:
    c, h = clinical, hospital
    c.pacs.sends("Audit events", to=h.audit, over=SYSLOG_TLS, carries=[AUDIT_LOGS])
    ai.orchestrator.sends("Log lines", to=h.audit, over=SYSLOG_UDP, carries=[AUDIT_LOGS], authentication="none")
    h.audit.sends("Copy of the records", to=h.monitoring, over=SYSLOG_TLS, carries=[AUDIT_LOGS])
    h.vpn.sends("Connections", to=h.monitoring, over=SYSLOG_TLS, carries=[NETWORK_METADATA])
    h.monitoring.sends("Alarms", to=h.analyst, over=USER_INTERFACE, carries=[NETWORK_METADATA])
    h.audit.sends("Access report", to=h.data_protection, over=USER_INTERFACE, carries=[AUDIT_LOGS])
    h.data_protection.sends("Sample of accesses", to=h.auditor, carries=[AUDIT_LOGS])  # on paper: no protocol is stated


def upkeep(clinical: ClinicalNetwork, hospital: HospitalServices, outside: Outside) -> None:
    c, h, o = clinical, hospital, outside
    h.backup.pulls("Nightly copy", from_=c.pacs, over=FILE_SHARE, carries=[PHI_PIXEL, CONFIG])
    h.pacs_administrator.sends("Commands", to=h.desk, over=USER_INTERFACE, carries=[CONFIG])
    h.desk.sends("Administration", to=c.pacs, over=REMOTE_ADMIN, carries=[CONFIG], authentication="password")
    h.desk.sends("Export", to=h.share, over=FILE_SHARE, carries=[IDENTIFIERS, REPORTS])
    h.desk.pulls("Updates", from_=h.patches, over=HTTP_API, carries=[SOFTWARE])
    c.viewer.pulls("Updates of the station", from_=h.patches, over=HTTP_API, carries=[SOFTWARE])
    h.desk.sends("Drug library by card", to=h.pump, over=MEDIA, carries=[DEVICE_CONFIG, SOFTWARE], medium="disk")
    h.pump.sends("Rates and alarms", to=h.queue, over=HTTP_API, carries=[CLINICAL_CONTEXT], medium="wifi")
    o.laptop.sends("Service session", to=c.ct, over=PHYSICAL_PORT, carries=[DEVICE_CONFIG], medium="usb")
