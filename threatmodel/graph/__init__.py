"""Room: questions about topology. The only room that knows networkx.

In: a ``System`` with what holds in it (``model.holding``). Out: plain values: ids, sets, ways.

- ``build``: who can act on whom. ``crossings``: which boundaries a flow crosses. ``reach``: from which exposures a
  place can be reached, and the way. ``spread``: what data end up where.
- ``ways``: the ways that data go from some components to others. ``cuts``: what closes every way to one.

To add: a question about topology is a module here that returns ids; the fact that asks it lives in ``catalog.facts``
and ``analysis``.

2026-11: networkx is loaded by the modules that need an algorithm of it, and by no start of a small model: loading it
takes longer than everything else that a check of one does. Breadth-first search is written out for that reason.
"""
