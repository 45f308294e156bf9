"""Ids: what they look like, and the id that a name gives."""

from __future__ import annotations

import re
import unicodedata

ID_PATTERN = r"[a-z0-9]+(-[a-z0-9]+)*"
CONTROL_ID_PATTERN = rf"({ID_PATTERN}/)?{ID_PATTERN}"
"""A control of a catalog that extends another names its catalog: ``our-hospital/double-key``."""
FLOW_ID_PATTERN = rf"{ID_PATTERN}\.{ID_PATTERN}\.{ID_PATTERN}"
_ID = re.compile(rf"{ID_PATTERN}\Z")
_CONTROL_ID = re.compile(rf"{CONTROL_ID_PATTERN}\Z")
_SEPARATORS = re.compile(r"[^a-z0-9]+")
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def slug(name: str) -> str:
    """The id that a name gives: lower case, accents dropped, anything else a hyphen; empty when nothing is left."""
    if name.isascii():
        return _SEPARATORS.sub("-", name.lower()).strip("-")
    plain = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _SEPARATORS.sub("-", letters).strip("-")


def is_id(text: str) -> bool:
    """Whether a text may be an id: lower-case letters and digits, single hyphens between."""
    return _ID.match(text) is not None


def is_control_id(text: str) -> bool:
    """Whether a text may be the id of a control: an id, with the id of its catalog and a slash before it or not."""
    return _CONTROL_ID.match(text) is not None


def flow_id(source: str, label: str, target: str) -> str:
    """The id of a flow: its source, the slug of its label, its target."""
    return f"{source}.{slug(label)}.{target}"
