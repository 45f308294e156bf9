"""The identifiers of a catalog as its manual tells them."""

from threatmodel.catalog.catalog import Catalog
from threatmodel.catalog.frameworks import Framework, Identifier
from threatmodel.reports.view_manual import Reference
from threatmodel.reports.view_manual_references import references

ATTACK = Framework(
    id="attack-ics",
    name="ATT&CK for ICS",
    release="18.1",
    address="https://attack.mitre.org/matrices/ics/",
    prefix="ATTACK-T0",
    page="https://attack.mitre.org/techniques/T0{path}/",
    identifiers=(Identifier(id="ATTACK-T0843.001", name="Program Download"),),
)
CVE = Framework(
    id="cve",
    name="CVE",
    release="unverified",
    address="https://www.cve.org/",
    prefix="CVE-",
    page="https://www.cve.org/CVERecord?id=CVE-{rest}",
    identifiers=(Identifier(id="CVE-2019-1.2", name="Overflow", checked=False, note="as its finder calls it"),),
)


def mapped(scheme: str, name: str) -> Framework:
    places = (Identifier(id="AC", name=name), Identifier(id=f"{scheme}-only", name="Own"))
    return Framework(
        id=scheme,
        name=scheme.upper(),
        release="2022",
        address=f"https://{scheme}.org/",
        cited_by="mappings",
        identifiers=places,
    )


def told(*frameworks: Framework) -> dict[str, Reference]:
    return references(Catalog((), {}, {}, {}, frameworks=frameworks))


def test_an_identifier_leads_to_its_own_page() -> None:
    found = told(ATTACK, CVE)
    assert found["ATTACK-T0843.001"] == Reference(
        "ATTACK-T0843.001",
        "Program Download",
        "ATT&CK for ICS, 18.1",
        "https://attack.mitre.org/techniques/T0843/001/",
    )
    assert found["CVE-2019-1.2"] == Reference(
        "CVE-2019-1.2",
        "Overflow; as its finder calls it",
        "CVE, name unverified",
        "https://www.cve.org/CVERecord?id=CVE-2019-1.2",
    )


def test_without_pages_it_leads_to_the_framework() -> None:
    assert told(mapped("mds2", "Audit"))["AC"].address == "https://mds2.org/"


def test_what_two_schemes_call_otherwise_is_not_told() -> None:
    assert told(mapped("mds2", "Audit"), mapped("csf2", "Access")).keys() == {"mds2-only", "csf2-only"}
