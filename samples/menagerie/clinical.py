"""What makes, keeps and shows images: scanners, clinical servers, reading rooms."""

from threatmodel import Zone, absent, declared, implemented, planned, verified
from threatmodel.data import DICOM_HEADER, PHI_PIXEL, REPORTS
from threatmodel.imaging import (
    DeviceController,
    DicomRouter,
    DicomWebGateway,
    Dictation,
    Ehr,
    FhirServer,
    InterfaceEngine,
    MediaStation,
    Modality,
    Pacs,
    Patient,
    PostProcessing,
    Process,
    Radiographer,
    Radiologist,
    ReportDistribution,
    Ris,
    ScannerAi,
    Store,
    Viewer,
    Vna,
    WorklistProvider,
)


class ClinicalNetwork:
    def __init__(self) -> None:
        with Zone(
            "Clinical network", controls=[implemented("segmentation"), declared("network-monitor", by="Integrator")]
        ):
            # Zones nest: hospital, clinical network, scanner network. What a zone states holds for all inside it.
            with Zone("Scanner network", exposure="isolated", physical_access="staff"):
                self.scanners()
            with Zone("Server hall", physical_access="locked"):
                self.servers()
            with Zone("Reading rooms", physical_access="staff"):
                self.reading_rooms()
        with Zone("Entrance hall", physical_access="public"):
            self.patient = Patient("Patient at the desk")
            self.import_desk = MediaStation(
                "Import desk", authentication="shared-account", controls=[absent("media-scan")]
            )

    def scanners(self) -> None:
        self.ct = Modality(
            "CT 1",
            owner="Radiology",
            description="Emergency CT",
            modalities=["CT"],
            body_parts=["HEAD", "CHEST"],
            clinical="emergency",
            serves="one-list",
            os_supported=False,
            default_credentials=False,
            controls=[planned("legacy-compensate", by="Medical engineering")],
        )
        self.low_dose = ScannerAi(
            "Low-dose reconstruction", runs_on=self.ct, model_source="vendor", model_format="other", learns_in_use=False
        )
        self.injector = DeviceController("Contrast injector", serves="one-patient")
        self.worklist = WorklistProvider("Modality worklist", authentication="ae-title")
        self.radiographer = Radiographer("Radiographer")

    def servers(self) -> None:
        self.ris = Ris("RIS", clinical="urgent")
        self.ehr = Ehr("Patient record", serves="site", authentication="federated")
        self.engine = InterfaceEngine("Interface engine", controls=[implemented("param-query")])
        self.fhir = FhirServer("FHIR server", authentication="federated")
        self.router = DicomRouter("Image router")
        self.pacs = Pacs(
            "PACS",
            stores=[PHI_PIXEL, DICOM_HEADER, REPORTS],
            sbom="sbom/pacs.cdx.json",
            supplier="Northlight Imaging",
            controls=[
                implemented("audit-atna"),
                verified("restore-test", evidence="Full restore, report R-17", on="2026-09-14", by="Storage team"),
            ],
        )
        self.vna = Vna(
            "Long-term archive",
            clinical="routine",
            modalities=["CR", "DX", "ES", "IVOCT", "IVUS", "MG", "MR", "NM", "OP", "OPT", "PT", "PX", "RF", "SC", "SM"],
        )
        self.gateway = DicomWebGateway("Web gateway to images", controls=[implemented("output-encode")])
        self.post_processing = PostProcessing("3-D laboratory", modalities=["CT", "MR"])
        self.distribution = ReportDistribution("Report distribution")
        self.dictation = Dictation("Dictation server")
        # A kind of one's own: a new id, and the known kind that it is a special case of.
        self.dose_server = Process("Dose server", kind="dose-monitor", is_a="postproc", clinical="none")
        # Without a kind it is a bare part of the diagram, and few threats know what to ask of it.
        self.protocol_script = Process("Protocol comparison script")
        self.teaching_file = Store(
            "Teaching file",
            stores=[PHI_PIXEL],
            lifecycle="retired",
        )

    def reading_rooms(self) -> None:
        self.viewer = Viewer("Reading station 4", modalities=["US", "XA", "XC"], controls=[implemented("session-lock")])
        self.radiologist = Radiologist("Radiologist", controls=[planned("awareness-training")])
