"""A hospital and a company make a mammography AI together: images go out, a model comes back, and others buy it."""

from threatmodel import (
    DataAsset,
    Model,
    Zone,
    absent,
    declared,
    implemented,
    not_applicable,
    planned,
    protocols,
    verified,
)
from threatmodel.data import (
    AUDIO,
    CLINICAL_CONTEXT,
    DEID_IMAGES,
    DEVICE_CONFIG,
    DICOM_HEADER,
    IDENTIFIERS,
    LABELS,
    METRICS,
    MODEL_METADATA,
    MODEL_WEIGHTS,
    ORDERS,
    PHI_PIXEL,
    PREDICTIONS,
    PSEUDONYM_KEY,
    REPORTS,
    SOFTWARE,
)
from threatmodel.imaging import (
    AnnotationTool,
    Annotator,
    Database,
    DataScientist,
    Deidentifier,
    DeviceController,
    DicomWebGateway,
    External,
    InferenceServer,
    Messaging,
    MobileDevice,
    Modality,
    ModelHub,
    ModelRegistry,
    Notebook,
    Pacs,
    Patient,
    Person,
    PublicDataset,
    Radiographer,
    Radiologist,
    ReportDrafter,
    ResearchLake,
    ReverseProxy,
    Ris,
    TrainingCluster,
    VendorDevelopment,
    Viewer,
)
from threatmodel.protocols import (
    CHAT_MAIL,
    DICOM,
    DICOMWEB,
    GIT_OCI,
    HL7V2,
    HTTP_API,
    MEDIA,
    OBJECT_STORE,
    SQL,
    USER_INTERFACE,
)

with Model(
    "Data partnership",
    version="1.2",
    owner="Partnership office",
    jurisdictions=["ES", "EU"],
    intended_use="Marks suspected cancers on mammograms and scores each breast; a radiologist reads every study",
    controls=[implemented("dpia", by="Data-protection officer of the hospital")],
) as model:
    model.assume("The company looks for no patient in what it receives", owner="Agreement, article 5")
    model.assume("Only a minority of patients object; the list is current", owner="Data office", review_by="2027-02-28")
    model.assume("Outside clinics use whatever messenger they have", owner="Head of breast imaging")

    mammograms = DataAsset("Mammograms", is_a=PHI_PIXEL, patients="many")
    cohort = DataAsset("De-identified mammograms", is_a=DEID_IMAGES, patients="many")
    texts = DataAsset(
        "Report texts", is_a=REPORTS, patients="many", note="Findings and conclusion, cut out of the report by a script"
    )
    outside_study = DataAsset(
        "Outside study", is_a=PHI_PIXEL, patients="one", note="A ZIP, as other clinics hand it out"
    )
    key_images = DataAsset("Key images", is_a=PHI_PIXEL, patients="one", note="Also photographs of a screen")
    synthetic = DataAsset("Synthetic mammograms", is_a=DEID_IMAGES, note="20,000 pictures of breasts that nobody has")

    # -- the hospital ------------------------------------------------------------------------------------------------

    with Zone("Hospital", exposure="internal", operator="hospital", region="ES"):
        pacs = Pacs(
            "PACS",
            modalities=["MG"],
            body_parts=["BREAST"],
            os_supported=True,
            default_credentials=False,
            controls=[
                implemented("audit-atna"),
                implemented("rbac-least-priv"),
                implemented("encrypt-at-rest"),
                implemented("ha-failover"),
                implemented("backup-immutable"),
                absent("rate-limit"),
            ],
        )
        ris = Ris("RIS", authentication="federated")
        reading_aid = InferenceServer(
            "Reading aid",
            model_source="vendor",
            model_format="onnx",
            trained_on=[cohort, texts, LABELS, synthetic],
            learns_in_use=False,
            pinned=True,
            controls=[
                verified("model-validate", evidence="1,200 local cases by density and age, 2026-05", on="2026-05-18"),
                declared("model-sign", by="Company"),
            ],
            note="Opens a window of its own on the reading station; stores nothing in the PACS yet",
        )
        assistant = ReportDrafter(
            "Key-image assistant",
            model_source="hub",
            model_format="safetensors",
            learns_in_use=False,
            controls=[absent("prompt-guard")],
            note="A vision-language model with open weights, set up by the department in an afternoon",
        )
        with Zone("Breast imaging rooms", physical_access="staff", controls=[absent("segmentation")]):
            mammo = Modality("Mammography unit", modalities=["MG"], body_parts=["BREAST"])
            injector = DeviceController("Contrast injector", note="For contrast-enhanced mammography")
            radiographer = Radiographer("Radiographer")
        with Zone(
            "Reading room",
            physical_access="staff",
            controls=[planned("awareness-training", by="Head of breast imaging")],
        ):
            viewer = Viewer("Reading station", authentication="federated", controls=[implemented("session-lock")])
            radiologist = Radiologist("Radiologist")
            phone = MobileDevice("Duty phone", portable=True, authentication="shared-account")
        with Zone("Hospital research", controls=[implemented("segmentation")]):
            manager = Person("Data manager")
            deid = Deidentifier(
                "De-identification",
                modalities=["MG"],
                body_parts=["BREAST"],
                controls=[
                    verified("deid-profile", evidence="Headers of 300 studies compared, 2026-04", on="2026-04-09"),
                    implemented("private-tag-policy"),
                    implemented("uid-date-remap"),
                    implemented("consent-governance", by="Data office"),
                    planned("free-text-deid", by="Data office"),
                    not_applicable("deface", because="mammograms show no face"),
                ],
            )
            key = Database(
                "Pseudonym key",
                stores=[PSEUDONYM_KEY],
                controls=[implemented("pseudonym-key-separation"), implemented("encrypt-at-rest")],
            )
            release = ResearchLake("Release area", stores=[cohort, texts], controls=[implemented("audit-atna")])
        with Zone("Front zone", exposure="partner", controls=[implemented("segmentation")]):
            gateway = DicomWebGateway(
                "Upload gateway",
                authentication="password",
                note="Takes the ZIP of a study from everybody who got a link and its code",
            )

    # -- the company -------------------------------------------------------------------------------------------------

    with Zone(
        "Company development",
        exposure="internet",
        operator="vendor",
        region="IE",
        controls=[declared("encrypt-at-rest", by="Company"), declared("cloud-posture", by="Company")],
    ):
        store = ResearchLake(
            "Development store",
            stores=[cohort, texts, LABELS, synthetic],
            controls=[
                verified(
                    "dua", evidence="Agreement 2025-11, signed by both; forbids looking for patients", on="2026-01-15"
                ),
                declared("data-versioning-immutable", by="Company"),
            ],
        )
        annotation = AnnotationTool(
            "Annotation tool", authentication="password", controls=[absent("data-minimisation")]
        )
        scientist = DataScientist("Data scientist")
        workbench = Notebook("Workbench", authentication="federated")
        cluster = TrainingCluster(
            "Training cluster", trained_on=[cohort, texts, LABELS, synthetic], controls=[absent("dp-training")]
        )
        generator = TrainingCluster(
            "Image generator",
            trained_on=[cohort],
            controls=[planned("memorisation-test", by="Company"), absent("dp-training")],
        )
        registry = ModelRegistry(
            "Model registry",
            model_source="own",
            stores=[MODEL_WEIGHTS, MODEL_METADATA],
            controls=[declared("model-access-control", by="Company"), declared("model-sign", by="Company")],
        )

    with Zone("Company service", exposure="internet", operator="vendor", region="IE"):
        front = ReverseProxy("Service front", authentication="certificate", controls=[implemented("ddos-protect")])
        service = InferenceServer(
            "Screening service",
            model_source="own",
            model_format="onnx",
            trained_on=[cohort, texts, LABELS, synthetic],
            learns_in_use=False,
            multi_tenant=True,
            serves="fleet",
            controls=[
                declared("rate-limit", by="Company"),
                declared("workload-isolation", by="Company"),
                declared("model-sign", by="Company"),
                declared("inference-log", by="Company"),
                absent("query-monitor"),
            ],
        )

    # -- everybody else ----------------------------------------------------------------------------------------------

    with Zone("Annotation contractor", exposure="internet", operator="vendor", region="PH"):
        annotators = Annotator("Annotators", note="Forty people, many of them at home")

    with Zone("Outside", exposure="internet"):
        clinic = External("Outside clinics", operator="hospital")
        patient = Patient("Patient")
        messenger = Messaging("Messenger", operator="cloud")
        hub = ModelHub("Public model hub", operator="cloud")
        repository = PublicDataset("Open repository", operator="research", controls=[absent("dua")])
        maker = VendorDevelopment("Scanner maker", operator="vendor", region="JP", controls=[absent("dua")])
        customers = External("Customer clinics", operator="hospital")

    # -- an examination, with contrast -------------------------------------------------------------------------------

    worklist = mammo.pulls("Worklist", from_=ris, over=DICOM, carries=[ORDERS])
    choice = radiographer.sends("Choice of patient", to=mammo, over=USER_INTERFACE, carries=[IDENTIFIERS])
    inject = mammo.sends(
        "Start of injection",
        to=injector,
        over=HTTP_API,
        carries=[DEVICE_CONFIG],
        encryption="none",
        both_ways=True,
        purpose="volume, flow rate and start; the injector answers with its state",
    )
    scan = mammo.sends("Mammograms", to=pacs, over=DICOM, carries=[mammograms, DICOM_HEADER])

    # -- reading: two programs on one desk ---------------------------------------------------------------------------

    images = viewer.pulls("Images to read", from_=pacs, over=DICOMWEB, carries=[mammograms], encryption="tls")
    screen = viewer.sends("Screen", to=radiologist, over=USER_INTERFACE, carries=[mammograms])
    study = pacs.sends("Study for analysis", to=reading_aid, over=DICOM, carries=[mammograms, DICOM_HEADER])
    window = reading_aid.sends("Window of the AI", to=radiologist, over=USER_INTERFACE, carries=[PREDICTIONS])
    report = radiologist.sends("Report", to=ris, over=USER_INTERFACE, carries=[REPORTS], authentication="federated")

    # -- what comes from outside: ZIPs, key images, messages, calls --------------------------------------------------

    own_zip = patient.sends(
        "Own earlier study", to=gateway, over=HTTP_API, carries=[outside_study, DICOM_HEADER], encryption="tls"
    )
    zipped = clinic.sends(
        "ZIP of a study", to=gateway, over=HTTP_API, carries=[outside_study, DICOM_HEADER], encryption="tls"
    )
    filed = gateway.sends("Outside study", to=pacs, over=DICOM, carries=[outside_study, DICOM_HEADER])
    picked = gateway.sends("Key images", to=assistant, over=HTTP_API, carries=[key_images])
    described = assistant.sends("Description of key images", to=viewer, over=HTTP_API, carries=[REPORTS])
    read_first = viewer.sends("Description", to=radiologist, over=USER_INTERFACE, carries=[REPORTS, key_images])
    asked = [
        clinic.sends("Request for a transfer", to=messenger, over=CHAT_MAIL, carries=[CLINICAL_CONTEXT, key_images]),
        messenger.sends("Request for a transfer", to=phone, over=CHAT_MAIL, carries=[CLINICAL_CONTEXT, key_images]),
        phone.sends("Messages", to=radiologist, over=USER_INTERFACE, carries=[CLINICAL_CONTEXT, key_images]),
    ]
    called = clinic.sends(
        "Call about a transfer",
        to=radiologist,
        over=protocols.AUDIO,
        carries=[AUDIO, CLINICAL_CONTEXT],
        purpose="the clinic's number is whatever the display shows",
    )
    taken = [
        radiologist.sends("Answer", to=phone, over=USER_INTERFACE, carries=[CLINICAL_CONTEXT]),
        phone.sends("Answer", to=messenger, over=CHAT_MAIL, carries=[CLINICAL_CONTEXT]),
        messenger.sends("Answer", to=clinic, over=CHAT_MAIL, carries=[CLINICAL_CONTEXT]),
    ]

    # -- what leaves the hospital ------------------------------------------------------------------------------------

    chosen = manager.sends("Cohort list", to=deid, over=USER_INTERFACE, carries=[IDENTIFIERS])
    taken_out = [
        deid.pulls("Cohort", from_=pacs, over=DICOM, carries=[mammograms, DICOM_HEADER], frequency="every quarter"),
        deid.pulls("Report texts", from_=ris, over=HL7V2, carries=[REPORTS], frequency="every quarter"),
    ]
    deid.sends("Pseudonyms", to=key, over=SQL, carries=[PSEUDONYM_KEY], both_ways=True)
    released = deid.sends("Released cohort", to=release, over=OBJECT_STORE, carries=[cohort, texts])
    handed_over = store.pulls(
        "Released cohort",
        from_=release,
        over=OBJECT_STORE,
        carries=[cohort, texts],
        encryption="tls",
        authentication="certificate",
    )
    favour = release.sends(
        "Problem cases",
        to=maker,
        over=MEDIA,
        carries=[cohort],
        medium="disk",
        purpose="asked for at a congress, to improve the image processing",
    )

    # -- from images to a model --------------------------------------------------------------------------------------

    to_label = annotation.pulls("Images to outline", from_=store, over=HTTP_API, carries=[cohort, texts])
    shown = annotators.pulls("Cases", from_=annotation, over=HTTP_API, carries=[cohort, texts], encryption="tls")
    outlined = annotators.sends("Outlines", to=annotation, over=HTTP_API, carries=[LABELS], encryption="tls")
    labels = annotation.sends("Labels", to=store, over=HTTP_API, carries=[LABELS])
    scientist.sends("Code", to=workbench, over=USER_INTERFACE, carries=[SOFTWARE])
    backbone = workbench.pulls("Backbone", from_=hub, over=GIT_OCI, carries=[MODEL_WEIGHTS], encryption="tls")
    start = workbench.sends("Training job", to=cluster, over=GIT_OCI, carries=[SOFTWARE, MODEL_WEIGHTS])
    learned = generator.pulls("Images to imitate", from_=store, over=OBJECT_STORE, carries=[cohort])
    added = generator.sends("Synthetic images", to=store, over=OBJECT_STORE, carries=[synthetic])
    training_set = cluster.pulls(
        "Training set", from_=store, over=OBJECT_STORE, carries=[cohort, texts, LABELS, synthetic]
    )
    cluster.sends("Curves", to=workbench, over=HTTP_API, carries=[METRICS])
    candidate = cluster.sends("Candidate", to=registry, over=OBJECT_STORE, carries=[MODEL_WEIGHTS, MODEL_METADATA])

    # -- what the company gives away and sells -----------------------------------------------------------------------

    published = [
        store.sends("Test set", to=repository, over=HTTP_API, carries=[cohort, LABELS], encryption="tls"),
        generator.sends("Synthetic set", to=repository, over=HTTP_API, carries=[synthetic], encryption="tls"),
        generator.sends("Generator", to=hub, over=GIT_OCI, carries=[MODEL_WEIGHTS], encryption="tls"),
    ]
    built_in = maker.pulls(
        "Weights to build in",
        from_=registry,
        over=OBJECT_STORE,
        carries=[MODEL_WEIGHTS, MODEL_METADATA],
        encryption="tls",
        authentication="password",
    )
    to_hospital = reading_aid.pulls(
        "Released model", from_=registry, over=OBJECT_STORE, carries=[MODEL_WEIGHTS, MODEL_METADATA], encryption="tls"
    )
    to_service = service.pulls("Released model", from_=registry, over=OBJECT_STORE, carries=[MODEL_WEIGHTS])
    assistant.pulls("Vision-language model", from_=hub, over=GIT_OCI, carries=[MODEL_WEIGHTS], encryption="tls")
    query = [
        customers.sends(
            "Mammograms to score",
            to=front,
            over=DICOMWEB,
            carries=[mammograms, DICOM_HEADER],
            encryption="tls",
            authentication="certificate",
        ),
        front.sends("Mammograms to score", to=service, over=DICOMWEB, carries=[mammograms, DICOM_HEADER]),
        front.pulls("Scores", from_=service, over=HTTP_API, carries=[PREDICTIONS]),
        customers.pulls("Scores", from_=front, over=HTTP_API, carries=[PREDICTIONS], encryption="tls"),
    ]

    # -- use cases ---------------------------------------------------------------------------------------------------

    model.scenario(
        "From the hospital to a model",
        steps=[
            chosen,
            *taken_out,
            released,
            handed_over,
            to_label,
            shown,
            outlined,
            labels,
            backbone,
            start,
            training_set,
            candidate,
        ],
    )
    model.scenario("What is given away", steps=[learned, added, *published, candidate, built_in, favour])
    model.scenario(
        "Reading with a second window",
        steps=[worklist, choice, inject, scan, images, screen, study, window, report],
        clinical_state="routine",
    )
    model.scenario(
        "A patient from elsewhere",
        steps=[*asked, called, zipped, filed, picked, described, read_first, *taken],
        clinical_state="urgent",
        note="Own earlier studies of patients come in by the same gateway",
    )
    model.scenario(
        "The next version",
        steps=[window, report, *taken_out, released, handed_over, training_set, candidate, to_hospital],
        note="Reports that were written beside the window of the AI are what the next model learns from",
    )
    model.scenario("A customer asks", steps=[to_service, *query], clinical_state="routine")
