"""Room: the catalog asked of a system. Every answer is yes, no or unknown, and carries its reason.

In: ``System`` and ``Catalog``. Out: ``Finding`` values with the reasons they rest on, and the questions that are left.

- ``answer``: what an answer is. ``place``: what a finding may be about. ``context``: the system with what is worked out
  once for it.
- ``topology``: what is worked out once of chains of flows, when a fact first asks for it; ``ties``: what components
  have in common.
- ``answers``, ``answers_of_flows``, ``answers_of_places``, ``answers_of_topology``: one small function for each fact of
  ``catalog.facts``; ``telling`` puts data and names into words.
- ``evaluate``: conditions compiled to closures; ``verdicts``: how answers combine; ``elsewhere``: where a condition
  about other places leads; ``along``: conditions on what lies upstream or downstream.
- ``match``: every rule at every place that it is about. ``narrowing``: the places that may be one. ``chain``: the
  chains of flows that a rule is about. ``finding``: what came of it. ``questions``: what would settle what is
  unknown. ``closing``: what would close what is open. ``remarks``: what does not fit together in the model itself.

To add: a fact is a row in ``catalog.facts`` and a function in ``answers`` (a test keeps the two equal) with one test
for each answer.

2026-11: where the answer to ``exposed`` is no, a finding is addressed even if nobody can tell yet whether the threat
concerns the place: the question would settle nothing that is open, and reviewers of every sample called it noise. The
finding is kept, unconfirmed.

2026-11: verdicts are worked out first, without words; reasons are put together only where something came of it. That
keeps 10,000 elements within seconds and changes no answer.

2026-11: a place asks a few of the flows or components that would settle it, never all of them: of a large model of
which nobody says much, each place would ask of each other. The answers show whether the rest matters. Only the model
as a whole asks of all.
"""
