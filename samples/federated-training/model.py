"""Three hospitals train one model for brain metastases together; no image is meant to leave a hospital."""

from threatmodel import DataAsset, Model, Zone, absent, declared, implemented, planned, verified
from threatmodel.data import (
    AI_RESULTS,
    CONFIG,
    CREDENTIALS,
    DEID_IMAGES,
    DICOM_HEADER,
    GRADIENTS,
    IDENTIFIERS,
    KEYS,
    LABELS,
    METRICS,
    MODEL_METADATA,
    MODEL_WEIGHTS,
    PHI_PIXEL,
    PREDICTIONS,
    PSEUDONYM_KEY,
    REPORTS,
    SOFTWARE,
)
from threatmodel.imaging import (
    AnnotationTool,
    Annotator,
    BuildPipeline,
    Database,
    DataScientist,
    Deidentifier,
    ExperimentTracker,
    FederatedAggregator,
    FederatedClient,
    InferenceServer,
    ModelHub,
    ModelRegistry,
    Notebook,
    PackageRegistry,
    Pacs,
    PerformanceMonitor,
    Radiologist,
    ResearchLake,
    Ris,
    SecretsManager,
    Viewer,
)
from threatmodel.protocols import (
    DICOM,
    DICOM_TLS,
    DICOMWEB,
    FEDERATED,
    GIT_OCI,
    HL7V2,
    HTTP_API,
    OBJECT_STORE,
    SQL,
    USER_INTERFACE,
)


class Hospital:
    """One member of the federation: archive, de-identification, key, lake, labels, client."""

    def __init__(self, name: str, mri: DataAsset, *, region: str, key_apart: bool, private: bool) -> None:
        self.zone = Zone(f"{name} hospital", exposure="internal", operator="hospital", region=region)
        with self.zone:
            self.pacs = Pacs(f"{name} PACS", modalities=["MR", "CT"], body_parts=["HEAD"])
            if key_apart:  # with the trust office of the hospital
                self.key = Database(
                    f"{name} pseudonym key",
                    stores=[PSEUDONYM_KEY],
                    controls=[implemented("pseudonym-key-separation"), implemented("encrypt-at-rest")],
                )
            with Zone(f"{name} research", operator="research"):
                self.deid = Deidentifier(
                    f"{name} de-identification",
                    modalities=["MR"],
                    body_parts=["HEAD"],
                    controls=[
                        implemented("deid-profile"),
                        implemented("uid-date-remap"),
                        planned("deface", by="Consortium office"),
                    ],
                )
                if not key_apart:  # with those who use the data
                    self.key = Database(
                        f"{name} pseudonym key", stores=[PSEUDONYM_KEY], controls=[absent("pseudonym-key-separation")]
                    )
                self.lake = ResearchLake(f"{name} research lake", stores=[DEID_IMAGES, LABELS])
                self.annotation = AnnotationTool(f"{name} annotation", authentication="password")
                self.annotator = Annotator(f"{name} annotator")
                self.client = FederatedClient(
                    f"{name} federated client",
                    model_format="pickle",
                    trained_on=[DEID_IMAGES, LABELS],
                    controls=[implemented("dp-training")] if private else [],
                )
        self.prepare(mri)

    def prepare(self, mri: DataAsset) -> None:
        """From the archive to a labelled training set."""
        self.deid.pulls("Cohort", from_=self.pacs, over=DICOM, carries=[mri, DICOM_HEADER])
        self.deid.sends("Pseudonyms", to=self.key, over=SQL, carries=[PSEUDONYM_KEY], both_ways=True)
        self.release = self.deid.sends("Released cohort", to=self.lake, over=OBJECT_STORE, carries=[DEID_IMAGES])
        self.annotation.pulls("Images to label", from_=self.lake, over=HTTP_API, carries=[DEID_IMAGES])
        self.annotator.sends("Outlines", to=self.annotation, over=USER_INTERFACE, carries=[LABELS])
        self.labels = self.annotation.sends("Labels", to=self.lake, over=HTTP_API, carries=[LABELS])
        self.cohort = self.client.pulls(
            "Training set", from_=self.lake, over=OBJECT_STORE, carries=[DEID_IMAGES, LABELS]
        )


with Model(
    "Federated training",
    version="0.9",
    owner="Consortium office",
    jurisdictions=["FR", "BE", "DE", "EU"],
    intended_use="Outlines brain metastases on MRI for planning of radiosurgery; every outline is checked by a reader",
    controls=[implemented("dpia", by="Data-protection officers of the three hospitals")],
) as model:
    model.assume("No member looks for patients in what the others send", owner="Consortium agreement, article 7")
    model.assume("Local networks of the members may be hostile to each other", review_by="2027-03-31")

    mri = DataAsset("Brain MRI", is_a=PHI_PIXEL, patients="many")

    # -- the three hospitals -----------------------------------------------------------------------------------------

    north = Hospital("North", mri, region="FR", key_apart=True, private=False)
    east = Hospital("East", mri, region="BE", key_apart=True, private=False)
    south = Hospital("South", mri, region="DE", key_apart=False, private=True)
    hospitals = (north, east, south)
    with north.zone:
        inference = InferenceServer(
            "Metastasis outlines",
            model_source="own",
            model_format="torchscript",
            trained_on=[DEID_IMAGES, LABELS],
            controls=[verified("model-validate", evidence="120 cases of each hospital, 2026-06"), absent("model-sign")],
        )
        monitor = PerformanceMonitor("Quality monitor")
        ris = Ris("North RIS")
        with Zone("North reading room", physical_access="staff"):
            viewer = Viewer("Reading station", authentication="federated")
            radiologist = Radiologist("Radiologist", controls=[declared("awareness-training", by="Head of radiology")])
    east.pacs.sends(
        "Urgent cohort export",
        to=east.lake,
        over=DICOM,
        carries=[mri, DICOM_HEADER],
        frequency="when a deadline is near",
    )

    # -- the consortium and its university ---------------------------------------------------------------------------

    with Zone(
        "Consortium servers",
        exposure="partner",
        operator="research",
        region="NL",
        controls=[implemented("segmentation")],
    ):
        aggregator = FederatedAggregator(
            "Aggregator",
            model_format="pickle",
            controls=[planned("secagg"), implemented("fl-admission"), absent("robust-aggregation")],
        )
        registry = ModelRegistry(
            "Model registry",
            model_source="own",
            stores=[MODEL_WEIGHTS, MODEL_METADATA],
            controls=[planned("model-sign", by="Release manager")],
        )
        tracker = ExperimentTracker("Experiment tracker", authentication="none", stores=[METRICS, CONFIG])
        secrets = SecretsManager("Secrets manager", stores=[CREDENTIALS, KEYS], controls=[implemented("audit-atna")])

    with Zone("University laboratory", exposure="partner", operator="research", region="NL"):
        scientist = DataScientist("Data scientist")
        notebook = Notebook("Workbench", authentication="password", model_format="pickle")
        pipeline = BuildPipeline("Build pipeline", controls=[implemented("ci-hardening"), absent("dependency-pinning")])
        containers = PackageRegistry("Container registry")

    with Zone("Public internet", exposure="internet"):
        hub = ModelHub("Public model hub")
        packages = PackageRegistry("Public package index", operator="cloud")

    # From code and a model found on the internet to what runs in the hospitals.
    scientist.sends("Code", to=notebook, over=USER_INTERFACE, carries=[SOFTWARE])
    foundation = notebook.pulls("Foundation model", from_=hub, over=GIT_OCI, carries=[MODEL_WEIGHTS], encryption="tls")
    notebook.pulls("Libraries", from_=packages, over=GIT_OCI, carries=[SOFTWARE], encryption="tls")
    start = notebook.sends("Starting model", to=registry, over=OBJECT_STORE, carries=[MODEL_WEIGHTS])
    notebook.sends("Training code", to=pipeline, over=GIT_OCI, carries=[SOFTWARE, CONFIG])
    pipeline.pulls("Dependencies", from_=packages, over=GIT_OCI, carries=[SOFTWARE], encryption="tls")
    pipeline.pulls("Publishing keys", from_=secrets, over=HTTP_API, carries=[CREDENTIALS, KEYS], encryption="tls")
    pipeline.sends("Client image", to=containers, over=GIT_OCI, carries=[SOFTWARE], encryption="tls")

    # -- a round -----------------------------------------------------------------------------------------------------

    aggregator.pulls("Node certificates", from_=secrets, over=HTTP_API, carries=[KEYS], encryption="tls")
    begin = aggregator.pulls("Starting model", from_=registry, over=OBJECT_STORE, carries=[MODEL_WEIGHTS])
    rounds = []
    for site in hospitals:
        site.client.pulls("Client image", from_=containers, over=GIT_OCI, carries=[SOFTWARE], encryption="tls")
        rounds += [
            site.client.pulls(
                "Global model",
                from_=aggregator,
                over=FEDERATED,
                carries=[MODEL_WEIGHTS],
                encryption="vpn" if site is east else "mtls",
            ),
            site.cohort,
            site.client.sends(
                "Local update",
                to=aggregator,
                over=FEDERATED,
                carries=[GRADIENTS, METRICS],
                encryption="vpn" if site is east else "mtls",
            ),
        ]
    aggregator.sends("Curves", to=tracker, over=HTTP_API, carries=[METRICS], encryption="none")
    notebook.pulls("Curves", from_=tracker, over=HTTP_API, carries=[METRICS], encryption="none")
    notebook.sends("Charts", to=scientist, over=USER_INTERFACE, carries=[METRICS])
    candidate = aggregator.sends("Candidate", to=registry, over=OBJECT_STORE, carries=[MODEL_WEIGHTS, MODEL_METADATA])

    # -- back to the patients of the North hospital --------------------------------------------------------------------

    fetch = pipeline.pulls("Released model", from_=registry, over=OBJECT_STORE, carries=[MODEL_WEIGHTS])
    deploy = pipeline.sends("Deployment", to=inference, over=GIT_OCI, carries=[SOFTWARE, MODEL_WEIGHTS])
    study = inference.pulls("Study", from_=north.pacs, over=DICOMWEB, carries=[mri, DICOM_HEADER], encryption="tls")
    outline = inference.sends(
        "Outlines of the model",
        to=north.pacs,
        over=DICOM_TLS,
        carries=[AI_RESULTS],
        controls=[implemented("result-binding")],
    )
    images = viewer.pulls(
        "Images and outlines", from_=north.pacs, over=DICOMWEB, carries=[mri, DICOM_HEADER, AI_RESULTS]
    )
    screen = viewer.sends("Screen", to=radiologist, over=USER_INTERFACE, carries=[mri, AI_RESULTS])
    report = radiologist.sends("Report", to=ris, over=USER_INTERFACE, carries=[REPORTS])
    ris.sends("Report for the archive", to=north.pacs, over=HL7V2, carries=[REPORTS, IDENTIFIERS], encryption="none")
    monitor.pulls("Scores", from_=inference, over=HTTP_API, carries=[PREDICTIONS])
    monitor.pulls("Reports to compare", from_=ris, over=HTTP_API, carries=[REPORTS])
    monitor.sends("Drift report", to=scientist, over=HTTP_API, carries=[METRICS], frequency="monthly")

    # What readers correct becomes ground truth of the next version.
    correct = [
        radiologist.sends("Corrected outlines", to=viewer, over=USER_INTERFACE, carries=[LABELS]),
        viewer.sends("Reader corrections", to=north.deid, over=DICOM, carries=[LABELS, DICOM_HEADER]),
        north.deid.sends(
            "Corrections without names",
            to=north.annotation,
            over=HTTP_API,
            carries=[LABELS],
            controls=[planned("feedback-gate", by="Study lead")],
        ),
        north.labels,
    ]

    # -- use cases ---------------------------------------------------------------------------------------------------

    model.scenario("A round of training", steps=[foundation, start, begin, *rounds, candidate])
    model.scenario("A model goes live", steps=[candidate, fetch, deploy])
    model.scenario("Reading with the model", steps=[study, outline, images, screen, report], clinical_state="routine")
    model.scenario("Corrections flow back", steps=[screen, *correct, north.cohort])
