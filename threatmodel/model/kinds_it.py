"""Kinds of shared services and plain IT, the people, and the bare parts of a data-flow diagram."""

from __future__ import annotations

from threatmodel.model.kind import Kind, row

IT_KINDS: tuple[Kind, ...] = (
    row(
        "cloud",
        "Cloud tenant",
        "store",
        "cloud-store hosts-workloads stores-images serves-network",
        "deid-images phi-pixel credentials",
    ),
    row(
        "vendor-remote",
        "Vendor remote support",
        "external",
        "external-party remote-way-in",
        "device-config phi-pixel credentials",
        "fleet",
    ),
    row(
        "idp",
        "Identity provider",
        "process",
        "signs-in-users keeps-secrets serves-network web-interface",
        "credentials",
    ),
    row("pki", "Certificate authority", "process", "keeps-secrets serves-network", "keys"),
    row("secrets", "Secrets manager", "store", "keeps-secrets serves-network", "credentials keys"),
    row("audit-repo", "Audit record repository", "store", "keeps-audit serves-network", "audit-logs"),
    row(
        "siem",
        "Security monitoring",
        "process",
        "keeps-audit serves-network web-interface",
        "audit-logs network-metadata",
    ),
    row("time", "Time server", "process", "serves-network", "time"),
    row(
        "backup",
        "Backup store",
        "store",
        "keeps-backups stores-patient-data serves-network",
        "phi-pixel config audit-logs",
    ),
    row("database", "Database", "store", "serves-network", ""),
    row("web-server", "Web server", "process", "web-interface serves-network shows-text", ""),
    row("reverse-proxy", "Reverse proxy", "process", "web-interface serves-network", ""),
    row("app-server", "Application server", "process", "serves-network web-interface", ""),
    row("message-queue", "Message queue", "store", "serves-network", ""),
    row("file-share", "File share", "store", "serves-network parses-files", ""),
    row(
        "container-platform",
        "Container platform",
        "process",
        "hosts-workloads serves-network web-interface runs-user-code",
        "credentials config",
    ),
    row("workstation", "Workstation", "process", "", "", "one-list"),
    row(
        "service-laptop",
        "Service laptop",
        "process",
        "carried-about remote-way-in",
        "device-config credentials",
        "fleet",
    ),
    row("update-server", "Update server", "process", "builds-software serves-network", "software", "fleet"),
    row("vpn-gateway", "VPN gateway", "process", "remote-way-in serves-network", "credentials"),
    row(
        "device-controller",
        "Device controller",
        "process",
        "embedded-device clinical-path",
        "device-config",
        "one-patient",
    ),
)

PEOPLE: tuple[Kind, ...] = (
    row("patient", "Patient", "person", "", "", "one-patient"),
    row("radiographer", "Radiographer", "person", "", "", "one-list"),
    row("radiologist", "Radiologist", "person", "reads-images", "", "one-list"),
    row("referrer", "Referrer", "person", "", "", "one-list"),
    row("data-scientist", "Data scientist", "person", "", ""),
    row("annotator", "Annotator", "person", "", ""),
    row("pacs-admin", "PACS administrator", "person", "", ""),
    row("vendor-engineer", "Vendor engineer", "person", "external-party", "", "fleet"),
    row("security-analyst", "Security analyst", "person", "", ""),
    row("dpo", "Data-protection officer", "person", "", ""),
)

BARE_KINDS: tuple[Kind, ...] = (
    row("process", "Process", "process", ""),
    row("store", "Store", "store", ""),
    row("external", "External body", "external", "external-party"),
    row("person", "Person", "person", ""),
)
