"""Threat modelling for imaging AI: the public names of the language."""

from __future__ import annotations

from threatmodel.dsl.controls import absent, declared, implemented, not_applicable, planned, verified
from threatmodel.dsl.assets import DataAsset
from threatmodel.dsl.model import Model, Zone

__all__ = [
    "DataAsset",
    "Model",
    "Zone",
    "absent",
    "declared",
    "implemented",
    "not_applicable",
    "planned",
    "verified",
]
