"""Every threat is found at some place of some sample, or ``never_fires.yaml`` says why it is not."""

from __future__ import annotations

from pathlib import Path

from tests.properties.strategies import shipped
from threatmodel.analysis.context import Context
from threatmodel.analysis.match import match
from threatmodel.errors import CatalogError
from threatmodel.importers.formats import read_model
from threatmodel.located_yaml import read_file
from threatmodel.resources import data_folder

REASONS = Path(__file__).parent / "never_fires.yaml"


def found_in_samples() -> dict[str, set[str]]:
    """The threats that are found in each sample: open, asked or addressed."""
    catalog = shipped()
    models = sorted(data_folder("samples").glob("*/model.py"))
    assert models
    return {
        file.parent.name: {finding.threat for finding in match(Context(read_model(file, catalog.controls)), catalog)}
        for file in models
    }


def test_the_threats_that_no_sample_shows_are_those_with_a_reason() -> None:
    """One run over all samples; a reason for a threat that is found is as wrong as a missing one."""
    found = found_in_samples()
    reasons = read_file(REASONS, CatalogError).data
    assert isinstance(reasons, dict)
    assert all(isinstance(why, str) and len(why) > 20 for why in reasons.values())
    assert set(shipped().rules) - set().union(*found.values()) == set(reasons)
