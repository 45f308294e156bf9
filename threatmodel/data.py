"""Door: the classes of data that flows carry and components keep, and assets of one's own."""

from __future__ import annotations

from typing import Final

from threatmodel.dsl.assets import DataAsset
from threatmodel.model.vocabulary import DATA_CLASS_BY_ID, DataClass

PHI_PIXEL: Final[DataClass] = DATA_CLASS_BY_ID["phi-pixel"]
RAW_DATA: Final[DataClass] = DATA_CLASS_BY_ID["raw-data"]
DICOM_HEADER: Final[DataClass] = DATA_CLASS_BY_ID["dicom-header"]
BURNED_IN: Final[DataClass] = DATA_CLASS_BY_ID["burned-in"]
DERIVED_IMAGES: Final[DataClass] = DATA_CLASS_BY_ID["derived-images"]
DEID_IMAGES: Final[DataClass] = DATA_CLASS_BY_ID["deid-images"]
PSEUDONYM_KEY: Final[DataClass] = DATA_CLASS_BY_ID["pseudonym-key"]
LABELS: Final[DataClass] = DATA_CLASS_BY_ID["labels"]
EMBEDDINGS: Final[DataClass] = DATA_CLASS_BY_ID["embeddings"]
CLINICAL_CONTEXT: Final[DataClass] = DATA_CLASS_BY_ID["clinical-context"]
IDENTIFIERS: Final[DataClass] = DATA_CLASS_BY_ID["identifiers"]
ORDERS: Final[DataClass] = DATA_CLASS_BY_ID["orders"]
SCHEDULE: Final[DataClass] = DATA_CLASS_BY_ID["schedule"]
MODEL_WEIGHTS: Final[DataClass] = DATA_CLASS_BY_ID["model-weights"]
MODEL_METADATA: Final[DataClass] = DATA_CLASS_BY_ID["model-metadata"]
GRADIENTS: Final[DataClass] = DATA_CLASS_BY_ID["gradients"]
METRICS: Final[DataClass] = DATA_CLASS_BY_ID["metrics"]
PREDICTIONS: Final[DataClass] = DATA_CLASS_BY_ID["predictions"]
AI_RESULTS: Final[DataClass] = DATA_CLASS_BY_ID["ai-results"]
REPORTS: Final[DataClass] = DATA_CLASS_BY_ID["reports"]
GUIDELINES: Final[DataClass] = DATA_CLASS_BY_ID["guidelines"]
PROMPTS: Final[DataClass] = DATA_CLASS_BY_ID["prompts"]
AUDIO: Final[DataClass] = DATA_CLASS_BY_ID["audio"]
ROUTING_RULES: Final[DataClass] = DATA_CLASS_BY_ID["routing-rules"]
DEVICE_CONFIG: Final[DataClass] = DATA_CLASS_BY_ID["device-config"]
CONFIG: Final[DataClass] = DATA_CLASS_BY_ID["config"]
SOFTWARE: Final[DataClass] = DATA_CLASS_BY_ID["software"]
CREDENTIALS: Final[DataClass] = DATA_CLASS_BY_ID["credentials"]
KEYS: Final[DataClass] = DATA_CLASS_BY_ID["keys"]
AUDIT_LOGS: Final[DataClass] = DATA_CLASS_BY_ID["audit-logs"]
NETWORK_METADATA: Final[DataClass] = DATA_CLASS_BY_ID["network-metadata"]
TIME: Final[DataClass] = DATA_CLASS_BY_ID["time"]

__all__ = [
    "AI_RESULTS",
    "AUDIO",
    "AUDIT_LOGS",
    "BURNED_IN",
    "CLINICAL_CONTEXT",
    "CONFIG",
    "CREDENTIALS",
    "DEID_IMAGES",
    "DERIVED_IMAGES",
    "DEVICE_CONFIG",
    "DICOM_HEADER",
    "EMBEDDINGS",
    "GRADIENTS",
    "GUIDELINES",
    "IDENTIFIERS",
    "KEYS",
    "LABELS",
    "METRICS",
    "MODEL_METADATA",
    "MODEL_WEIGHTS",
    "NETWORK_METADATA",
    "ORDERS",
    "PHI_PIXEL",
    "PREDICTIONS",
    "PROMPTS",
    "PSEUDONYM_KEY",
    "RAW_DATA",
    "REPORTS",
    "ROUTING_RULES",
    "SCHEDULE",
    "SOFTWARE",
    "TIME",
    "DataAsset",
    "DataClass",
]
