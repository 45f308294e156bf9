"""Data of one's own."""

from __future__ import annotations

from threatmodel.dsl.scope import OPEN, Declared, author_line, keep, told_in_full
from threatmodel.errors import Problem
from threatmodel.model.vocabulary import DataClass, Patients


class DataAsset(Declared):
    """Data of one's own, of a class of data: ``DataAsset("Stroke CT", is_a=PHI_PIXEL, patients="many")``."""

    @told_in_full
    def __init__(
        self,
        name: str,
        *,
        is_a: DataClass,
        patients: Patients | None = None,
        id: str | None = None,
        note: str | None = None,
    ) -> None:
        """Declares data of one's own in the open model."""
        self.source = author_line()
        self.name, self.patients, self.id, self.note = name, patients, id, note
        self.is_a = _as_written(is_a)
        current = OPEN.get()
        self.model = current[0] if current is not None else None
        if self.model is None:
            keep(
                Problem(
                    f"the data asset {name!r} is not inside a model",
                    self.source,
                    "put it inside: with Model(…) as model:",
                )
            )
            return
        self.model.declared.append(self)
        if not isinstance(self.is_a, DataClass):
            hint = "use a name of threatmodel.data, such as PHI_PIXEL"
            keep(Problem(f"{name!r}: is_a must be a class of data, not {is_a!r}", self.source, hint))


def _as_written(is_a: object) -> object:
    """What an author wrote, whatever the types ask for."""
    return is_a
