"""The manual of a catalog: what its pages show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from threatmodel.catalog.catalog import Catalog
from threatmodel.catalog.concerns import concerns
from threatmodel.catalog.coverage import PHASES, coverage
from threatmodel.catalog.reasons import Reason
from threatmodel.reports import view_manual_tables as tables
from threatmodel.reports.manual_words import Language
from threatmodel.reports.view_manual import Manual, Reference
from threatmodel.reports.view_manual_entries import Entries
from threatmodel.reports.view_manual_life import not_asked


def build_manual(
    catalog: Catalog,
    reasons: Iterable[Reason],
    tool_version: str,
    language: Language = "en",
    references: Mapping[str, Reference] | None = None,
) -> Manual:
    """The manual of a catalog.

    Args:
        catalog: Whose entries are shown.
        reasons: Why cells of the coverage matrices are empty.
        tool_version: The version of the program that made it.
        language: Of the entries and of the manual's own words.
        references: Names and addresses of the identifiers that entries cite, by identifier.
    """
    given, concern = tuple(reasons), concerns(catalog)
    entries = Entries(catalog, concern, language, references)
    families = sorted(set(catalog.families.values()))
    return Manual(
        language=language,
        title=catalog.origins[-1].title,
        catalogs=tuple(f"{origin.title} ({origin.id} {origin.version})" for origin in catalog.origins),
        tool_version=tool_version,
        phases=tuple(
            (phase, tuple(line for line in entries.threats.values() if line.phase == phase)) for phase in PHASES
        ),
        families=tuple(
            (family, tuple(line for name, line in entries.controls.items() if catalog.families[name] == family))
            for family in families
        ),
        threats=entries.threat_pages(),
        not_asked=not_asked(catalog, language, entries.words),
        controls=entries.control_pages(),
        facts=tables.facts(entries),
        kinds=tables.kinds(entries),
        protocols=tables.protocols(entries),
        data=tables.data(),
        matrices=tables.matrices(entries, coverage(catalog, given, concern), given),
    )
