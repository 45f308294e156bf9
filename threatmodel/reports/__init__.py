"""Room: documents and pictures. Every format reads the same ``View``; no format computes.

In: an ``Assessment``. Out: texts and pictures.

- ``view``: all that a template may see: plain, sorted, named; made by ``view_groups``, ``view_findings``, ``view_controls`` and
  ``view_system``.
- ``environment``: Jinja2, sandboxed. ``html``, ``markdown``: documents. ``diagram``: DOT from the View. ``engine``: DOT to SVG.
- ``formats``: the table of document formats.

To add: a format is a module here, its templates under ``templates/``, and a row in ``formats``.

2026-11: only ``view*`` modules may import the engine's rooms; a template that needs a number gets a field in the View.
"""
