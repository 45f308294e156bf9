"""Room: the command line. The only room that both reads files and writes them.

In: arguments. Out: results on standard output, messages on standard error, an exit code (``exits``).

- ``main``: the table of commands; a command's module is loaded only when the command is called, so that ``--help``
  and completion load click alone. One file for each command.
- ``console``: text for terminals. ``loading``: a model and the catalogs; ``catalog_folders``: which ones.
- ``exits``: the exit codes. ``writing``: files, all or nothing.
- ``summary``: what ``check`` prints for people. ``explaining``: what ``explain`` prints.
- ``catalog_manual``: the commands of ``catalog`` for its readers. ``catalog_showing``: what they print; ``showing``:
  the same of entries that are never asked.

To add: a command is a module here with a ``command``, and a row in ``main``; the README names it (a test checks).

2026-11: rich is used where lines must be wrapped and coloured for a terminal; what goes to a file or a pipe is plain
text.
"""
