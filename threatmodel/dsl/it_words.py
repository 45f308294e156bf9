"""The words for shared services, plain IT and people."""

from __future__ import annotations

from typing import ClassVar

from threatmodel.dsl.handles import Component
from threatmodel.dsl.word_bases import ImagingWord, KeeperWord, PersonWord


class CloudTenant(ImagingWord):
    """Cloud tenant: storage, compute, keys."""

    kind: ClassVar[str] = "cloud"


class RemoteSupport(Component):
    """Vendor's remote-support access."""

    kind: ClassVar[str] = "vendor-remote"


class IdentityProvider(Component):
    """Identity provider or directory."""

    kind: ClassVar[str] = "idp"


class CertificateAuthority(Component):
    """Certificate authority and key management."""

    kind: ClassVar[str] = "pki"


class SecretsManager(Component):
    """Secrets manager."""

    kind: ClassVar[str] = "secrets"


class AuditRepository(KeeperWord):
    """Audit record repository (IHE ATNA)."""

    kind: ClassVar[str] = "audit-repo"


class SecurityMonitoring(KeeperWord):
    """Security monitoring: SIEM, network detection."""

    kind: ClassVar[str] = "siem"


class TimeServer(Component):
    """Time server."""

    kind: ClassVar[str] = "time"


class BackupStore(KeeperWord):
    """Backup and disaster-recovery store."""

    kind: ClassVar[str] = "backup"


class Database(Component):
    """Database under an application."""

    kind: ClassVar[str] = "database"


class WebServer(Component):
    """Web server or web application."""

    kind: ClassVar[str] = "web-server"


class ReverseProxy(Component):
    """Reverse proxy or load balancer."""

    kind: ClassVar[str] = "reverse-proxy"


class ApplicationServer(Component):
    """Application server."""

    kind: ClassVar[str] = "app-server"


class MessageQueue(Component):
    """Message queue or event bus."""

    kind: ClassVar[str] = "message-queue"


class FileShare(Component):
    """File share."""

    kind: ClassVar[str] = "file-share"


class ContainerPlatform(Component):
    """Container or virtualisation platform."""

    kind: ClassVar[str] = "container-platform"


class Workstation(Component):
    """Office or administration workstation."""

    kind: ClassVar[str] = "workstation"


class ServiceLaptop(Component):
    """Service engineer's laptop."""

    kind: ClassVar[str] = "service-laptop"


class UpdateServer(Component):
    """Server of software updates."""

    kind: ClassVar[str] = "update-server"


class VpnGateway(Component):
    """VPN gateway."""

    kind: ClassVar[str] = "vpn-gateway"


class DeviceController(Component):
    """Controller of a medical device: programmer, injector, bedside unit."""

    kind: ClassVar[str] = "device-controller"


class Patient(PersonWord):
    """Patient."""

    kind: ClassVar[str] = "patient"


class Radiographer(PersonWord):
    """Radiographer."""

    kind: ClassVar[str] = "radiographer"


class Radiologist(PersonWord):
    """Radiologist."""

    kind: ClassVar[str] = "radiologist"


class Referrer(PersonWord):
    """Referring clinician."""

    kind: ClassVar[str] = "referrer"


class DataScientist(PersonWord):
    """Data scientist."""

    kind: ClassVar[str] = "data-scientist"


class Annotator(PersonWord):
    """Annotator: a person who labels data."""

    kind: ClassVar[str] = "annotator"


class PacsAdministrator(PersonWord):
    """PACS administrator."""

    kind: ClassVar[str] = "pacs-admin"


class VendorEngineer(PersonWord):
    """Engineer of a vendor."""

    kind: ClassVar[str] = "vendor-engineer"


class SecurityAnalyst(PersonWord):
    """Security analyst."""

    kind: ClassVar[str] = "security-analyst"


class DataProtectionOfficer(PersonWord):
    """Data-protection officer."""

    kind: ClassVar[str] = "dpo"
