"""The DICOM services of a hospital, as a handbook page on PACS security draws them, and nothing else."""

from threatmodel import Model, Zone
from threatmodel.data import DICOM_HEADER, IDENTIFIERS, PHI_PIXEL
from threatmodel.imaging import CloudTenant, Modality, Pacs, ResearchLake, Viewer, Workstation
from threatmodel.protocols import DICOM, DICOMWEB, OBJECT_STORE

IMAGES = [PHI_PIXEL, DICOM_HEADER]

with Model("DICOM services") as model:
    with Zone("Hospital network", exposure="internal", operator="hospital"):
        modality = Modality("Modality", modalities=["CT", "MR"])
        pacs = Pacs("PACS server", stores=[*IMAGES, IDENTIFIERS])
        viewer = Viewer("Viewer workstation")
        host = Workstation("Any compromised hospital host")
    with Zone("Cloud storage", exposure="internet", operator="cloud"):
        bucket = CloudTenant("Cloud PACS storage", stores=IMAGES)
    with Zone("Research or external sharing", exposure="partner"):
        shared = ResearchLake("Shared research data", stores=IMAGES)

    modality.sends("C-STORE", to=pacs, over=DICOM, carries=IMAGES, encryption="none", authentication="ae-title")
    viewer.sends(
        "C-FIND",
        to=pacs,
        over=DICOM,
        carries=[IDENTIFIERS],
        both_ways=True,
        encryption="none",
        authentication="ae-title",
    )
    viewer.pulls(
        "C-MOVE or C-GET", from_=pacs, over=DICOM, carries=IMAGES, encryption="none", authentication="ae-title"
    )
    viewer.sends("C-ECHO", to=pacs, over=DICOM, carries=[], encryption="none", authentication="none")
    viewer.sends(
        "QIDO, WADO, STOW",
        to=pacs,
        over=DICOMWEB,
        carries=[*IMAGES, IDENTIFIERS],
        both_ways=True,
        purpose="the source: authentication is often none",
    )
    pacs.sends("Cloud copy", to=bucket, over=OBJECT_STORE, carries=IMAGES)
    pacs.sends("Export", to=shared, carries=IMAGES)
