"""The system as YAML or JSON: the exchange form, which ``importers.yaml_file`` reads back without loss."""

from __future__ import annotations

import json

from threatmodel.located_yaml import write_text
from threatmodel.model.system import System


def as_yaml(system: System) -> str:
    """The system as YAML."""
    return write_text(system.plain())


def as_json(system: System) -> str:
    """The system as JSON, indented."""
    return json.dumps(system.plain(), ensure_ascii=False, indent=2) + "\n"
