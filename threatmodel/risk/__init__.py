"""Room: how bad a finding is, by the scheme ExS-5: exploitability times severity of clinical harm, integers only.

In: findings of ``analysis``. Out: a ``Rating`` for each, inherent and residual, with every point explained.

- ``scale``: the levels, their names and the matrix. ``score``: the inherent rating. ``residual``: what the stated
  controls take off.

The rating is not a probability. Privacy and continuity of service are scores of their own and never enter it.

To add: a point is a line in ``score`` or a row in ``residual``, told in words in the rating, with a test of that row;
the scheme's own table (domain/procurement.md, 5.2) comes first.

2026-11: the exposure of a component counts the least trusted place that can reach it, less one point for each machine
that would have to be taken on the way, the first one included unless it is a person or an outside body. The plain
"least trusted node with a path" rated everything behind one cloud service alike.

2026-11: a control that is in place on a supplier's word alone closes nothing on its own; it counts one point beside an
implemented or verified supporting control, as the scheme has it. What closes a finding without being primary (a
supporting control, a property such as a file format) counts one point: "closed" beside an untouched rating would be
a contradiction.
"""
