"""Room: documents and pictures. Every format reads the same ``View``; no format computes.

In: an ``Assessment``. Out: texts and pictures.

- ``view``: all that a template may see: plain, sorted, named. ``view_build`` makes it, with ``view_findings`` and
  ``view_system``; ``view_document`` lays it out as a document. ``view_paths``: the part about ways to what matters;
  ``view_paths_build`` makes it.
- ``environment``: Jinja2, sandboxed. ``html``, ``markdown``: documents. ``formats``: the table of them.
- ``manual``: the pages of a catalog, in the words of ``manual_words``. ``view_manual``: what they may see;
  ``view_manual_build`` makes it, with ``view_manual_entries``, ``view_manual_tables``, ``view_manual_references``
  and ``view_manual_life``.
- ``diagram``: DOT from the View, with ``diagram_flows``, ``diagram_style`` and ``diagram_svg``. ``engine``: DOT to
  SVG, by ``wasm_graphviz`` or the system's ``dot``.

To add: a format is a module here, its templates under ``templates/``, and a row in ``formats``.

2026-11: only ``view*`` modules may import the engine's rooms; a template that needs a number gets a field in the View.
"""
