"""Secondary use: from de-identification to a released model."""

from threatmodel import Zone, absent, implemented, not_applicable, verified
from threatmodel.data import DEID_IMAGES, EMBEDDINGS, LABELS, MODEL_METADATA, MODEL_WEIGHTS, PSEUDONYM_KEY
from threatmodel.imaging import (
    AnnotationTool,
    Annotator,
    BuildPipeline,
    DataScientist,
    Deidentifier,
    ExperimentTracker,
    FeatureStore,
    FederatedClient,
    ModelRegistry,
    Notebook,
    PackageRegistry,
    ResearchLake,
    TrainingCluster,
)


class ResearchNetwork:
    def __init__(self) -> None:
        with Zone("Research network", operator="research", controls=[implemented("segmentation")]):
            with Zone("Intake"):
                self.deidentifier = Deidentifier(
                    "De-identification",
                    stores=[PSEUDONYM_KEY],
                    modalities=["CT", "DX", "US"],
                    controls=[
                        implemented("deid-profile"),
                        verified("private-tag-policy", evidence="Dump of each scanner searched", on="2026-08-20"),
                        absent("clean-pixel"),
                        not_applicable("deface", because="no head is released"),
                    ],
                )
                self.lake = ResearchLake("Research lake", stores=[DEID_IMAGES, LABELS])
                self.annotation = AnnotationTool("Annotation tool", authentication="password")
                self.annotator = Annotator("Annotator")
            with Zone("Laboratory"):
                self.notebook = Notebook("Notebooks", authentication="none", model_format="pickle")
                self.training = TrainingCluster(
                    "Training cluster", trained_on=[DEID_IMAGES, LABELS], model_format="savedmodel", multi_tenant=True
                )
                self.features = FeatureStore("Feature store", stores=[EMBEDDINGS])
                self.experiments = ExperimentTracker("Experiment tracker", model_format="hdf5")
                self.registry = ModelRegistry(
                    "Model registry", model_source="own", stores=[MODEL_WEIGHTS, MODEL_METADATA]
                )
                self.packages = PackageRegistry("Package mirror")
                self.pipeline = BuildPipeline("Build pipeline", controls=[implemented("ci-hardening")])
                self.site = FederatedClient("Federation site", trained_on=[DEID_IMAGES])
                self.scientist = DataScientist("Data scientist")
