"""``threatmodel schema``: JSON Schemas for editors and other programs."""

from __future__ import annotations

import json

import click

from threatmodel.exporters.schemas import SCHEMAS


@click.command("schema", short_help="Print the JSON Schemas for editors and other programs.")
@click.argument("name", type=click.Choice(list(SCHEMAS)))
def command(name: str) -> None:
    """Print the JSON Schema (draft 2020-12) of NAME: a system, an assessment, or an entry of a catalog."""
    click.echo(json.dumps(SCHEMAS[name](), ensure_ascii=False, indent=2))
