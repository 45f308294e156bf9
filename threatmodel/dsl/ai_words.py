"""The words for what makes, trains, delivers and runs models."""

from __future__ import annotations

from typing import ClassVar

from threatmodel.dsl.handles import Component
from threatmodel.dsl.word_bases import AgentWord, ImagingModelWord, ImagingWord, ModelWord


class Deidentifier(ImagingWord):
    """De-identification service."""

    kind: ClassVar[str] = "deid"


class ResearchLake(ImagingWord):
    """Research data lake or warehouse."""

    kind: ClassVar[str] = "research-lake"


class PublicDataset(ImagingWord):
    """Public or purchased data set."""

    kind: ClassVar[str] = "public-dataset"


class AnnotationTool(ImagingWord):
    """Annotation tool, outsourced labelling included."""

    kind: ClassVar[str] = "annotation"


class TrainingCluster(ImagingModelWord):
    """Training cluster."""

    kind: ClassVar[str] = "training"


class Notebook(ImagingModelWord):
    """Notebook server or data-science workbench."""

    kind: ClassVar[str] = "notebook"


class FeatureStore(ImagingWord):
    """Store of features or embeddings."""

    kind: ClassVar[str] = "feature-store"


class ExperimentTracker(ImagingModelWord):
    """Experiment tracker."""

    kind: ClassVar[str] = "experiment"


class ModelRegistry(ModelWord):
    """Registry of trained models."""

    kind: ClassVar[str] = "model-registry"


class ModelHub(ModelWord):
    """External hub of models, source of foundation models."""

    kind: ClassVar[str] = "model-hub"


class PackageRegistry(Component):
    """Package and container registry."""

    kind: ClassVar[str] = "pkg-repo"


class BuildPipeline(Component):
    """Build pipeline (CI/CD)."""

    kind: ClassVar[str] = "cicd"


class VendorDevelopment(ModelWord):
    """AI vendor's development environment."""

    kind: ClassVar[str] = "dev-vendor"


class InferenceServer(ImagingModelWord):
    """Inference server, whoever runs it."""

    kind: ClassVar[str] = "inference"


class EdgeAppliance(ImagingModelWord):
    """Vendor's AI appliance inside the hospital."""

    kind: ClassVar[str] = "edge-ai"


class AiOrchestrator(ImagingWord):
    """AI orchestrator or marketplace platform."""

    kind: ClassVar[str] = "orchestrator"


class CloudAiService(ImagingModelWord):
    """Vendor's AI service in the cloud, seen as one outside body."""

    kind: ClassVar[str] = "cloud-ai"


class ResultAggregator(Component):
    """Database of AI results."""

    kind: ClassVar[str] = "aggregator"


class ResultWriter(ImagingWord):
    """Writer of AI results as DICOM objects (SR, SEG, GSPS, secondary captures)."""

    kind: ClassVar[str] = "sr-gen"


class WorklistPrioritiser(Component):
    """Worklist prioritiser and alert service."""

    kind: ClassVar[str] = "triage"


class PerformanceMonitor(Component):
    """Monitor of model performance and drift."""

    kind: ClassVar[str] = "monitor"


class ReportDrafter(ModelWord):
    """Language or vision-language model that drafts reports."""

    kind: ClassVar[str] = "llm-report"


class RetrievalIndex(Component):
    """Retrieval index of guidelines and earlier reports."""

    kind: ClassVar[str] = "rag"


class AiAgent(AgentWord):
    """AI agent with tools: queries, orders, messages."""

    kind: ClassVar[str] = "agent"


class FederatedAggregator(ModelWord):
    """Aggregator of federated learning."""

    kind: ClassVar[str] = "fl-server"


class FederatedClient(ImagingModelWord):
    """Site client of federated learning."""

    kind: ClassVar[str] = "fl-client"
