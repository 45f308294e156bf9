"""Room: what may go wrong, as data. Knows the words of the model, and nothing of graphs or of any model.

In: YAML files of catalog folders. Out: ``Catalog``, frozen and linted, with conditions read against the known facts.

- ``facts``: the words that a condition may use, and what each means. ``analysis.answers`` answers them; a test keeps
  the two equal. ``conditions``: a condition as a tree, read strictly. ``impossible``: whether one can hold at all.
- ``entry``: what all entries share. ``threats``, ``controls``, ``frameworks`` (identifiers and their true names),
  ``overrides`` (what a catalog changes of another one): the files, by their schemas; ``whole``: a folder in one piece.
- ``read``: from folders, through ``from_yaml`` and ``fitting`` with all errors at once, or from the ``compiled`` form
  in the cache and ``rereading``. ``assemble`` makes one catalog of them, with ``rules`` and ``life_cycle``.
  ``catalog``: the whole.
- ``lint``: what is well-formed and still wrong, ``placing``: the line it stands in, ``glossary``: French words and
  typography.
- ``plain``: a condition in plain words, with the phrases of ``plain_words``.
- ``possible``: whether a condition can hold where only kinds and protocol are known. ``picking``: the threats of a kind
  or protocol, for lists. ``concerns``: which kinds and protocols a threat is about by that; ``actors``: who can bring
  it about. ``coverage``: the matrices of the three; ``reasons``: why cells of them are meant to be empty, from
  ``coverage.yaml``.

To add: a threat is a file and its cases; a control an entry in a family file; an identifier a line in
``frameworks.yaml``; a word for conditions a row in ``facts`` and a function in ``analysis``.

2026-11: a condition asks set-valued facts with ``any``, ``all`` or ``none`` and single-valued ones with a word or
``in``; the two are told apart when a condition is read, so that ``carries: phi-pixel`` cannot be mistaken for
"carries only that".

2026-11: an identifier that no framework lists is an error of ``lint``, not of ``read``: a hospital whose citation is
missing can still check its model. Conditions that can hold of nothing are an error of ``read``, since such a threat
would be silent where somebody counts on it; they are looked for only when a catalog is made from YAML.

2026-11: a retired entry stays in its file, so that its id cannot come back; its conditions are no longer read, since
they may ask for facts that are gone. A catalog that extends another brings ids of its own name space only and changes
the other's threats in ``overrides.yaml``; two that change the same thing of the same threat are refused, as no order
of folders should decide a severity. What was there before stays with the rule (``Rule.changes``) and the catalog
(``Catalog.out_of_use``).
"""
