"""The identifiers that entries cite, as the manual tells them: official name, release, address."""

from __future__ import annotations

from threatmodel.catalog.catalog import Catalog
from threatmodel.catalog.frameworks import Cited, address_of, by_mapping, by_reference
from threatmodel.reports.view_manual import Reference


def references(catalog: Catalog) -> dict[str, Reference]:
    """What the frameworks of a catalog know of each identifier.

    An identifier that two schemes use for different things is left out: it would be told by the wrong name.
    """
    cited = [by_reference(catalog.frameworks), *by_mapping(catalog.frameworks).values()]
    found: dict[str, Reference] = {}
    for name in dict.fromkeys(name for scheme in cited for name in scheme):
        told = {_reference(scheme[name]) for scheme in cited if name in scheme}
        if len(told) == 1:
            found[name] = told.pop()
    return found


def _reference(cited: Cited) -> Reference:
    one, framework = cited.identifier, cited.framework
    name = f"{one.name}; {one.note}" if one.note else one.name
    scheme = f"{framework.name}, {framework.release}" if one.checked else f"{framework.name}, name unverified"
    return Reference(one.id, name, scheme, address_of(cited))
