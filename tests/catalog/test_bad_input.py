# ruff: noqa: E501 - one row of a table a line
"""Files that nobody should have to read: too large, no plain files, in another encoding, with another one's words."""

import os
from pathlib import Path

import pytest

from tests.catalog.written import FILES, MANIFEST, THREAT, told, write
from threatmodel.catalog import rereading
from threatmodel.catalog.facts import FACTS
from threatmodel.catalog.read import LARGEST_BYTES, read_catalog

FIRST = "threats/data/DAT-01-read.yaml"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "threatmodel"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "catalog")


@pytest.mark.parametrize("name", ["catalog.yaml", "controls/network.yaml", FIRST, "frameworks.yaml", "overrides.yaml"])
def test_a_file_of_fifty_megabytes_is_refused_before_it_is_opened(
    folder: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (folder / name).open("wb") as file:
        file.truncate(50_000_000)
    opened: list[str] = []
    really = open

    def watched(path: object, *arguments: object, **others: object) -> object:
        opened.append(str(path))
        return really(path, *arguments, **others)  # type: ignore[call-overload]

    monkeypatch.setattr("builtins.open", watched)
    ((where, _, what, hint),) = told(folder)
    assert (where, what) == (name, f"the file has 50,000,000 bytes; more than {LARGEST_BYTES:,} are not read")
    assert "one threat a file" in hint
    assert str(folder / name) not in opened


def test_a_file_of_just_the_limit_is_read(folder: Path) -> None:
    text = THREAT + "# " + "x" * (LARGEST_BYTES - len(THREAT) - 3) + "\n"
    (folder / FIRST).write_text(text)
    assert (folder / FIRST).stat().st_size == LARGEST_BYTES
    assert list(read_catalog(folder).rules) == ["DAT-01", "DAT-02"]


@pytest.mark.parametrize("name", [FIRST, "controls/network.yaml", "overrides.yaml"])
def test_what_is_no_plain_file_is_told_and_not_waited_for(folder: Path, name: str) -> None:
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)
    assert [(where, what) for where, _, what, _ in told(folder)] == [(name, "this is no plain file")]


@pytest.mark.parametrize("name", [FIRST, "frameworks.yaml", "overrides.yaml"])
def test_a_link_that_leads_nowhere_or_to_itself_is_told(folder: Path, name: str) -> None:
    for target in (folder / "none", folder / name):
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(target)
        assert [(where, what[:23]) for where, _, what, _ in told(folder)] == [(name, "the file cannot be read")]


def test_a_link_to_a_file_is_followed_and_one_to_a_folder_is_told(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (folder / FIRST).rename(elsewhere / "x.yaml")
    (folder / FIRST).symlink_to(elsewhere / "x.yaml")
    assert list(read_catalog(folder).rules) == ["DAT-01", "DAT-02"]
    (folder / "threats" / "general").symlink_to(elsewhere)
    assert [(where, what) for where, _, what, _ in told(folder)] == [
        ("threats/general", "links to folders are not followed")
    ]


@pytest.mark.parametrize(
    ("encoded", "line", "what"),
    [
        (THREAT.replace("Somebody reads.", "Quelqu'un a lu à la volée.").encode("latin-1"), 19, "the file is not UTF-8 text"),
        (THREAT.encode("utf-16"), 1, "the file is not UTF-8 text"),
        (THREAT.encode("utf-16-le"), 1, "the text cannot be parsed"),
        (THREAT.encode("utf-32"), 1, "the file is not UTF-8 text"),
        (THREAT.replace("Encrypt.", "Enc\0rypt.").encode(), 19, "the text cannot be parsed"),
    ],
    ids=["latin-1", "utf-16", "utf-16 without mark", "utf-32", "NUL"],
)  # fmt: skip
def test_other_encodings_are_told_with_the_line(folder: Path, encoded: bytes, line: int, what: str) -> None:
    (folder / FIRST).write_bytes(encoded)
    found = told(folder)
    assert found[0][:2] == (FIRST, line)
    assert found[0][2].startswith(what)
    assert {row[0] for row in found} == {FIRST}


def test_a_byte_order_mark_does_no_harm(folder: Path) -> None:
    plain = read_catalog(folder)
    for name in FILES:
        (folder / name).write_bytes(b"\xef\xbb\xbf" + FILES[name].encode())
    marked = read_catalog(folder)
    assert marked.rules == plain.rules
    assert marked.controls == plain.controls


def test_a_manifest_that_is_a_folder_is_no_catalog(folder: Path) -> None:
    (folder / "catalog.yaml").unlink()
    (folder / "catalog.yaml").mkdir()
    ((_, _, what, _),) = told(folder)
    assert what == "there is no catalog here"


def test_nothing_is_kept_of_a_catalog_with_mistakes(folder: Path, cache: Path) -> None:
    (folder / "catalog.yaml").write_text(MANIFEST.replace("1.0.0", "one"))
    told(folder)
    (folder / "catalog.yaml").write_text(MANIFEST)
    (folder / FIRST).write_text(THREAT.replace("lacks: tls", "lacks: tlss"))
    told(folder)
    assert not cache.exists() or list(cache.iterdir()) == []


def test_a_compiled_form_made_with_other_words_is_another_one(
    folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_catalog(folder)
    (before,) = cache.iterdir()
    monkeypatch.setitem(FACTS, "a_fact_of_the_future", FACTS["crosses_boundary"])
    assert rereading.words_stamp() not in before.name
    read_catalog(folder)
    assert len(list(cache.iterdir())) == 2
