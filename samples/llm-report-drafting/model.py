"""A language model drafts radiology reports; an agent files some of them into the RIS by itself."""

from itertools import pairwise

from threatmodel import Model, Zone, absent, declared, implemented, planned, protocols, verified
from threatmodel.data import (
    AUDIO,
    AUDIT_LOGS,
    CLINICAL_CONTEXT,
    CONFIG,
    CREDENTIALS,
    DICOM_HEADER,
    EMBEDDINGS,
    GUIDELINES,
    IDENTIFIERS,
    NETWORK_METADATA,
    ORDERS,
    PHI_PIXEL,
    PROMPTS,
    REPORTS,
    SOFTWARE,
)
from threatmodel.imaging import (
    AiAgent,
    AuditRepository,
    BackupStore,
    ContainerPlatform,
    Database,
    Dictation,
    Ehr,
    External,
    FhirServer,
    IdentityProvider,
    InterfaceEngine,
    Messaging,
    Modality,
    PackageRegistry,
    Pacs,
    PacsAdministrator,
    Patient,
    PatientPortal,
    Process,
    Radiologist,
    Referrer,
    ReportDistribution,
    ReportDrafter,
    RetrievalIndex,
    ReverseProxy,
    Ris,
    SecretsManager,
    SecurityAnalyst,
    SecurityMonitoring,
    Store,
    TeleradiologySite,
    Viewer,
    WebServer,
)
from threatmodel.protocols import (
    CHAT_MAIL,
    DICOM,
    DICOMWEB,
    FHIR,
    FILE_SHARE,
    GIT_OCI,
    HL7V2,
    HTTP_API,
    IDENTITY,
    LLM_API,
    SQL,
    SYSLOG_TLS,
    USER_INTERFACE,
)

with Model(
    "LLM report drafting",
    version="0.4",
    owner="Radiology, digital projects",
    jurisdictions=["BE", "EU"],
    intended_use="Drafts the text of reports from dictation, priors and guidelines; a radiologist signs every report",
) as model:
    model.assume("The model vendor keeps no prompts beyond thirty days", owner="Purchasing", review_by="2027-01-31")
    model.assume("Referrers act on preliminary reports", owner="Head of radiology")

    # -- places ---------------------------------------------------------------------------------------------------

    with Zone("Hospital", exposure="internal", operator="hospital", region="BE"):
        with Zone("Imaging network", exposure="isolated", controls=[implemented("segmentation")]):
            ct = Modality("Chest CT", modalities=["CT"], body_parts=["CHEST"])
            pacs = Pacs("PACS", controls=[implemented("audit-atna"), implemented("backup-immutable")])
        with Zone("Reading room", physical_access="staff"):
            viewer = Viewer("Reading station", authentication="federated", controls=[implemented("session-lock")])
            radiologist = Radiologist("Radiologist", controls=[implemented("awareness-training")])
            resident = Radiologist("Resident")
        with Zone("Clinical systems"):
            ris = Ris("RIS", authentication="federated", controls=[absent("verified-flag-check")])
            ris_database = Database("RIS database", stores=[ORDERS, REPORTS, IDENTIFIERS])
            ehr = Ehr("Patient record")
            engine = InterfaceEngine("HL7 engine")
            fhir = FhirServer("FHIR server", authentication="federated")
            distribution = ReportDistribution("Report distribution")
            administrator = PacsAdministrator("RIS administrator")
            backup = BackupStore("Backup", controls=[verified("restore-test", evidence="RIS restored, 2026-04-11")])
        with Zone("AI platform", controls=[implemented("segmentation"), planned("egress-filter")]):
            cluster = ContainerPlatform("Container platform", controls=[implemented("container-hardening")])
            workspace = WebServer("Drafting workspace", runs_on=cluster, authentication="federated")
            drafter = ReportDrafter(
                "Report drafter",
                runs_on=cluster,
                model_source="vendor",
                pinned=True,
                controls=[implemented("output-validate"), planned("input-segregation", by="Platform team")],
            )
            index = RetrievalIndex(
                "Retrieval index",
                runs_on=cluster,
                stores=[REPORTS, EMBEDDINGS, GUIDELINES],
                controls=[absent("rag-curation")],
            )
            indexer = Process(
                "Index builder", runs_on=cluster, note="Takes every report of the last day, signed or not"
            )
            agent = AiAgent(
                "Reporting agent",
                runs_on=cluster,
                model_source="vendor",
                tools=["read record", "search priors", "file preliminary report", "propose follow-up", "send message"],
                can_write=True,
                controls=[absent("hitl-action"), planned("tool-least-priv", by="Platform team")],
                note="Files normal chest CT drafts by itself, to save the night shift time",
            )
            prompt_log = Database("Prompt log", runs_on=cluster, stores=[PROMPTS, REPORTS])
        with Zone("Security services", physical_access="locked"):
            identity = IdentityProvider("Sign-in", controls=[implemented("mfa")])
            vault = SecretsManager("Vault", controls=[implemented("audit-atna")])
            audit = AuditRepository("Audit repository", immutable=True)
            siem = SecurityMonitoring("SIEM")
            analyst = SecurityAnalyst("Security analyst")
        with Zone("Front zone", exposure="partner", controls=[implemented("ddos-protect", by="Provider")]):
            proxy = ReverseProxy("Reverse proxy", exposure="internet", authentication="federated")
            portal = PatientPortal("Patient portal", authentication="federated", controls=[implemented("mfa")])

    with Zone("Model vendor", exposure="internet", operator="vendor", region="US"):
        llm = ReportDrafter(
            "Language model API",
            model_source="vendor",
            multi_tenant=True,
            controls=[declared("retention-delete", by="Vendor"), declared("contract-security", by="Vendor")],
        )
        vendor_log = Store("Vendor's prompt store", stores=[PROMPTS])
    with Zone("Speech vendor", exposure="internet", operator="vendor", region="IE"):
        speech = Dictation("Cloud speech recognition", multi_tenant=True)
    with Zone("Outside", exposure="internet"):
        home = TeleradiologySite("Home reading place", operator="hospital")
        patient = Patient("Patient")
        referrer = Referrer("Referring physician")
        mail = Messaging("Secure mail", operator="vendor")
        society = External("Guideline publisher")
        images_hub = PackageRegistry("Public container registry", operator="cloud")

    # -- order, images, screen ---------------------------------------------------------------------------------------

    ehr.sends("Order", to=engine, over=HL7V2, carries=[ORDERS, CLINICAL_CONTEXT], encryption="none")
    ehr.sends("Problem list", to=fhir, over=FHIR, carries=[CLINICAL_CONTEXT], encryption="tls")
    engine.sends("Order to radiology", to=ris, over=HL7V2, carries=[ORDERS], encryption="none")
    ris.sends(
        "Records", to=ris_database, over=SQL, carries=[ORDERS, REPORTS], both_ways=True, authentication="password"
    )
    ct.sends("Store study", to=pacs, over=DICOM, carries=[PHI_PIXEL, DICOM_HEADER])
    images = viewer.pulls("Images to read", from_=pacs, over=DICOMWEB, carries=[PHI_PIXEL, DICOM_HEADER])
    screen = viewer.sends("Screen", to=radiologist, over=USER_INTERFACE, carries=[PHI_PIXEL])
    viewer.sends("Second screen", to=resident, over=USER_INTERFACE, carries=[PHI_PIXEL])

    # -- from voice to draft -----------------------------------------------------------------------------------------

    voice = radiologist.sends("Voice", to=speech, over=protocols.AUDIO, carries=[AUDIO], encryption="tls")
    resident.sends("Voice", to=speech, over=protocols.AUDIO, carries=[AUDIO], encryption="tls")
    text = speech.sends("Dictated text", to=workspace, over=HTTP_API, carries=[REPORTS], encryption="tls")
    request = workspace.sends("Findings to draft from", to=drafter, over=HTTP_API, carries=[REPORTS])
    context = drafter.pulls("Record of the patient", from_=fhir, over=FHIR, carries=[CLINICAL_CONTEXT, REPORTS])
    drafter.pulls("Series descriptions", from_=pacs, over=DICOMWEB, carries=[DICOM_HEADER])
    priors = drafter.pulls("Priors and guidelines", from_=index, over=HTTP_API, carries=[REPORTS, GUIDELINES])
    prompt = drafter.sends(
        "Prompt",
        to=llm,
        over=LLM_API,
        carries=[PROMPTS, REPORTS, CLINICAL_CONTEXT],
        encryption="tls",
        authentication="password",
        controls=[absent("phi-egress-control")],
        purpose="an API key of the whole hospital; names are not taken out",
    )
    completion = drafter.pulls("Completion", from_=llm, over=LLM_API, carries=[REPORTS], encryption="tls")
    llm.sends("Abuse monitoring", to=vendor_log, over=HTTP_API, carries=[PROMPTS])
    drafter.sends("Prompts and drafts", to=prompt_log, over=SQL, carries=[PROMPTS, REPORTS])

    # -- the way with a signature ------------------------------------------------------------------------------------

    draft = drafter.sends("Draft", to=workspace, over=HTTP_API, carries=[REPORTS])
    shown = workspace.sends("Draft to correct", to=radiologist, over=USER_INTERFACE, carries=[REPORTS])
    workspace.sends("Draft to learn from", to=resident, over=USER_INTERFACE, carries=[REPORTS])
    signed = radiologist.sends(
        "Signed report", to=ris, over=USER_INTERFACE, carries=[REPORTS], authentication="federated", blocks_care=True
    )
    final = [
        sender.sends("Final report", to=receiver, over=HL7V2, carries=[REPORTS], encryption="none")
        for sender, receiver in pairwise((ris, engine, distribution))
    ]
    engine.sends("Report", to=ehr, over=HL7V2, carries=[REPORTS], encryption="none")
    to_mail = distribution.sends("Report by mail", to=mail, over=CHAT_MAIL, carries=[REPORTS], encryption="tls")
    to_referrer = mail.sends("Report", to=referrer, over=CHAT_MAIL, carries=[REPORTS])

    # -- the way without ---------------------------------------------------------------------------------------------

    task = drafter.sends("Draft of a normal chest", to=agent, over=LLM_API, carries=[REPORTS])
    agent.pulls("Open list", from_=ris, over=HTTP_API, carries=[ORDERS, IDENTIFIERS], authentication="shared-account")
    agent.pulls("Record to check", from_=fhir, over=FHIR, carries=[CLINICAL_CONTEXT, REPORTS])
    agent.sends("Agent's prompt", to=llm, over=LLM_API, carries=[PROMPTS, ORDERS], both_ways=True, encryption="tls")
    filed = agent.sends(
        "Preliminary report", to=ris, over=HTTP_API, carries=[REPORTS], authentication="shared-account", validates=False
    )
    agent.sends("Follow-up", to=ris, over=HTTP_API, carries=[ORDERS], authentication="shared-account")
    agent.sends("Message to the referrer", to=mail, over=CHAT_MAIL, carries=[REPORTS], encryption="tls")
    ris.sends("Preliminary reports to sign", to=radiologist, over=USER_INTERFACE, carries=[REPORTS])
    publish = ris.sends("All reports", to=fhir, over=FHIR, carries=[REPORTS], encryption="tls")
    offered = portal.pulls("Reports of the patient", from_=fhir, over=FHIR, carries=[REPORTS], encryption="tls")
    portal.pulls("Images of the patient", from_=pacs, over=DICOMWEB, carries=[PHI_PIXEL], encryption="tls")
    read = [
        proxy.pulls("Own report", from_=portal, over=HTTP_API, carries=[REPORTS, PHI_PIXEL], encryption="tls"),
        patient.pulls("Own report", from_=proxy, over=HTTP_API, carries=[REPORTS, PHI_PIXEL], encryption="tls"),
    ]

    # -- what the model learns from: yesterday's reports, its own among them -------------------------------------------

    harvest = indexer.pulls("Reports of the day", from_=fhir, over=FHIR, carries=[REPORTS], frequency="every night")
    society.sends("New guidelines", to=indexer, over=HTTP_API, carries=[GUIDELINES], encryption="tls")
    learn = indexer.sends("Passages", to=index, over=HTTP_API, carries=[REPORTS, EMBEDDINGS, GUIDELINES])

    # -- doors: everybody outside comes through the proxy ------------------------------------------------------------

    home.sends("Login from home", to=proxy, over=HTTP_API, carries=[CREDENTIALS], encryption="tls")
    proxy.pulls("Drafts at home", from_=workspace, over=HTTP_API, carries=[REPORTS], encryption="none")
    home.pulls("Drafts at home", from_=proxy, over=HTTP_API, carries=[REPORTS], encryption="tls")
    patient.sends("Login", to=proxy, over=HTTP_API, carries=[CREDENTIALS, IDENTIFIERS], encryption="tls")
    proxy.sends("Login", to=portal, over=HTTP_API, carries=[CREDENTIALS, IDENTIFIERS], encryption="tls")
    for front in (portal, workspace, viewer, proxy):
        front.sends("Sign-in", to=identity, over=IDENTITY, carries=[CREDENTIALS], encryption="tls")

    # -- platform, secrets, records ----------------------------------------------------------------------------------

    cluster.pulls("Container images", from_=images_hub, over=GIT_OCI, carries=[SOFTWARE], encryption="tls")
    drafter.pulls("Key of the API", from_=vault, over=HTTP_API, carries=[CREDENTIALS], encryption="tls")
    agent.pulls("Account of the RIS", from_=vault, over=HTTP_API, carries=[CREDENTIALS], encryption="tls")
    administrator.sends("Settings", to=ris, over=USER_INTERFACE, carries=[CONFIG], authentication="shared-account")
    backup.pulls("Nightly copy", from_=ris_database, over=FILE_SHARE, carries=[ORDERS, REPORTS])
    pacs.sends("Audit events", to=audit, over=SYSLOG_TLS, carries=[AUDIT_LOGS])
    ris.sends("Audit events", to=audit, over=SYSLOG_TLS, carries=[AUDIT_LOGS])
    audit.sends("Copy", to=siem, over=SYSLOG_TLS, carries=[AUDIT_LOGS])
    for watched in (cluster, proxy, identity):
        watched.sends("Events", to=siem, over=SYSLOG_TLS, carries=[AUDIT_LOGS, NETWORK_METADATA])
    siem.sends("Alarms", to=analyst, over=USER_INTERFACE, carries=[NETWORK_METADATA])

    # -- use cases ---------------------------------------------------------------------------------------------------

    drafted = [request, context, priors, prompt, completion]
    model.scenario(
        "A report with a signature",
        steps=[images, screen, voice, text, *drafted, draft, shown, signed, *final, to_mail, to_referrer],
        clinical_state="routine",
    )
    model.scenario(
        "A normal chest at night",
        steps=[*drafted, task, filed, publish, offered, *read],
        clinical_state="routine",
        note="Nobody reads between the draft and the patient; a radiologist signs on the next morning",
    )
    model.scenario("The index grows", steps=[filed, publish, harvest, learn, priors])
