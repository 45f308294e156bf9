"""Room: how somebody gets to what matters, told from the open findings of an assessment.

In: an ``Assessment``. Out: ``AttackPaths``: the easiest ways, with what makes each step possible and what breaks it.

- ``standing``: who may begin where, and what they would want.
- ``footing``: which open finding lets somebody take a step.
- ``paths``: the ways, as hard as their steps, the easiest first. The search itself is ``graph.attack_paths``.

To add: a sort of attacker or of target is a word and its title in ``standing``.

2026-11: whether a finding makes a step possible is read off the catalog, threat by threat: its STRIDE letters, the
property that it harms, whether it takes an attack at all, whether somebody inside has to act, and which flows its
conditions speak of. A list of threats would be forgotten by whoever adds the next one.
"""
