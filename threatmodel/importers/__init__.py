"""Room: a model from a file. In: a path. Out: a ``System``, or every mistake of the file with its line.

- ``python_file``: runs a model written in the language. Such a file is code and is run as such.
- ``yaml_file``: reads the YAML and JSON forms; runs nothing. ``formats``: which reader a path gets.

To add: a foreign format is a module here with a ``read`` function, and a row in ``formats``.
"""
