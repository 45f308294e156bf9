"""Room: questions about topology. The only room that knows networkx.

In: a ``System`` with what holds in it (``model.holding``). Out: plain values: ids, sets, ways.

- ``build``: who can act on whom. ``crossings``: which boundaries a flow crosses. ``reach``: from which exposures a
  place can be reached, and the way. ``spread``: what data end up where.
- ``ways``: the ways that data go from some components to others. ``cuts``: what closes every way to one.
- ``streams``: data followed class by class, from many starts at once. ``oversight``: whether a person stands between a
  model and what care acts on. ``feedback``: output that comes back to its model. ``supply``: from where software and
  models come. ``use``: what goes out without having come in, and what comes in for nothing.
- ``dependence``: what reading hangs on. ``fan_out``: how far one place reaches. ``fate``: what goes down together.
  ``attack_paths``: the easiest ways to a target, within a budget.
- ``dominators``, ``cycles``, ``origins`` (nearest starts) and ``separators`` (what a set cuts off): the algorithms that
  several of these stand on.

To add: a question about topology is a module here that returns ids; the fact that asks it lives in ``catalog.facts``
and ``analysis``.

2026-11: networkx is loaded by the modules that need an algorithm of it, and by no start of a small model: loading it
takes longer than everything else that a check of one does. Breadth-first search, dominators and strongly connected
components are written out for that reason; the tests compare them with networkx.

2026-11: a fact of topology is worked out for all places in one walk over the flows, never place by place, and once for
what is stated and once for what may be: the first gives yes, what only the second gives is unknown.

2026-11: what reading hangs on is yes or no exactly; whether some completion of silent flows makes a place stop it is,
in general, the question for two disjoint ways (NP-complete in directed graphs), so that *unknown* errs on the side of
asking. Brute force over small systems finds that in about one place of five hundred.
"""
