"""The hospital's AI platform: what runs models for care, from pixels to drafted text."""

from typing import ClassVar

from threatmodel import Zone, absent, declared, implemented, not_applicable, planned
from threatmodel.data import DEID_IMAGES, GUIDELINES, LABELS, MODEL_WEIGHTS, PHI_PIXEL, REPORTS
from threatmodel.imaging import (
    AiAgent,
    AiOrchestrator,
    ContainerPlatform,
    EdgeAppliance,
    InferenceServer,
    PerformanceMonitor,
    ReportDrafter,
    ResultAggregator,
    ResultWriter,
    RetrievalIndex,
    WorklistPrioritiser,
)


class MammographyCad(InferenceServer):
    """A kind of one's own by subclass: threats on inference servers hold for it, and it keeps a name of its own."""

    kind: ClassVar[str] = "mammography-cad"


class AiPlatform:
    def __init__(self) -> None:
        with Zone("AI platform", controls=[implemented("egress-filter")]):
            self.cluster = ContainerPlatform("Container cluster", controls=[implemented("container-hardening")])
            self.images()
            self.text()

    def images(self) -> None:
        self.orchestrator = AiOrchestrator("AI orchestrator", runs_on=self.cluster, lifecycle="active")
        self.stroke = InferenceServer(
            "Stroke detection",
            runs_on=self.cluster,  # shares the fate of its host
            model_source="own",
            model_format="onnx",
            trained_on=[DEID_IMAGES, LABELS],
            clinical="emergency",
            pinned=True,
            body_parts=["HEAD"],
            controls=[
                declared("model-sign", by="AI lead"),
                not_applicable("watermark", because="never leaves the hospital"),
            ],
        )
        self.mammography = MammographyCad(
            "Mammography second reader",
            runs_on=self.cluster,
            model_source="vendor",
            model_format="torchscript",
            pinned=False,
        )
        self.appliance = EdgeAppliance(
            "Fracture appliance",
            operator="vendor",
            model_source="vendor",
            learns_in_use=True,
            stores=[PHI_PIXEL, MODEL_WEIGHTS],
            default_credentials=True,
            controls=[absent("deface")],
        )
        self.results = ResultAggregator("AI result database", runs_on=self.cluster)
        self.writer = ResultWriter("Result writer", runs_on=self.cluster, controls=[implemented("result-binding")])
        self.priority = WorklistPrioritiser("Reading priority", runs_on=self.cluster, controls=[planned("queue-floor")])
        self.monitor = PerformanceMonitor("AI quality monitor", runs_on=self.cluster)

    def text(self) -> None:
        self.drafter = ReportDrafter(
            "Report drafts", model_source="hub", model_format="safetensors", multi_tenant=False
        )
        self.index = RetrievalIndex("Guideline index", stores=[GUIDELINES, REPORTS])
        self.agent = AiAgent(
            "Scheduling assistant",
            model_source="vendor",
            tools=["read worklist", "propose appointment"],
            can_write=True,
            lifecycle="planned",
            controls=[planned("hitl-action")],
        )
