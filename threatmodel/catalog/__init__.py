"""Room: what may go wrong, as data. Knows the words of the model, and nothing of graphs or of any model.

In: YAML files of a catalog folder. Out: ``Catalog``, frozen and linted, with conditions read against the known facts.

- ``facts``: the words that a condition may use, and what each means. ``analysis.answers`` answers them; a test keeps
  the two equal.
- ``conditions``: a condition as a tree, read strictly. ``threats``, ``controls``: the entries; ``entry``: what all
  entries share.
- ``catalog``: the whole. ``read``: from a folder, through ``from_yaml`` with all errors at once, or from the
  ``compiled`` form in the cache; ``assemble`` puts it together. ``lint``: what is well-formed and still wrong.
- ``plain``: a condition in plain words, with the phrases of ``plain_words``.
- ``possible``: whether a condition can hold where only kinds and protocol are known. ``concerns``: which kinds and
  protocols a threat is about by that; ``actors``: who can bring it about. ``coverage``: the matrices of the three;
  ``reasons``: why cells of them are meant to be empty, from ``coverage.yaml``.

To add: a threat is a file and its cases; a control an entry in a family file; a word for conditions a row in
``facts`` and a function in ``analysis``.

2026-11: a condition asks set-valued facts with ``any``, ``all`` or ``none`` and single-valued ones with a word or
``in``; the two are told apart when a condition is read, so that ``carries: phi-pixel`` cannot be mistaken for
"carries only that".
"""
