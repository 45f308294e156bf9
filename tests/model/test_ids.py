"""Ids: what they look like, and the id that a name gives."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from threatmodel.model.ids import FLOW_ID_PATTERN, ID_PATTERN, flow_id, is_id, slug


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("DX room 2", "dx-room-2"),
        ("  PACS  ", "pacs"),
        ("Hôpital Saint-Éloi", "hopital-saint-eloi"),
        ("Straße ÆSIR Łódź œuvre", "strasse-aesir-lodz-oeuvre"),
        ("a--b__c..d", "a-b-c-d"),
        ("C/D (E)", "c-d-e"),
        ("İstanbul ısı", "istanbul-isi"),
        ("CT²", "ct2"),
        ("ﬁle", "file"),
        ("医院", ""),
        ("---", ""),
        ("", ""),
    ],
)
def test_a_name_gives_an_id(name: str, made: str) -> None:
    assert slug(name) == made


@settings(deadline=None, derandomize=True)
@given(st.text(max_size=60))
def test_what_a_name_gives_is_an_id_or_nothing_and_stays_one(name: str) -> None:
    made = slug(name)
    assert made == "" or is_id(made)
    assert slug(made) == made


@pytest.mark.parametrize("text", ["a", "a1", "dx-room-2", "0"])
def test_ids(text: str) -> None:
    assert is_id(text)


@pytest.mark.parametrize("text", ["", "-a", "a-", "a--b", "A", "a b", "a.b", "é", "a\n", "a/b", "a_b"])
def test_no_ids(text: str) -> None:
    assert not is_id(text)


def test_a_flow_is_called_by_its_ends_and_label() -> None:
    made = flow_id("dx-room-2", "Store study", "router")
    assert made == "dx-room-2.store-study.router"
    assert re.fullmatch(FLOW_ID_PATTERN, made)
    assert not re.fullmatch(ID_PATTERN, made)  # no flow can have the id of a component
