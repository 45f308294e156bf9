"""A health platform that answers patients with retrieval and language models, by its zone diagram, and nothing else."""

from threatmodel import Model, Zone, implemented
from threatmodel.data import (
    AUDIT_LOGS,
    CLINICAL_CONTEXT,
    CREDENTIALS,
    EMBEDDINGS,
    GUIDELINES,
    IDENTIFIERS,
    KEYS,
    MODEL_WEIGHTS,
    PROMPTS,
)
from threatmodel.imaging import (
    ApplicationServer,
    AuditRepository,
    BackupStore,
    Database,
    External,
    Patient,
    Person,
    Process,
    RetrievalIndex,
    ReverseProxy,
    SecretsManager,
)
from threatmodel.protocols import HTTP_API, LLM_API, SQL

PHI = [CLINICAL_CONTEXT, IDENTIFIERS]

with Model("Health platform with retrieval") as model:
    with Zone("External", exposure="internet"):
        users = Patient("Patients and families")
        provider = Person("Healthcare provider")
        third = External("Third-party services", note="Patient records, notifications")
    with Zone("DMZ", exposure="partner"):
        waf = ReverseProxy("Web application firewall")
        gateway = ReverseProxy("API gateway")
    with Zone("Application", exposure="internal"):
        services = ApplicationServer("Go microservices", note="Consent and clinical functions")
        ai = Process("Python AI services", kind="language-services", is_a="llm-report", stores=[MODEL_WEIGHTS])
        mesh = Process("Service mesh")
    with Zone("Data", exposure="isolated"):
        postgres = Database("PostgreSQL", stores=PHI, note="Consent too")
        mongo = RetrievalIndex("MongoDB", stores=[GUIDELINES, EMBEDDINGS], note="Knowledge base")
        redis = Database("Redis", note="Cache")
        scylla = Database("ScyllaDB", stores=[PROMPTS], note="Conversations")
    with Zone("Management", exposure="isolated"):
        vault = SecretsManager("Vault", stores=[KEYS, CREDENTIALS])
        audit = AuditRepository("Audit log")
        backup = BackupStore("Backup")

    users.sends(
        "Conversations",
        to=waf,
        over=HTTP_API,
        carries=[PROMPTS, CREDENTIALS],
        both_ways=True,
        encryption="tls",
        authentication="password",
    )
    provider.sends(
        "Patients' data",
        to=waf,
        over=HTTP_API,
        carries=[*PHI, CREDENTIALS],
        both_ways=True,
        encryption="tls",
        controls=[implemented("mfa")],
    )
    third.sends("Clinical data", to=gateway, over=HTTP_API, carries=[CLINICAL_CONTEXT], encryption="mtls")
    waf.sends("Requests", to=gateway, over=HTTP_API, carries=[PROMPTS, *PHI], both_ways=True)
    gateway.sends("Requests", to=services, over=HTTP_API, carries=[PROMPTS, *PHI], both_ways=True)
    services.sends("Prompts", to=ai, over=LLM_API, carries=[PROMPTS], both_ways=True)
    services.sends(
        "Patients' data",
        to=postgres,
        over=SQL,
        carries=PHI,
        both_ways=True,
        encryption="tls",
        authentication="password",
    )
    ai.pulls("Retrieval", from_=mongo, over=SQL, carries=[GUIDELINES], encryption="tls", authentication="password")
    services.sends(
        "History", to=scylla, over=SQL, carries=[PROMPTS], both_ways=True, encryption="tls", authentication="password"
    )
    services.pulls(
        "Secrets", from_=vault, over=HTTP_API, carries=[CREDENTIALS], encryption="tls", authentication="password"
    )
    services.sends("Events", to=audit, carries=[AUDIT_LOGS])
