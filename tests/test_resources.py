"""Where files are found, and what the cache survives."""

import os
import stat
from pathlib import Path

import pytest

from threatmodel import resources
from threatmodel.errors import ThreatModelError


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "threatmodel"


@pytest.mark.parametrize("name", ["catalogs", "templates", "samples", "locales"])
def test_every_data_folder_is_found_in_this_installation(name: resources.DataFolder) -> None:
    assert resources.data_folder(name).is_dir()


def test_a_wheel_s_folder_wins_over_the_one_beside_the_package(tmp_path: Path) -> None:
    package = tmp_path / "threatmodel"
    beside = tmp_path / "catalogs"
    beside.mkdir()
    package.mkdir()
    assert resources.data_folder("catalogs", package=package) == beside
    inside = package / "_data" / "catalogs"
    inside.mkdir(parents=True)
    assert resources.data_folder("catalogs", package=package) == inside


def test_a_missing_folder_is_told_with_both_places(tmp_path: Path) -> None:
    with pytest.raises(ThreatModelError) as told:
        resources.data_folder("samples", package=tmp_path / "threatmodel")
    (problem,) = told.value.problems
    assert problem.what == "the installation lacks its folder 'samples'"
    assert problem.where == f"{tmp_path / 'threatmodel' / '_data' / 'samples'} or {tmp_path / 'samples'}"
    assert problem.hint is not None


def test_a_missing_vendored_file_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ThreatModelError) as told:
        resources.vendored_file("Arimo-Bold.ttf", package=tmp_path)
    (problem,) = told.value.problems
    assert problem.what == "the installation lacks Arimo-Bold.ttf"
    assert problem.where == str(tmp_path / "_vendor" / "Arimo-Bold.ttf")
    assert "npm" in (problem.hint or "")


def test_a_vendored_file_is_found(tmp_path: Path) -> None:
    place = tmp_path / "_vendor" / "Arimo-Bold.ttf"
    place.parent.mkdir()
    place.write_bytes(b"font")
    assert resources.vendored_file("Arimo-Bold.ttf", package=tmp_path) == place


def test_what_is_cached_comes_back_and_is_the_user_s_alone(cache: Path) -> None:
    assert resources.read_cached("a") is None
    assert resources.write_cached("a", b"one")
    assert resources.write_cached("a", b"two")
    assert resources.read_cached("a") == b"two"
    assert [file.name for file in cache.iterdir()] == ["a"]
    assert stat.S_IMODE(cache.stat().st_mode) == 0o700
    assert stat.S_IMODE((cache / "a").stat().st_mode) == 0o600


@pytest.mark.parametrize("damage", [b"", b"short", b"\0" * 40], ids=["empty", "cut", "altered"])
def test_a_damaged_file_counts_as_missing(cache: Path, damage: bytes) -> None:
    resources.write_cached("a", b"content")
    (cache / "a").write_bytes(damage)
    assert resources.read_cached("a") is None


def test_one_flipped_bit_is_seen(cache: Path) -> None:
    resources.write_cached("a", b"content")
    stored = bytearray((cache / "a").read_bytes())
    stored[-1] ^= 1
    (cache / "a").write_bytes(stored)
    assert resources.read_cached("a") is None


def test_a_folder_that_others_may_write_is_not_trusted(cache: Path) -> None:
    resources.write_cached("a", b"content")
    cache.chmod(0o770)
    assert resources.cache_folder() is None
    assert resources.read_cached("a") is None
    assert not resources.write_cached("a", b"other")


def test_a_folder_of_another_user_is_not_trusted(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert resources.cache_folder() == cache
    monkeypatch.setattr(os, "getuid", lambda: cache.stat().st_uid + 1)
    assert resources.cache_folder() is None


def test_no_cache_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(file))
    assert resources.cache_folder() is None
    assert resources.read_cached("a") is None
    assert not resources.write_cached("a", b"content")


def test_a_place_that_cannot_be_written_is_no_error(cache: Path) -> None:
    cache.mkdir()
    (cache / "a").mkdir()  # os.replace cannot put a file over a folder
    assert not resources.write_cached("a", b"content")
    assert [file.name for file in cache.iterdir()] == ["a"]


def test_a_relative_cache_home_counts_as_unset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert resources.cache_folder() == tmp_path / ".cache" / "threatmodel"
