"""Room: questions about topology. The only room that knows networkx.

In: a ``System`` with what holds in it (``model.holding``). Out: plain values: ids, sets, ways.

- ``build``: the directed graphs that the questions are asked of.
- ``crossings``: which boundaries a flow crosses. ``reach``: from which exposures a place can be reached, and the way.
- ``spread``: what data end up where.

To add: a question about topology is a module here that returns ids; the fact that asks it lives in ``catalog.facts`` and
``analysis``.

2026-11: networkx is imported inside the functions that need it: loading it takes longer than assessing a small model without it.
"""
