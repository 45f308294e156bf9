"""The words of a radiology department and of the exchange around it."""

from __future__ import annotations

from typing import ClassVar

from threatmodel.dsl.handles import Component
from threatmodel.dsl.word_bases import ImagingModelWord, ImagingWord


class Modality(ImagingWord):
    """Imaging modality with its console: CT, MR, ultrasound, radiography, mammography, nuclear medicine."""

    kind: ClassVar[str] = "modality"


class ScannerAi(ImagingModelWord):
    """AI inside the scanner: reconstruction, positioning, dose."""

    kind: ClassVar[str] = "acq-ai"


class WorklistProvider(ImagingWord):
    """Provider of the modality worklist (DICOM MWL)."""

    kind: ClassVar[str] = "mwl"


class Ris(Component):
    """Radiology information system: orders, schedule, reports."""

    kind: ClassVar[str] = "ris"


class Ehr(Component):
    """Electronic health record."""

    kind: ClassVar[str] = "ehr"


class InterfaceEngine(Component):
    """Interface engine that routes and rewrites HL7 messages."""

    kind: ClassVar[str] = "hl7-engine"


class FhirServer(Component):
    """FHIR server (ImagingStudy, DiagnosticReport and the rest)."""

    kind: ClassVar[str] = "fhir-server"


class DicomRouter(ImagingWord):
    """DICOM router or gateway that decides where studies go."""

    kind: ClassVar[str] = "dicom-router"


class Pacs(ImagingWord):
    """PACS: archive and manager of images."""

    kind: ClassVar[str] = "pacs"


class Vna(ImagingWord):
    """Vendor-neutral archive."""

    kind: ClassVar[str] = "vna"


class DicomWebGateway(ImagingWord):
    """DICOMweb gateway (QIDO, WADO, STOW, UPS)."""

    kind: ClassVar[str] = "dicomweb-gw"


class Viewer(ImagingWord):
    """Diagnostic viewer or reading station."""

    kind: ClassVar[str] = "viewer"


class PostProcessing(ImagingWord):
    """Advanced visualisation or three-dimensional post-processing."""

    kind: ClassVar[str] = "postproc"


class ReportDistribution(Component):
    """Distribution of reports to those who asked for them."""

    kind: ClassVar[str] = "report-dist"


class Dictation(Component):
    """Speech recognition and dictation."""

    kind: ClassVar[str] = "dictation"


class PatientPortal(Component):
    """Patient portal with image sharing."""

    kind: ClassVar[str] = "portal"


class ImageExchange(ImagingWord):
    """Exchange of images with other hospitals (XDS-I, IDEP)."""

    kind: ClassVar[str] = "exchange"


class TeleradiologySite(ImagingWord):
    """Teleradiology provider or home-reading place."""

    kind: ClassVar[str] = "telerad"


class MediaStation(ImagingWord):
    """Station that imports and burns removable media."""

    kind: ClassVar[str] = "media"


class MobileDevice(Component):
    """Clinician's telephone or tablet."""

    kind: ClassVar[str] = "mobile"


class WearableSensor(Component):
    """Wearable or home sensor that feeds clinical context."""

    kind: ClassVar[str] = "wearable"


class Messaging(Component):
    """E-mail, chat or social network."""

    kind: ClassVar[str] = "messaging"
