"""Room: an assessment or a system for other programs. In: ``Assessment`` or ``System``. Out: text in pieces.

- ``json_doc``: the assessment as JSON, schema ``threatmodel-assessment/1``. ``system_doc``: the system as YAML or JSON.
- ``schemas``: the JSON Schemas of what is read and written. ``formats``: which writer a path gets.

To add: a foreign format is a module here.
"""
