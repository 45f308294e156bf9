"""The compiled form of a catalog folder: one JSON text, checked when it was made and read back unchecked.

It is kept in the user's cache under the digest of the files; the YAML files are the truth.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Annotated, Any

from pydantic import StringConstraints

from threatmodel.catalog.controls import Control, ControlTexts, Family
from threatmodel.catalog.entry import Entry
from threatmodel.catalog.threats import Along, Exploitability, Harm, Review, Texts, Threat, ThreatControls

FORM = 5
"""Changes whenever the compiled form does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest(Entry):
    """What a catalog folder says of itself, in ``catalog.yaml``."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
    title: Annotated[str, StringConstraints(min_length=3, max_length=120)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole(Entry):
    """A catalog folder in one piece; each threat with the file that it came from."""

    manifest: Manifest
    families: tuple[Family, ...]
    threats: tuple[tuple[str, Threat], ...]


def pack(whole: Whole) -> bytes:
    """The compiled form of a whole."""
    return json.dumps(asdict(whole), ensure_ascii=False, separators=(",", ":")).encode()


def unpack(body: bytes) -> Whole | None:
    """The whole of a compiled form; None when another build made it otherwise."""
    try:
        plain = json.loads(body)
        return Whole(
            manifest=Manifest(**plain["manifest"]),
            families=tuple(_family(family) for family in plain["families"]),
            threats=tuple((file, _threat(threat)) for file, threat in plain["threats"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _family(plain: dict[str, Any]) -> Family:
    return Family(family=plain["family"], controls=tuple(_control(control) for control in plain["controls"]))


def _control(plain: dict[str, Any]) -> Control:
    texts = {name: ControlTexts(**plain[name]) if plain[name] else None for name in ("en", "fr")}
    mappings = {scheme: tuple(places) for scheme, places in plain["mappings"].items()}
    return Control(
        **_listed(plain, "on", "owner", "limits", "references", "replaced_by") | texts | {"mappings": mappings}
    )


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


def _listed(plain: dict[str, Any], *names: str) -> dict[str, Any]:
    """The same with some lists as the tuples that a frozen entry holds."""
    return plain | {name: tuple(plain[name]) for name in names}
