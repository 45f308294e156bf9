"""How much hangs on one place: the patients, sites and readers that what leaves it can reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from threatmodel.graph.cycles import strongly_connected


class Touched(NamedTuple):
    """What one place touches: whether many patients hang on anything it reaches, how many sites, how many readers."""

    many_patients: bool
    sites: int
    readers: int


def touched(
    after: Mapping[str, Sequence[str]], many: Iterable[str], site_of: Mapping[str, str], readers: Iterable[str]
) -> dict[str, Touched]:
    """For each component what it touches, itself included.

    Sets of sites and readers are handed up as the bits of a number, components of one cycle together, so that the work
    grows with the flows and not with the pairs of components.

    Args:
        after: For each component those that its data reach in one step.
        many: The components that many patients hang on.
        site_of: The site where each component stands; one without a site counts for none.
        readers: The people who read images or results.
    """
    site_bit = {site: 1 << number for number, site in enumerate(sorted(set(site_of.values())))}
    reader_bit = {reader: 1 << number for number, reader in enumerate(sorted(readers))}
    many_set = frozenset(many)
    masks: dict[str, tuple[bool, int, int]] = {}
    for ring in strongly_connected(sorted(after), after):
        patients, sites, reading = False, 0, 0
        for part in ring:
            patients = patients or part in many_set
            sites |= site_bit.get(site_of.get(part, ""), 0)
            reading |= reader_bit.get(part, 0)
            for other in after[part]:
                if other in masks:
                    known = masks[other]
                    patients, sites, reading = patients or known[0], sites | known[1], reading | known[2]
        for part in ring:
            masks[part] = (patients, sites, reading)
    return {
        part: Touched(patients, sites.bit_count(), reading.bit_count())
        for part, (patients, sites, reading) in masks.items()
    }
