"""Who may begin an attack where, and which components are what an attacker would want."""

from __future__ import annotations

from typing import Literal

from threatmodel.analysis.context import Context
from threatmodel.model.parts import Component

EntryKind = Literal["poisoned-source", "removable-media", "internet", "visitor", "supplier", "insider"]
TargetKind = Literal["record", "archive", "reading-list", "model", "training-data", "pseudonym-key", "asked"]
ENTRY_TITLES: dict[EntryKind, str] = {
    "poisoned-source": "whoever publishes data, models or packages",
    "removable-media": "whoever hands in a disc or stick",
    "internet": "somebody on the internet",
    "visitor": "a patient or visitor",
    "supplier": "a supplier or partner, or whoever has broken into them",
    "insider": "somebody who works there, or whoever has their login",
}
"""Who begins; where several may, those of the least cost, and of these the first."""
TARGET_TITLES: dict[TargetKind, str] = {
    "record": "the record",
    "archive": "the archive",
    "reading-list": "the reading list",
    "model": "the model",
    "training-data": "the training data",
    "pseudonym-key": "the pseudonym key",
    "asked": "what was asked for",
}
_STANDING: dict[EntryKind, int] = {
    "poisoned-source": 1,  # anybody may publish
    "removable-media": 1,
    "internet": 1,
    "visitor": 1,
    "supplier": 3,  # have to be won over, deceived or broken into first
    "insider": 3,
}
_TRAINING = frozenset({"phi-pixel", "derived-images", "deid-images", "labels", "embeddings"})
_SUPPLIERS = frozenset({"vendor", "integrator", "cloud"})


class Standing:
    """Entries and targets of one system."""

    def __init__(self, context: Context) -> None:
        """Entries and targets of a context."""
        self._context = context
        self._key_is_kept = any("pseudonym-key" in (context.spread.kept(part) or ()) for part in context.all_components)

    def without_effort(self, part: Component) -> tuple[EntryKind, int] | None:
        """Who stands at a component without an attack on it, and how hard that is; None where nobody does."""
        kind = self._context.kind(part)
        by: EntryKind
        if "public-source" in kind.traits or self._public_packages(part):
            by = "poisoned-source"
        elif part.kind == "messaging" or "messaging" in self._context.system.lineages[part.kind]:
            by = "internet"
        elif "patient" in {part.kind, self._said(part, "operator")}:
            by = "visitor"
        elif "external-party" in kind.traits or self._said(part, "operator") in _SUPPLIERS:
            by = "supplier"
        elif kind.dfd == "person":
            by = "insider"
        else:
            return None
        return by, _STANDING[by]

    def by_attack(self, part: Component) -> tuple[EntryKind, ...]:
        """Who reaches a component from outside and may begin by attacking it."""
        kind = self._context.kind(part)
        if kind.dfd == "person" or "external-party" in kind.traits:
            return ()
        found: list[EntryKind] = []
        if "takes-media" in kind.traits:
            found.append("removable-media")
        if self._said(part, "exposure") == "internet":
            found.append("internet")
        if self._said(part, "physical_access") == "public":
            found.append("visitor")
        return tuple(found)

    def target(self, part: Component) -> TargetKind | None:
        """What a component is that an attacker would want; None for most."""
        kind = self._context.kind(part)
        traits, kept = kind.traits, self._context.spread.kept(part)
        if "external-party" in traits or "human" in traits:
            return None
        if "pseudonym-key" in (frozenset(kind.data) if kept is None and not self._key_is_kept else kept or ()):
            return "pseudonym-key"
        if "clinical-record" in traits:
            return "archive" if "stores-images" in traits else "record"
        if "mwl" in self._context.system.lineages[part.kind] or "prioritises" in traits:
            return "reading-list"
        if "runs-model" in traits or "generates-text" in traits:
            return "model"
        if "research-data" in traits and "deidentifies" not in traits and self._handled(part, kept) & _TRAINING:
            return "training-data"
        keeps = "holds-models" in traits and kind.dfd == "store" and (kept is None or "model-weights" in kept)
        return "model" if keeps or ("federates" in traits and "research-data" not in traits) else None

    def _handled(self, part: Component, kept: frozenset[str] | None) -> frozenset[str]:
        """The data that a component keeps, gets or hands on; what its kind works on where no flow says."""
        spread = self._context.spread
        handled = (kept or frozenset()) | spread.received(part.id).classes | spread.emitted(part.id).classes
        return handled or frozenset(self._context.kind(part).data)

    def _public_packages(self, part: Component) -> bool:
        """Whether it is a registry of packages that is not one's own."""
        own = self._said(part, "operator") in {"hospital", "research", None}
        return "pkg-repo" in self._context.system.lineages[part.kind] and not own

    def _said(self, part: Component, name: str) -> str | None:
        held = self._context.holding.value(part, name)
        return str(held.value) if held is not None else None
