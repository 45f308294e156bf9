"""``python -m threatmodel`` runs the command."""

from __future__ import annotations

from threatmodel.cli.main import main

main()
