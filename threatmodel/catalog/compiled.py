"""The compiled form of a catalog folder: one JSON text, checked when it was made and read back unchecked.

It is kept in the user's cache under the digest of the files; the YAML files are the truth.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from threatmodel.catalog.controls import Control, ControlTexts, Family
from threatmodel.catalog.entry import Entry
from threatmodel.catalog.frameworks import Framework, Identifier
from threatmodel.catalog.overrides import Override, Remedy
from threatmodel.catalog.threats import Along, Exploitability, Harm, Review, Texts, Threat, ThreatControls
from threatmodel.catalog.whole import Manifest, Whole

FORM = 6
"""Changes whenever the compiled form does."""


def pack(whole: Whole) -> bytes:
    """The compiled form of a whole."""
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"), default=_fields).encode()


def unpack(body: bytes) -> Whole | None:
    """The whole of a compiled form; None when another build made it otherwise."""
    try:
        plain = json.loads(body)
        return Whole(
            manifest=Manifest(**_listed(plain["manifest"], "extends")),
            families=tuple(_family(family) for family in plain["families"]),
            threats=tuple((file, _threat(threat)) for file, threat in plain["threats"]),
            frameworks=tuple(_framework(framework) for framework in plain["frameworks"]),
            overrides=tuple(_override(override) for override in plain["overrides"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _fields(entry: Entry) -> dict[str, object]:
    return {part.name: getattr(entry, part.name) for part in fields(entry)}


def _family(plain: dict[str, Any]) -> Family:
    return Family(family=plain["family"], controls=tuple(_control(control) for control in plain["controls"]))


def _control(plain: dict[str, Any]) -> Control:
    texts = {name: ControlTexts(**plain[name]) if plain[name] else None for name in ("en", "fr")}
    mappings = {scheme: tuple(places) for scheme, places in plain["mappings"].items()}
    lists = _listed(plain, "on", "owner", "limits", "references", "replaced_by")
    return Control(**lists | texts | {"mappings": mappings})


def _threat(plain: dict[str, Any]) -> Threat:
    parts = {
        "along": Along(**_listed(plain["along"], "carrying")) if plain["along"] else None,
        "controls": ThreatControls(**_listed(plain["controls"], "primary", "supporting")),
        "exploitability": Exploitability(**plain["exploitability"]),
        "harm": Harm(**plain["harm"]),
        "review": Review(**plain["review"]),
        "en": Texts(**plain["en"]),
        "fr": Texts(**plain["fr"]) if plain["fr"] else None,
    }
    return Threat(**_listed(plain, "stride", "references", "replaced_by") | parts)


def _framework(plain: dict[str, Any]) -> Framework:
    return Framework(**plain | {"identifiers": tuple(Identifier(**one) for one in plain["identifiers"])})


def _override(plain: dict[str, Any]) -> Override:
    return Override(**plain | {"remedy": Remedy(**plain["remedy"]) if plain["remedy"] else None})


def _listed(plain: dict[str, Any], *names: str) -> dict[str, Any]:
    """The same with some lists as the tuples that a frozen entry holds."""
    return plain | {name: tuple(plain[name]) for name in names}
