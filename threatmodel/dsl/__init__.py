"""Room: the words that an author writes, and how they become a ``System``.

In: an author's calls. Out: ``freeze(model)``, a ``System``, or every mistake of the file at once.

- ``scope``: the open model and zone, the line of the author's call, and where mistakes are gathered.
- ``controls``: the states of a control, from ``absent`` to ``verified``. ``handles``: components. ``flow``: what they
  send and pull. ``assets``: data of one's own. ``model``: models and zones.
- ``word_bases``: what words of a sort share. ``imaging_words``, ``ai_words``, ``it_words``, ``bare_words``: a class for
  each kind.
- ``freeze``: handles to parts.

To add: a word for a new kind is a class with ``kind = "<id>"`` in one of the word files, and its name in the door
``imaging``.

2026-11: a mistake does not raise inside an open model: it is kept with its line, and all of them are raised when the
model is frozen. Only what leaves no model to keep it in raises at once.
"""
