"""A legacy PACS reading station, as the worked example of STRIDE-HC describes it, and nothing else."""

from threatmodel import Model, Zone, declared
from threatmodel.data import CONFIG, CREDENTIALS, DICOM_HEADER, ORDERS, PHI_PIXEL, REPORTS
from threatmodel.imaging import External, FileShare, Modality, Pacs, Radiologist, Ris, Viewer
from threatmodel.protocols import DICOM, FILE_SHARE, HL7V2, MEDIA, USER_INTERFACE

IMAGES = [PHI_PIXEL, DICOM_HEADER]

with Model("Legacy PACS reading station") as model:
    with Zone("Hospital network", exposure="internal", operator="hospital"):
        with Zone("Reading rooms", physical_access="public"):  # the source: shared, physically reachable, low trust
            radiologist = Radiologist("Radiologist or technologist")
            station = Viewer(
                "PACS reading station",
                os_supported=False,
                authentication="shared-account",
                stores=[*IMAGES, CONFIG],
                controls=[declared("patch-mgmt", by="Vendor")],  # the source: vendor patches, every quarter
                note="Windows 7; 38 units; USB ports and DVD writer; Windows event log, vendor application log; "
                "an optional badge reader; TLS port available",
            )
        with Zone("Server zone"):
            pacs = Pacs("PACS server")
            ris = Ris("RIS server")
            share = FileShare("SMB share", stores=[CONFIG, *IMAGES])
        with Zone("Modality zone"):
            modality = Modality("Imaging modality")
    with Zone("Removable media"):
        stick = External("USB or optical media")

    modality.sends("Images", to=station, over=DICOM, carries=IMAGES, encryption="none", authentication="ae-title")
    pacs.sends("Images", to=station, over=DICOM, carries=IMAGES, authentication="ae-title")
    modality.sends("Images", to=pacs, over=DICOM, carries=IMAGES)
    ris.sends("Worklist", to=station, over=HL7V2, carries=[ORDERS], encryption="none", authentication="none")
    station.sends("Configuration and exports", to=share, over=FILE_SHARE, carries=[CONFIG, *IMAGES], encryption="none")
    station.pulls("Import", from_=stick, over=MEDIA, carries=IMAGES, encryption="none", authentication="none")
    station.sends("Export", to=stick, over=MEDIA, carries=IMAGES, encryption="none", authentication="none")
    radiologist.sends(
        "Log-on, reading and reporting",
        to=station,
        over=USER_INTERFACE,
        carries=[CREDENTIALS, REPORTS],
        authentication="shared-account",
    )
    station.sends("Screen", to=radiologist, over=USER_INTERFACE, carries=[*IMAGES, ORDERS])
