"""Flows of AI: results on their way to the reader, and models on their way from research to use."""

from ai_platform import AiPlatform
from clinical import ClinicalNetwork
from outside import Outside
from research import ResearchNetwork
from services import HospitalServices

from threatmodel import DataAsset, Model, absent, implemented
from threatmodel.data import (
    AI_RESULTS,
    CLINICAL_CONTEXT,
    CONFIG,
    DEID_IMAGES,
    DICOM_HEADER,
    EMBEDDINGS,
    GRADIENTS,
    GUIDELINES,
    LABELS,
    METRICS,
    MODEL_METADATA,
    MODEL_WEIGHTS,
    ORDERS,
    PHI_PIXEL,
    PREDICTIONS,
    PROMPTS,
    REPORTS,
    ROUTING_RULES,
    SOFTWARE,
)
from threatmodel.protocols import (
    DICOM,
    DICOMWEB,
    FEDERATED,
    FHIR,
    FILE_SHARE,
    GIT_OCI,
    GRPC,
    HTTP_API,
    LLM_API,
    OBJECT_STORE,
    REMOTE_ADMIN,
    SQL,
    UPS_RS,
    USER_INTERFACE,
)


def inference(
    model: Model, ai: AiPlatform, clinical: ClinicalNetwork, hospital: HospitalServices, stroke_ct: DataAsset
) -> None:
    c = clinical
    study = c.router.sends("Study for AI", to=ai.orchestrator, over=DICOM, carries=[stroke_ct, DICOM_HEADER])
    job = ai.orchestrator.sends(
        "Stroke job", to=ai.stroke, over=UPS_RS, carries=[stroke_ct], controls=[implemented("input-scope-check")]
    )
    ai.orchestrator.sends("Mammogram", to=ai.mammography, over=GRPC, carries=[PHI_PIXEL])
    ai.orchestrator.sends("Radiograph", to=ai.appliance, over=DICOM, carries=[PHI_PIXEL])
    ai.appliance.sends("Fracture result", to=ai.results, over=HTTP_API, carries=[PREDICTIONS])
    ai.mammography.sends("Second reading", to=ai.results, over=HTTP_API, carries=[PREDICTIONS])
    result = ai.stroke.sends("Stroke score", to=ai.results, over=HTTP_API, carries=[PREDICTIONS])
    write = ai.writer.pulls("Scores", from_=ai.results, over=SQL, carries=[PREDICTIONS])
    file = ai.writer.sends(
        "Result as DICOM", to=c.pacs, over=DICOMWEB, carries=[AI_RESULTS], controls=[absent("dicom-sign")]
    )
    rank = ai.priority.pulls("Scores to rank", from_=ai.results, over=SQL, carries=[PREDICTIONS, ORDERS])
    order = ai.priority.sends("Reading order", to=c.ris, over=HTTP_API, carries=[PREDICTIONS])
    model.scenario(
        "Stroke AI in a minute", steps=[study, job, result, write, file, rank, order], clinical_state="emergency"
    )
    ai.priority.sends("Stroke alert", to=hospital.phone, over=HTTP_API, carries=[PREDICTIONS], medium="wifi")
    ai.monitor.pulls("Scores and reports", from_=ai.results, over=SQL, carries=[PREDICTIONS, REPORTS])


def language_models(ai: AiPlatform, clinical: ClinicalNetwork, hospital: HospitalServices, outside: Outside) -> None:
    c = clinical
    ai.drafter.pulls("Earlier reports", from_=c.fhir, over=FHIR, carries=[REPORTS, CLINICAL_CONTEXT])
    ai.drafter.pulls("Guidelines", from_=ai.index, over=LLM_API, carries=[GUIDELINES])
    ai.drafter.sends("Draft", to=c.ris, over=HTTP_API, carries=[REPORTS])
    c.radiologist.sends("Question", to=ai.agent, over=USER_INTERFACE, carries=[PROMPTS], both_ways=True)
    outside.messaging.sends(
        "Question of a patient", to=hospital.chat, over=HTTP_API, carries=[PROMPTS], encryption="tls", both_ways=True
    )
    ai.agent.sends("Proposed appointment", to=c.ris, over=LLM_API, carries=[ORDERS])


def suppliers(ai: AiPlatform, clinical: ClinicalNetwork, outside: Outside) -> None:
    o = outside
    clinical.router.sends(
        "Chest CT", to=o.cloud_ai, over=DICOMWEB, carries=[PHI_PIXEL], encryption="tls", both_ways=True
    )
    o.development.sends("New model", to=o.updates, over=GIT_OCI, carries=[MODEL_WEIGHTS, SOFTWARE])
    ai.appliance.pulls("Update", from_=o.updates, over=HTTP_API, carries=[SOFTWARE, MODEL_WEIGHTS], frequency="monthly")
    o.engineer.sends("Session", to=o.support, over=USER_INTERFACE, carries=[CONFIG])
    o.support.sends(
        "Maintenance", to=ai.appliance, over=REMOTE_ADMIN, carries=[CONFIG], authentication="shared-account"
    )


def research(lab: ResearchNetwork, clinical: ClinicalNetwork, hospital: HospitalServices, outside: Outside) -> None:
    o = outside
    lab.deidentifier.pulls("Cohort", from_=clinical.vna, over=DICOM, carries=[PHI_PIXEL, DICOM_HEADER])
    lab.deidentifier.sends("Released images", to=lab.lake, over=OBJECT_STORE, carries=[DEID_IMAGES])
    lab.training.pulls("Public images", from_=o.dataset, over=HTTP_API, carries=[DEID_IMAGES, LABELS])
    lab.annotation.pulls("Images to label", from_=lab.lake, over=HTTP_API, carries=[DEID_IMAGES])
    lab.annotator.sends("Outlines", to=lab.annotation, over=USER_INTERFACE, carries=[LABELS])
    lab.annotation.sends("Labels", to=lab.lake, over=HTTP_API, carries=[LABELS])
    lab.training.pulls("Training set", from_=lab.lake, over=FILE_SHARE, carries=[DEID_IMAGES, LABELS])
    lab.training.sends("Embeddings", to=lab.features, over=SQL, carries=[EMBEDDINGS])
    lab.training.sends("Runs", to=lab.experiments, over=HTTP_API, carries=[METRICS, MODEL_WEIGHTS])
    lab.scientist.sends("Code", to=lab.notebook, over=USER_INTERFACE, carries=[SOFTWARE])
    lab.notebook.pulls("Shared files", from_=hospital.share, over=FILE_SHARE, carries=[LABELS])
    # An export past the de-identification, as one finds it in real hospitals.
    lab.notebook.pulls("Quick export", from_=clinical.pacs, over=DICOM, carries=[PHI_PIXEL])
    lab.notebook.sends("Burst to the cloud", to=o.cloud, over=OBJECT_STORE, carries=[DEID_IMAGES], encryption="tls")
    lab.notebook.pulls("Foundation model", from_=o.hub, over=GIT_OCI, carries=[MODEL_WEIGHTS])


def release(model: Model, lab: ResearchNetwork, ai: AiPlatform, outside: Outside) -> None:
    publish = lab.training.sends(
        "Candidate", to=lab.registry, over=OBJECT_STORE, carries=[MODEL_WEIGHTS, MODEL_METADATA]
    )
    lab.pipeline.pulls("Libraries", from_=lab.packages, over=GIT_OCI, carries=[SOFTWARE])
    lab.pipeline.pulls("Released model", from_=lab.registry, over=OBJECT_STORE, carries=[MODEL_WEIGHTS])
    deploy = ai.stroke.pulls("Model to run", from_=lab.registry, over=OBJECT_STORE, carries=[MODEL_WEIGHTS])
    model.scenario("A model goes live", steps=[publish, deploy])
    lab.pipeline.sends("Container image", to=ai.cluster, over=GIT_OCI, carries=[SOFTWARE, ROUTING_RULES])
    lab.site.pulls("Cohort for the federation", from_=lab.lake, over=FILE_SHARE, carries=[DEID_IMAGES])
    lab.site.sends("Update of the site", to=outside.federation, over=FEDERATED, carries=[GRADIENTS], both_ways=True)
