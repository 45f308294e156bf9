"""Room: what was declared. Frozen, checked, and ignorant of graphs, catalogs and reports.

In: plain values from ``dsl`` or a file. Out: ``System`` and its parts.

- ``vocabulary``: the closed words (protocols, data classes, states, the values of properties).
- ``properties``: what can be stated of a zone, a component and a flow. One entry here makes a property known to the
  language, the YAML form, the facts, the JSON Schema and the manual.
- ``kind``: what a kind is, and the traits. ``kinds`` and its tables ``kinds_imaging``, ``kinds_ai``, ``kinds_it``: the
  kinds of components with DFD type, traits, default data.
- ``ids``: what an id looks like, and the id that a name gives.
- ``parts``: zones, components, flows, data assets, assumptions, scenarios. ``system``: the whole, checked once.
  ``soundness``: what can be wrong between parts. ``lowering``: properties that stand for states of controls.
- ``holding``: what holds at a place, zones included. ``supposing``: a system as if something else were stated.

To add: a kind is a row in a kinds table and a typed word in ``dsl``; a property is one annotated line in
``properties``.

2026-11: the property fields of the parts are made from the typed dictionaries in ``properties``, so that the author's
keywords (checked by mypy and completed by editors) and the fields of the frozen parts cannot drift apart. The parts
are pydantic data classes with slots rather than pydantic models: checked when they are made all the same, but read
twice as fast and kept in a third of the memory, and an assessment reads them millions of times.
"""
