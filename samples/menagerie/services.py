"""What every department leans on: wards and offices, central services, the way in from outside."""

from typing import ClassVar

from threatmodel import Zone, absent, implemented, not_applicable, planned, verified
from threatmodel.data import (
    BURNED_IN,
    CLINICAL_CONTEXT,
    CONFIG,
    CREDENTIALS,
    IDENTIFIERS,
    KEYS,
    NETWORK_METADATA,
    PHI_PIXEL,
    REPORTS,
    SCHEDULE,
)
from threatmodel.imaging import (
    ApplicationServer,
    AuditRepository,
    BackupStore,
    CertificateAuthority,
    Database,
    DataProtectionOfficer,
    FileShare,
    IdentityProvider,
    MessageQueue,
    MobileDevice,
    Modality,
    PacsAdministrator,
    PatientPortal,
    Person,
    Process,
    Referrer,
    ReverseProxy,
    SecretsManager,
    SecurityAnalyst,
    SecurityMonitoring,
    TimeServer,
    VpnGateway,
    WebServer,
    Workstation,
)


class BedsideXray(Modality):
    """A kind of one's own by subclass: what holds for a modality holds for it, and it keeps a name of its own."""

    kind: ClassVar[str] = "bedside-xray"


class HospitalServices:
    def __init__(self) -> None:
        with Zone("Wards and offices"):
            self.referrer = Referrer("Ward physician")
            self.phone = MobileDevice("On-call telephone", portable=True, controls=[implemented("encrypt-at-rest")])
            # A scanner among office computers: what a flat network looks like.
            self.bedside = BedsideXray("Bedside X-ray", modalities=["DX"], portable=True, physical_access="public")
            self.desk = Workstation("Administration desk", authentication="password", portable=False)
            self.pacs_administrator = PacsAdministrator("PACS administrator")
            self.data_protection = DataProtectionOfficer("Data-protection officer")
            self.auditor = Person("Visiting auditor", note="Reads access reports twice a year, on paper")
            # Stands at the bed, where visitors do as well, and comes along to the scanner with its patient.
            self.pump = Process(
                "Infusion pump", kind="infusion-pump", is_a="device-controller", portable=True, physical_access="public"
            )
        with Zone("Central services", physical_access="locked", controls=[implemented("zero-trust-access")]):
            self.identity_and_trust()
            self.records()
            self.plain_it()
        with Zone("Way in from outside", exposure="partner", controls=[implemented("ddos-protect", by="Provider")]):
            self.portal = PatientPortal("Patient portal", authentication="federated", controls=[implemented("mfa")])
            self.proxy = ReverseProxy("Front door", exposure="internet", authentication="none")
            self.web = WebServer("Appointments page", stores=[SCHEDULE])
            self.vpn = VpnGateway("VPN gateway", authentication="certificate", os_supported=True)
            self.chat = Process("Patient chat", kind="patient-chat", is_a="llm-report", model_source="vendor")

    def identity_and_trust(self) -> None:
        self.identity = IdentityProvider("Sign-in", admin_interface=True, stores=[CREDENTIALS])
        self.authority = CertificateAuthority("Certificate authority", controls=[planned("pki-lifecycle")])
        self.vault = SecretsManager("Vault", stores=[KEYS, CREDENTIALS])
        self.clock = TimeServer("Time server")

    def records(self) -> None:
        self.audit = AuditRepository(
            "Audit records",
            immutable=True,
            controls=[verified("log-integrity", evidence="Deletion attempt refused, test T-9", on="2026-10-02")],
        )
        self.monitoring = SecurityMonitoring("Security monitoring", stores=[NETWORK_METADATA])
        self.analyst = SecurityAnalyst("Security analyst")
        self.backup = BackupStore("Backup", immutable=False, stores=[PHI_PIXEL, BURNED_IN, CONFIG])

    def plain_it(self) -> None:
        self.database = Database(
            "RIS database", stores=[IDENTIFIERS, CLINICAL_CONTEXT, REPORTS], controls=[absent("encrypt-at-rest")]
        )
        self.application = ApplicationServer("Appointment service", stores=[], admin_interface=False)
        self.queue = MessageQueue(
            "Event bus", controls=[not_applicable("encrypt-at-rest", because="keeps nothing on disk")]
        )
        self.share = FileShare("Project share")
        self.patches = Process("Patch server", kind="patch-server", is_a="update-server")
