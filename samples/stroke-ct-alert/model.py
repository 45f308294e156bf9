"""Acute stroke in two hospitals: an AI looks for a blocked artery and wakes the stroke team. Minutes count."""

from threatmodel import DataAsset, Model, Zone, absent, declared, implemented, planned, verified
from threatmodel.data import (
    AI_RESULTS,
    AUDIT_LOGS,
    CLINICAL_CONTEXT,
    CONFIG,
    CREDENTIALS,
    DICOM_HEADER,
    IDENTIFIERS,
    MODEL_WEIGHTS,
    ORDERS,
    PHI_PIXEL,
    PREDICTIONS,
    REPORTS,
    SOFTWARE,
    TIME,
)
from threatmodel.imaging import (
    AuditRepository,
    BackupStore,
    DicomRouter,
    EdgeAppliance,
    Ehr,
    IdentityProvider,
    ImageExchange,
    InferenceServer,
    InterfaceEngine,
    Messaging,
    MobileDevice,
    Modality,
    Pacs,
    Radiographer,
    Radiologist,
    Referrer,
    RemoteSupport,
    Ris,
    TeleradiologySite,
    TimeServer,
    UpdateServer,
    VendorEngineer,
    Viewer,
    VpnGateway,
    WorklistPrioritiser,
    WorklistProvider,
)
from threatmodel.protocols import (
    DICOM,
    DICOM_TLS,
    DICOMWEB,
    FILE_SHARE,
    HL7V2,
    HTTP_API,
    IDENTITY,
    NTP,
    REMOTE_ADMIN,
    SYSLOG_TLS,
    SYSLOG_UDP,
    USER_INTERFACE,
    XDS_I,
)


class ImagingNetwork:
    """What stands around the CT in either hospital."""

    def __init__(self, site: str, study: DataAsset, *, redundant: bool, os_supported: bool) -> None:
        spare = implemented("ha-failover") if redundant else absent("ha-failover")
        over = DICOM_TLS if redundant else DICOM
        with Zone(f"{site} imaging", exposure="isolated", controls=[implemented("segmentation")]):
            self.radiographer = Radiographer(f"{site} radiographer")
            self.ct = Modality(
                f"{site} CT",
                modalities=["CT"],
                body_parts=["HEAD", "NECK"],
                clinical="emergency",
                os_supported=os_supported,
            )
            self.router = DicomRouter(f"{site} router", clinical="emergency", controls=[spare])
            self.pacs = Pacs(f"{site} PACS", clinical="emergency", controls=[spare, implemented("audit-atna")])

        self.choice = self.radiographer.sends(
            "Choice of patient", to=self.ct, over=USER_INTERFACE, carries=[IDENTIFIERS]
        )
        self.scan = self.ct.sends(
            "CT angiography", to=self.router, over=over, carries=[study, DICOM_HEADER], blocks_care=True
        )
        self.archive = self.router.sends(
            "Archive study", to=self.pacs, over=over, carries=[study, DICOM_HEADER, AI_RESULTS], blocks_care=True
        )


with Model(
    "Stroke CT alert",
    version="2.0",
    owner="Stroke network, imaging IT",
    jurisdictions=["FR", "EU"],
    intended_use="Alerts the stroke team to a suspected large-vessel occlusion; a radiologist reads every study",
    controls=[implemented("ir-plan", by="CISO")],
) as model:
    model.assume("The line of the spoke fails twice a year, up to four hours", owner="Network team")
    model.assume("The stroke team has telephones of the hospital, no private ones", owner="Head of neurology")

    cta = DataAsset("Stroke CT", is_a=PHI_PIXEL, patients="many")
    key_image = DataAsset("Key image", is_a=PHI_PIXEL, patients="one", note="One slice with the patient's age and sex")

    # -- places ---------------------------------------------------------------------------------------------------

    with Zone("Spoke hospital", exposure="internal", operator="hospital", region="FR"):
        spoke = ImagingNetwork("Spoke", cta, redundant=False, os_supported=False)
        with Zone("Spoke emergency department", physical_access="staff"):
            spoke_viewer = Viewer("Emergency viewer", authentication="shared-account", clinical="emergency")
            physician = Referrer("Emergency physician")
        appliance = EdgeAppliance(
            "Stroke appliance",
            operator="vendor",
            clinical="emergency",
            model_source="vendor",
            model_format="onnx",
            pinned=True,
            controls=[declared("model-sign", by="Vendor"), declared("fail-safe", by="Vendor"), absent("ha-failover")],
            note="Has a mobile modem of its own for the vendor's support",
        )
        spoke_gateway = VpnGateway(
            "Spoke gateway",
            clinical="emergency",
            controls=[absent("ha-failover"), planned("downtime-procedure", by="Emergency department")],
            note="One line of one provider; everything that leaves the house goes through it",
        )

    with Zone("Hub hospital", exposure="internal", operator="hospital", region="FR"):
        hub_gateway = VpnGateway("Hub gateway", clinical="emergency", controls=[implemented("ha-failover")])
        hub = ImagingNetwork("Hub", cta, redundant=True, os_supported=True)
        with Zone("Hub reading room", physical_access="staff", controls=[implemented("awareness-training")]):
            station = Viewer("Reading station", authentication="federated", controls=[implemented("session-lock")])
            radiologist = Radiologist("Radiologist on duty")
        with Zone("Hub data centre", physical_access="locked"):
            ris = Ris("RIS", clinical="emergency", controls=[verified("downtime-procedure", evidence="Drill 2026-05")])
            worklist = WorklistProvider("Modality worklist", clinical="emergency")
            engine = InterfaceEngine("HL7 engine", clinical="urgent", controls=[absent("ha-failover")])
            ehr = Ehr("Patient record")
            prioritiser = WorklistPrioritiser("Reading priority", controls=[implemented("queue-floor")])
            identity = IdentityProvider("Sign-in", controls=[implemented("ha-failover"), implemented("mfa")])
            clock = TimeServer("Time server", clinical="none")
            audit = AuditRepository("Audit repository", clinical="none")
            backup = BackupStore(
                "Backup",
                immutable=True,
                clinical="none",
                controls=[verified("restore-test", evidence="PACS restored in 31 h, 2026-02", on="2026-02-14")],
            )

    with Zone("Regional network", exposure="partner", operator="integrator", region="FR"):
        exchange = ImageExchange("Regional image exchange")
        telerad = TeleradiologySite("Night teleradiology", clinical="emergency")

    with Zone("Stroke AI vendor", exposure="internet", operator="vendor", region="IE"):
        cloud_ai = InferenceServer(
            "Cloud stroke analysis", model_source="vendor", clinical="emergency", multi_tenant=True
        )
        alerts = WorklistPrioritiser(
            "Alert service", clinical="emergency", serves="fleet", controls=[declared("ha-failover", by="Vendor")]
        )
        updates = UpdateServer("Update server")
        support = RemoteSupport("Remote support")
        engineer = VendorEngineer("Support engineer")

    with Zone("On call", exposure="internet"):
        push = Messaging("Push gateway", operator="cloud", clinical="emergency", note="Run by the maker of the phones")
        phones = MobileDevice(
            "Stroke phones",
            operator="hospital",
            clinical="emergency",
            portable=True,
            authentication="federated",
            controls=[implemented("encrypt-at-rest")],
        )
        neurologist = Referrer("Stroke neurologist", operator="hospital")
        interventionalist = Referrer("Interventionalist", operator="hospital")

    # -- order and worklist: one RIS and one worklist for both hospitals ---------------------------------------------

    order = physician.sends("Stroke code", to=ris, over=USER_INTERFACE, carries=[ORDERS])
    ehr.sends("Order", to=engine, over=HL7V2, carries=[ORDERS, IDENTIFIERS], encryption="none")
    engine.sends("Order to radiology", to=ris, over=HL7V2, carries=[ORDERS, IDENTIFIERS], encryption="none")
    ris.sends("Scheduled studies", to=worklist, over=HL7V2, carries=[ORDERS])
    hub.ct.pulls("Worklist", from_=worklist, over=DICOM, carries=[ORDERS], authentication="ae-title", blocks_care=False)
    spoke.ct.pulls("Worklist", from_=spoke_gateway, over=DICOM, carries=[ORDERS], authentication="ae-title")
    spoke_gateway.pulls("Worklist", from_=hub_gateway, over=DICOM, carries=[ORDERS], encryption="vpn")
    hub_gateway.pulls("Worklist", from_=worklist, over=DICOM, carries=[ORDERS])

    # -- the spoke: appliance in the house, alert over the vendor's cloud --------------------------------------------

    to_ai = spoke.router.sends("Study for detection", to=appliance, over=DICOM, carries=[cta, DICOM_HEADER])
    appliance.sends("Result objects", to=spoke.router, over=DICOM, carries=[AI_RESULTS])
    suspicion = [
        appliance.sends(
            "Suspected occlusion",
            to=spoke_gateway,
            over=HTTP_API,
            carries=[PREDICTIONS, IDENTIFIERS, key_image],
            encryption="tls",
        ),
        spoke_gateway.sends(
            "Suspected occlusion",
            to=alerts,
            over=HTTP_API,
            carries=[PREDICTIONS, IDENTIFIERS, key_image],
            encryption="tls",
            authentication="certificate",
        ),
    ]
    local_images = spoke_viewer.pulls(
        "Images on the spot", from_=spoke.pacs, over=DICOMWEB, carries=[cta, AI_RESULTS], blocks_care=True
    )
    local_screen = spoke_viewer.sends("Screen", to=physician, over=USER_INTERFACE, carries=[cta, AI_RESULTS])

    # -- the alert: one path, acknowledged in the app ----------------------------------------------------------------

    wake = [
        alerts.sends(
            "Alert",
            to=push,
            over=HTTP_API,
            carries=[PREDICTIONS],
            encryption="tls",
            blocks_care=True,
            controls=[declared("alert-ack", by="Vendor")],
        ),
        push.sends("Alert", to=phones, over=HTTP_API, carries=[PREDICTIONS], encryption="tls", blocks_care=True),
        phones.sends("Alarm and score", to=neurologist, over=USER_INTERFACE, carries=[PREDICTIONS]),
    ]
    look = phones.pulls("Key image", from_=alerts, over=HTTP_API, carries=[key_image], encryption="tls")
    acknowledge = [
        neurologist.sends("Acknowledgement", to=phones, over=USER_INTERFACE, carries=[CLINICAL_CONTEXT]),
        phones.sends("Acknowledgement", to=alerts, over=HTTP_API, carries=[CLINICAL_CONTEXT], encryption="tls"),
    ]
    # By telephone: no data link, so no protocol is stated.
    call = physician.sends("Call for help", to=neurologist, carries=[CLINICAL_CONTEXT], purpose="spoken")
    transfer = neurologist.sends("Decision to transfer", to=physician, carries=[CLINICAL_CONTEXT], purpose="spoken")
    activate = neurologist.sends("Call to the team", to=interventionalist, carries=[CLINICAL_CONTEXT], purpose="spoken")
    phones.sends("Sign-in", to=identity, over=IDENTITY, carries=[CREDENTIALS], encryption="tls")

    # -- reading: by day at the hub, by night from outside -----------------------------------------------------------

    to_hub = [
        spoke.router.sends("Study to the hub", to=spoke_gateway, over=DICOM, carries=[cta, DICOM_HEADER, AI_RESULTS]),
        spoke_gateway.sends(
            "Study to the hub",
            to=hub_gateway,
            over=DICOM,
            carries=[cta, DICOM_HEADER, AI_RESULTS],
            encryption="vpn",
            blocks_care=True,
        ),
        hub_gateway.sends("Study to the hub", to=hub.router, over=DICOM, carries=[cta, DICOM_HEADER, AI_RESULTS]),
    ]
    to_night = [
        spoke.router.sends("Transfer of the study", to=spoke_gateway, over=XDS_I, carries=[cta, DICOM_HEADER]),
        spoke_gateway.sends(
            "Transfer of the study", to=exchange, over=XDS_I, carries=[cta, DICOM_HEADER], encryption="tls"
        ),
        telerad.pulls("Study to read", from_=exchange, over=DICOMWEB, carries=[cta, DICOM_HEADER], encryption="tls"),
    ]
    night_report = [
        telerad.sends(
            "Night report",
            to=hub_gateway,
            over=HTTP_API,
            carries=[REPORTS],
            encryption="tls",
            authentication="password",
        ),
        hub_gateway.sends("Night report", to=ris, over=HTTP_API, carries=[REPORTS]),
    ]
    images = station.pulls("Images to read", from_=hub.pacs, over=DICOMWEB, carries=[cta, AI_RESULTS], blocks_care=True)
    screen = station.sends("Screen", to=radiologist, over=USER_INTERFACE, carries=[cta, AI_RESULTS])
    report = radiologist.sends("Report", to=ris, over=USER_INTERFACE, carries=[REPORTS], authentication="federated")
    radiologist.sends("Call about the finding", to=neurologist, carries=[CLINICAL_CONTEXT], purpose="spoken")
    ris.sends("Final report", to=engine, over=HL7V2, carries=[REPORTS], encryption="none")
    engine.sends("Report", to=ehr, over=HL7V2, carries=[REPORTS], encryption="none")
    station.sends("Sign-in", to=identity, over=IDENTITY, carries=[CREDENTIALS], encryption="tls")

    # -- the hub: no appliance, the cloud does the work --------------------------------------------------------------

    hub_ai = [
        hub.router.sends("Study for analysis", to=hub_gateway, over=DICOMWEB, carries=[cta, DICOM_HEADER]),
        hub_gateway.sends(
            "Study for analysis", to=cloud_ai, over=DICOMWEB, carries=[cta, DICOM_HEADER], encryption="tls"
        ),
        cloud_ai.sends("Suspected occlusion", to=alerts, over=HTTP_API, carries=[PREDICTIONS, IDENTIFIERS, key_image]),
    ]
    hub_gateway.pulls("Results of the cloud", from_=cloud_ai, over=DICOMWEB, carries=[AI_RESULTS], encryption="tls")
    hub_gateway.sends("Results of the cloud", to=hub.router, over=DICOMWEB, carries=[AI_RESULTS])
    rank = [
        hub_gateway.pulls("Priority", from_=alerts, over=HTTP_API, carries=[PREDICTIONS], encryption="tls"),
        hub_gateway.sends("Priority", to=prioritiser, over=HTTP_API, carries=[PREDICTIONS]),
        prioritiser.sends("Reading order", to=ris, over=HL7V2, carries=[PREDICTIONS, ORDERS]),
    ]
    station.pulls("Reading list", from_=ris, over=HTTP_API, carries=[ORDERS], encryption="tls")

    # -- support, time, records, copies ------------------------------------------------------------------------------

    engineer.sends("Session", to=support, over=USER_INTERFACE, carries=[CONFIG])
    for supported in (appliance, prioritiser):
        support.sends(
            "Maintenance",
            to=supported,
            over=REMOTE_ADMIN,
            carries=[CONFIG],
            authentication="shared-account",
            controls=[planned("pam-vendor")] if supported is prioritiser else [absent("pam-vendor")],
        )
    appliance.pulls("Software and model", from_=updates, over=HTTP_API, carries=[SOFTWARE, MODEL_WEIGHTS])
    for site in (spoke, hub):
        site.ct.pulls("Time", from_=clock, over=NTP, carries=[TIME])
        site.pacs.sends("Audit events", to=audit, over=SYSLOG_TLS, carries=[AUDIT_LOGS])
    appliance.sends("Log lines", to=audit, over=SYSLOG_UDP, carries=[AUDIT_LOGS])
    ris.sends("Audit events", to=audit, over=SYSLOG_TLS, carries=[AUDIT_LOGS])
    # The spoke's archive is in no plan of backups that the architect has seen.
    backup.pulls("Nightly copy", from_=hub.pacs, over=FILE_SHARE, carries=[PHI_PIXEL, DICOM_HEADER, CONFIG])
    backup.pulls("Nightly copy", from_=ris, over=FILE_SHARE, carries=[REPORTS, ORDERS, CONFIG])

    # -- use cases ---------------------------------------------------------------------------------------------------

    model.scenario(
        "Stroke alert at night",
        steps=[order, spoke.choice, spoke.scan, to_ai, *suspicion, *wake, look, *acknowledge, transfer, activate],
        clinical_state="emergency",
        note="From the end of the scan to the alarm in five minutes",
    )
    model.scenario(
        "Line of the spoke down",
        steps=[spoke.choice, spoke.scan, spoke.archive, local_images, local_screen, call, transfer],
        clinical_state="emergency",
        note="Nothing that needs the spoke gateway: no worklist, no alert, no reader; the telephone is left",
    )
    model.scenario("Reading at night", steps=[spoke.scan, *to_night, *night_report], clinical_state="emergency")
    model.scenario(
        "Reading by day", steps=[spoke.scan, *to_hub, hub.archive, images, screen, report], clinical_state="urgent"
    )
    model.scenario(
        "Stroke at the hub",
        steps=[hub.choice, hub.scan, *hub_ai, *wake, *rank, hub.archive, images, screen, report],
        clinical_state="emergency",
    )
