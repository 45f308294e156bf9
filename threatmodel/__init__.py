"""Threat modelling for imaging AI: the public names of the language.

A name is loaded when it is first asked for, so that the command line can say its help without loading the language.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threatmodel.dsl.assets import DataAsset
    from threatmodel.dsl.controls import absent, declared, implemented, not_applicable, planned, verified
    from threatmodel.dsl.flow import Flow
    from threatmodel.dsl.handles import Component
    from threatmodel.dsl.model import Model, Zone

__all__ = [
    "Component",
    "DataAsset",
    "Flow",
    "Model",
    "Zone",
    "absent",
    "declared",
    "implemented",
    "not_applicable",
    "planned",
    "verified",
]

_ROOMS = {
    "Component": "handles",
    "DataAsset": "assets",
    "Flow": "flow",
    "Model": "model",
    "Zone": "model",
}


def __getattr__(name: str) -> object:
    """A public name, from its room."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"threatmodel.dsl.{_ROOMS.get(name, 'controls')}"), name)


def __dir__() -> list[str]:
    """The public names, for completion."""
    return __all__
