"""Kinds that make, train, deliver and run models."""

from __future__ import annotations

from threatmodel.model.kind import Kind, row

AI_KINDS: tuple[Kind, ...] = (
    row(
        "deid",
        "De-identification service",
        "process",
        "deidentifies parses-dicom research-data serves-network",
        "phi-pixel dicom-header deid-images pseudonym-key",
    ),
    row(
        "research-lake",
        "Research data lake",
        "store",
        "research-data stores-images serves-network",
        "deid-images labels clinical-context",
    ),
    row(
        "public-dataset",
        "Public or purchased data set",
        "external",
        "external-party research-data public-source",
        "deid-images labels",
        "fleet",
    ),
    row(
        "annotation",
        "Annotation tool",
        "process",
        "annotates research-data web-interface serves-network",
        "deid-images labels",
    ),
    row(
        "training",
        "Training cluster",
        "process",
        "trains-models holds-models research-data runs-user-code parses-files",
        "deid-images labels model-weights gradients",
    ),
    row(
        "notebook",
        "Data-science workbench",
        "process",
        "research-data runs-user-code holds-models web-interface parses-files serves-network",
        "deid-images model-weights credentials",
    ),
    row(
        "feature-store",
        "Feature or embedding store",
        "store",
        "research-data serves-network",
        "embeddings clinical-context",
    ),
    row(
        "experiment",
        "Experiment tracker",
        "store",
        "research-data holds-models web-interface serves-network",
        "metrics model-weights config",
    ),
    row("model-registry", "Model registry", "store", "holds-models serves-network", "model-weights model-metadata"),
    row(
        "model-hub",
        "External model hub",
        "external",
        "external-party holds-models public-source",
        "model-weights",
        "fleet",
    ),
    row("pkg-repo", "Package and container registry", "store", "builds-software serves-network", "software"),
    row(
        "cicd",
        "Build pipeline",
        "process",
        "builds-software runs-user-code serves-network",
        "software config credentials",
    ),
    row(
        "dev-vendor",
        "Vendor's development environment",
        "external",
        "external-party builds-software trains-models holds-models",
        "model-weights software deid-images",
        "fleet",
    ),
    row(
        "inference",
        "Inference server",
        "process",
        "runs-model holds-models parses-dicom issues-ai-results serves-network",
        "phi-pixel predictions model-weights",
    ),
    row(
        "edge-ai",
        "On-site AI appliance",
        "process",
        "runs-model holds-models parses-dicom issues-ai-results embedded-device serves-network",
        "phi-pixel predictions model-weights",
    ),
    row(
        "orchestrator",
        "AI orchestrator",
        "process",
        "routes-studies parses-dicom issues-ai-results serves-network hosts-workloads",
        "phi-pixel routing-rules predictions",
    ),
    row(
        "cloud-ai",
        "Cloud AI service",
        "external",
        "external-party runs-model holds-models parses-dicom issues-ai-results serves-network",
        "phi-pixel predictions",
        "fleet",
    ),
    row("aggregator", "AI result database", "store", "stores-patient-data serves-network", "predictions ai-results"),
    row(
        "sr-gen", "Result writer (SR, SEG, GSPS)", "process", "issues-ai-results parses-dicom", "ai-results predictions"
    ),
    row(
        "triage",
        "Worklist prioritiser and alerts",
        "process",
        "acted-upon prioritises clinical-path serves-network",
        "predictions orders",
    ),
    row(
        "monitor", "Model performance monitor", "process", "serves-network web-interface", "predictions metrics reports"
    ),
    row(
        "llm-report",
        "Report-drafting language model",
        "process",
        "runs-model generates-text issues-ai-results serves-network",
        "reports phi-pixel prompts clinical-context",
    ),
    row("rag", "Retrieval index", "store", "retrieves-text serves-network", "reports embeddings guidelines"),
    row(
        "agent",
        "AI agent with tools",
        "process",
        "acts-on-own generates-text runs-model serves-network",
        "prompts credentials reports",
    ),
    row(
        "fl-server",
        "Federated-learning aggregator",
        "process",
        "federates trains-models holds-models serves-network",
        "gradients model-weights",
        "fleet",
    ),
    row(
        "fl-client",
        "Federated-learning site client",
        "process",
        "federates trains-models holds-models research-data runs-user-code",
        "deid-images gradients model-weights",
    ),
)
