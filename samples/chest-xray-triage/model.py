"""Chest X-ray triage by a cloud vendor."""

from threatmodel import Model, Zone, absent, declared, implemented, planned, verified
from threatmodel.data import AI_RESULTS, DICOM_HEADER, ORDERS, PHI_PIXEL, REPORTS
from threatmodel.imaging import DicomRouter, InferenceServer, Modality, Pacs, Radiologist, Ris, Viewer
from threatmodel.protocols import DICOM, DICOMWEB, HL7V2, USER_INTERFACE

with Model(
    "Chest X-ray triage",
    version="1.4",
    owner="Imaging IT",
    jurisdictions=["FR"],
    intended_use="Moves suspected pneumothorax up the reading list; every study is still read by a radiologist",
) as model:
    model.assume("The hospital network may be hostile", owner="CISO", review_by="2027-06-30")

    with Zone("Hospital", exposure="internal", operator="hospital", region="FR"):
        with Zone("Imaging network", exposure="isolated", controls=[implemented("segmentation")]):
            dx = Modality("DX room 2", os_supported=False)
            router = DicomRouter("DICOM router")
            pacs = Pacs("PACS", controls=[implemented("audit-atna"), verified("restore-test", evidence="DR drill 2026-03")])
        with Zone("Reading room"):
            viewer = Viewer("Reading station", authentication="shared-account")
            radiologist = Radiologist("Radiologist")
        ris = Ris("RIS")

    with Zone("Vendor cloud", exposure="internet", operator="vendor", region="IE"):
        ai = InferenceServer("Triage AI", model_source="vendor", controls=[declared("model-sign", by="vendor")])

    dx.sends("Store study", to=router, over=DICOM, carries=[PHI_PIXEL, DICOM_HEADER], encryption="none")
    router.sends("Archive study", to=pacs, over=DICOM, carries=[PHI_PIXEL, DICOM_HEADER])
    router.sends("Study for triage", to=ai, over=DICOMWEB, carries=[PHI_PIXEL, DICOM_HEADER], encryption="tls")
    ai.sends("Triage result", to=router, over=DICOMWEB, carries=[AI_RESULTS], controls=[absent("result-binding")])
    viewer.pulls("Images to read", from_=pacs, over=DICOMWEB, carries=[PHI_PIXEL, AI_RESULTS])
    viewer.sends("Screen", to=radiologist, over=USER_INTERFACE, carries=[PHI_PIXEL, AI_RESULTS])
    radiologist.sends("Report", to=ris, over=USER_INTERFACE, carries=[REPORTS])
