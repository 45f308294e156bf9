"""Flows of care, from order to report. The component that a sentence begins with opens the connection."""

from clinical import ClinicalNetwork
from outside import Outside
from services import HospitalServices

from threatmodel import DataAsset, Model, absent, implemented, planned, protocols
from threatmodel.data import (
    AI_RESULTS,
    AUDIO,
    BURNED_IN,
    CLINICAL_CONTEXT,
    DERIVED_IMAGES,
    DEVICE_CONFIG,
    DICOM_HEADER,
    IDENTIFIERS,
    ORDERS,
    PHI_PIXEL,
    RAW_DATA,
    REPORTS,
    SCHEDULE,
)
from threatmodel.protocols import (
    CHAT_MAIL,
    DICOM,
    DICOM_TLS,
    DICOMWEB,
    FHIR,
    FILE_SHARE,
    GPU_IPC,
    HL7V2,
    HTTP_API,
    MEDIA,
    PHYSICAL_PORT,
    SQL,
    USER_INTERFACE,
    WIRELESS,
    XDS_I,
)


def ordering(clinical: ClinicalNetwork, hospital: HospitalServices) -> None:
    c, h = clinical, hospital
    h.referrer.sends("Request", to=c.ehr, over=USER_INTERFACE, carries=[ORDERS], authentication="federated")
    c.ehr.sends("Order", to=c.engine, over=HL7V2, carries=[ORDERS, IDENTIFIERS], encryption="none")
    c.engine.sends("Order to radiology", to=c.ris, over=HL7V2, carries=[ORDERS], both_ways=True, validates=True)
    c.ris.sends("Day's list", to=c.worklist, over=SQL, carries=[ORDERS, SCHEDULE], frequency="every minute")
    c.ris.sends("Records", to=h.database, over=SQL, carries=[IDENTIFIERS, REPORTS], both_ways=True, encryption="mtls")
    c.radiographer.sends("Choice of patient", to=c.ct, over=USER_INTERFACE, carries=[IDENTIFIERS])
    c.ehr.sends("Problem list", to=c.fhir, over=FHIR, carries=[CLINICAL_CONTEXT], encryption="tls")
    h.web.sends("Booking", to=h.application, over=HTTP_API, carries=[SCHEDULE], encryption="tls")
    h.application.sends("Appointment", to=h.queue, over=HTTP_API, carries=[SCHEDULE])
    c.ris.pulls("Appointments", from_=h.queue, over=HTTP_API, carries=[SCHEDULE])
    h.proxy.sends("Web requests", to=h.web, over=HTTP_API, carries=[SCHEDULE], encryption="none", port=8080)


def scanning(
    model: Model, clinical: ClinicalNetwork, hospital: HospitalServices, outside: Outside, stroke_ct: DataAsset
) -> None:
    c = clinical
    worklist = c.ct.pulls(
        "Worklist", from_=c.worklist, over=DICOM, carries=[ORDERS], authentication="ae-title", port=104
    )
    c.low_dose.pulls("Raw projections", from_=c.ct, over=GPU_IPC, carries=[RAW_DATA])
    c.injector.sends("Injection curve", to=c.ct, over=PHYSICAL_PORT, carries=[DEVICE_CONFIG], medium="wired")
    store = c.ct.sends(
        "Store study",
        to=c.router,
        over=DICOM,
        carries=[stroke_ct, DICOM_HEADER, BURNED_IN],
        encryption="none",
        blocks_care=True,
        controls=[implemented("ae-allowlist")],
    )
    # The reader on duty sees the first slices while the study is still on its way to the archive.
    c.ct.sends("First slices", to=c.viewer, over=DICOM, carries=[PHI_PIXEL])
    archive = c.router.sends("Archive study", to=c.pacs, over=DICOM_TLS, carries=[PHI_PIXEL, DICOM_HEADER])
    read = c.viewer.pulls(
        "Images to read", from_=c.pacs, over=DICOMWEB, carries=[PHI_PIXEL, AI_RESULTS], encryption="tls"
    )
    screen = c.viewer.sends("Screen", to=c.radiologist, over=USER_INTERFACE, carries=[PHI_PIXEL])
    model.scenario("Stroke at night", steps=[worklist, store, archive, read, screen], clinical_state="emergency")
    c.pacs.sends("Long-term copy", to=c.vna, over=DICOM, carries=[PHI_PIXEL], purpose="kept for twenty years")
    c.vna.sends("Older studies", to=c.gateway, over=DICOMWEB, carries=[PHI_PIXEL])
    c.vna.sends("Copy off site", to=outside.cloud, over=DICOMWEB, carries=[PHI_PIXEL])
    hospital.bedside.sends("Bedside images", to=c.router, over=DICOM, carries=[PHI_PIXEL, DICOM_HEADER], medium="wifi")
    c.post_processing.pulls("Series", from_=c.pacs, over=DICOM, carries=[PHI_PIXEL])
    c.post_processing.sends("Vessel tree", to=c.pacs, over=DICOM, carries=[DERIVED_IMAGES])
    c.ct.sends("Dose report", to=c.dose_server, over=DICOM, carries=[DICOM_HEADER])
    c.protocol_script.pulls("Scan protocols", from_=c.ct, over=FILE_SHARE, carries=[DEVICE_CONFIG])
    c.pacs.sends("Interesting case", to=c.teaching_file, over=DICOM, carries=[PHI_PIXEL])


def reporting(model: Model, clinical: ClinicalNetwork, hospital: HospitalServices, outside: Outside) -> None:
    c, h = clinical, hospital
    voice = c.radiologist.sends("Voice", to=c.dictation, over=protocols.AUDIO, carries=[AUDIO])
    text = c.dictation.sends("Report text", to=c.ris, over=HL7V2, carries=[REPORTS], encryption="vpn")
    release = c.ris.sends("Final report", to=c.distribution, over=HL7V2, carries=[REPORTS])
    record = c.distribution.sends("Report", to=c.ehr, over=FHIR, carries=[REPORTS])
    model.scenario("Report of an out-patient", steps=[voice, text, release, record], clinical_state="routine")
    alert = c.distribution.sends(
        "Urgent finding", to=h.phone, over=HTTP_API, carries=[REPORTS], medium="wifi", controls=[planned("alert-ack")]
    )
    model.scenario(
        "Urgent finding to the ward", steps=[voice, text, alert], clinical_state="urgent", note="Also by telephone"
    )
    h.phone.sends("Picture for a colleague", to=outside.messaging, over=CHAT_MAIL, carries=[PHI_PIXEL])
    c.distribution.sends("Cancer report", to=outside.registry, over=HTTP_API, carries=[REPORTS], encryption="tls")


def sharing(clinical: ClinicalNetwork, hospital: HospitalServices, outside: Outside, index_scan: DataAsset) -> None:
    c, h, o = clinical, hospital, outside
    c.patient.sends(
        "Disc from elsewhere", to=c.import_desk, over=MEDIA, carries=[index_scan], medium="disk", validates=False
    )
    c.import_desk.sends("Imported study", to=c.router, over=DICOM, carries=[index_scan])
    c.import_desk.sends("Copy for the patient", to=c.patient, over=MEDIA, carries=[index_scan], medium="usb")
    h.portal.pulls("Own images", from_=c.gateway, over=DICOMWEB, carries=[PHI_PIXEL], encryption="mtls")
    h.portal.pulls(
        "Own reports", from_=c.fhir, over=FHIR, carries=[REPORTS], encryption="tls", authentication="federated"
    )
    h.proxy.sends("Portal requests", to=h.portal, over=HTTP_API, carries=[IDENTIFIERS], encryption="tls", port=443)
    c.gateway.sends("Studies to the region", to=o.exchange, over=XDS_I, carries=[PHI_PIXEL, REPORTS], both_ways=True)
    o.telerad.pulls("Night studies", from_=c.gateway, over=DICOMWEB, carries=[PHI_PIXEL], encryption="vpn")
    o.telerad.sends("Night reports", to=h.vpn, over=HTTP_API, carries=[REPORTS], authentication="certificate")
    h.vpn.sends("Night reports inside", to=c.ris, over=HTTP_API, carries=[REPORTS])
    o.sensor.sends(
        "Oxygen at home",
        to=h.phone,
        over=WIRELESS,
        carries=[CLINICAL_CONTEXT],
        medium="bluetooth",
        controls=[absent("wireless-hardening")],
    )
