"""Where the files beside the code are: catalogs, templates, samples, locales, the vendored ones, and the user's cache.

In a wheel the data folders stand in ``threatmodel/_data``, in a checkout (editable installs too) beside the package.
The vendored files (Graphviz as WASM, fonts, their licences) are put into ``threatmodel/_vendor`` by the build.
The cache may always be missing, broken or read-only: whoever uses it must be able to go on without.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final, Literal

from threatmodel.errors import ThreatModelError

DataFolder = Literal["catalogs", "templates", "samples", "locales"]
VendoredFile = Literal["graphviz.wasm", "graphviz.json", "Arimo-Regular.ttf", "Arimo-Bold.ttf"]

_PACKAGE: Final = Path(__file__).resolve().parent
_SHARED: Final = stat.S_IWGRP | stat.S_IWOTH
_DIGEST_SIZE: Final = 32  # bytes of a SHA-256, which stand before the content in a cached file


def data_folder(name: DataFolder, *, package: Path = _PACKAGE) -> Path:
    """The folder of that name: inside the package where it was installed from a wheel, else beside it.

    Raises:
        ThreatModelError: the installation holds no such folder.
    """
    places = (package / "_data" / name, package.parent / name)
    for place in places:
        if place.is_dir():
            return place
    raise ThreatModelError(
        f"the installation lacks its folder {name!r}",
        " or ".join(str(place) for place in places),
        "install threatmodel again: pip install --force-reinstall threatmodel",
    )


def vendored_file(name: VendoredFile, *, package: Path = _PACKAGE) -> Path:
    """The third-party file of that name, which the build took from npm.

    Raises:
        ThreatModelError: the build could not get it (it says so with a warning, and goes on).
    """
    place = package / "_vendor" / name
    if place.is_file():
        return place
    raise ThreatModelError(
        f"the installation lacks {name}",
        str(place),
        "install threatmodel again where the npm and PyPI registries are reachable: the build takes it from there",
    )


def cache_folder() -> Path | None:
    """The user's cache folder for this program, made with mode 0700; None where there is none that can be trusted.

    ``$XDG_CACHE_HOME/threatmodel``, else ``~/.cache/threatmodel`` (XDG Base Directory Specification 0.8: a relative
    path in the variable counts as unset). A folder that belongs to another user, or that others may write, is refused.
    """
    stated = Path(os.environ.get("XDG_CACHE_HOME", ""))
    try:
        folder = (stated if stated.is_absolute() else Path.home() / ".cache") / "threatmodel"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        facts = folder.stat()
    except (OSError, RuntimeError):  # RuntimeError: Path.home() finds no home
        return None
    if hasattr(os, "getuid") and (facts.st_uid != os.getuid() or facts.st_mode & _SHARED):
        return None
    return folder


def read_cached(name: str) -> bytes | None:
    """What ``write_cached`` stored under that name; None where it is missing, cut short or altered."""
    folder = cache_folder()
    if folder is None:
        return None
    try:
        stored = (folder / name).read_bytes()
    except OSError:
        return None
    digest, content = stored[:_DIGEST_SIZE], stored[_DIGEST_SIZE:]
    return content if hashlib.sha256(content).digest() == digest else None


def write_cached(name: str, content: bytes) -> bool:
    """Whether the content is now stored: at once and whole, or not at all; a failure is no error."""
    folder = cache_folder()
    if folder is None:
        return False
    try:
        handle, unfinished = tempfile.mkstemp(dir=folder, prefix=f"{name}.")  # mode 0600
    except OSError:
        return False
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(content).digest())
            file.write(content)
        os.replace(unfinished, folder / name)
    except OSError:
        with suppress(OSError):
            os.unlink(unfinished)
        return False
    return True
