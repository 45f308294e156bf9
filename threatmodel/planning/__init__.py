"""Room: what to do first, worked out by assessing again as if a control were in place, never by estimating.

In: an ``Assessment``. Out: a ``Plan``: controls in order, what each removes and closes; ``Ways``: what cuts every way.

- ``steps``: the controls one after the other, by risk removed or by risk removed per effort.
- ``again``: an assessment carried forward: only the rules are asked again whose answers a control can change.
- ``cutting``: the cheapest set of flows on which somebody has to prove who they are before a place is cut off.

To add: another order of steps is a word of ``Order`` and its value in ``steps``.

2026-11: a control is tried by a full assessment of the rules that can change, the most promising control first, until
no other can remove more even if it closed all that it touches. A test holds that against trying every control in full.
"""
