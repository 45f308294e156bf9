"""Whether what comes in is used, and whether what goes out has come from somewhere: a check on the model itself."""

from __future__ import annotations

from collections.abc import Callable

Turned = Callable[[str], frozenset[str]]
MADE_BY_ANYTHING = frozenset({"audit-logs", "metrics", "network-metadata", "credentials", "config", "device-config"})
"""What any machine may hand on without having got it."""
USED_BY_ANYTHING = frozenset({"time", "software", "config", "device-config", "credentials", "keys", "network-metadata"})
"""What any machine may take in without handing it on."""
PART_OF: dict[str, frozenset[str]] = {
    "identifiers": frozenset({"dicom-header", "orders", "reports", "clinical-context", "ai-results"}),
    "dicom-header": frozenset({"phi-pixel", "ai-results"}),
    "burned-in": frozenset({"phi-pixel"}),
}
"""Classes that come along with others and may go out on their own."""
WORKED_ON = {"clinical-record": frozenset({"orders"}), "reading-station": frozenset({"orders"})}
"""Classes that people work on beside those of the kind: they write orders in a record, and read their list."""


def unexplained(
    emitted: frozenset[str], received: frozenset[str], own: frozenset[str], turned: Turned
) -> frozenset[str]:
    """The classes that a component hands on although it neither gets, keeps nor makes them, nor turns others into them.

    Args:
        emitted: The classes that it hands on.
        received: The classes that it gets.
        own: The classes that it keeps or that its kind works on.
        turned: The classes in which one may go out, itself included.
    """
    known = received | own
    known |= {part for part, wholes in PART_OF.items() if not wholes.isdisjoint(known)}
    explained = {other for data in known for other in turned(data)}
    return emitted - explained - MADE_BY_ANYTHING


def unused(emitted: frozenset[str], received: frozenset[str], own: frozenset[str], turned: Turned) -> frozenset[str]:
    """The classes that a component gets, neither keeps nor works on, and hands on in no form."""
    return frozenset(data for data in received - own - USED_BY_ANYTHING if not turned(data) & emitted)
