"""Layout: what is drawn, and what is said where nothing can be drawn."""

import os
import re
import stat
import subprocess
import sys
import threading
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from threatmodel import resources
from threatmodel.errors import OutputError
from threatmodel.reports import engine, wasm_graphviz

NESTED = """digraph system {
  graph [fontname=Arial labeljust=l]; node [fontname=Arial shape=box]; edge [fontname=Arial];
  subgraph cluster_hospital { label="Hôpital — Universitätsklinik";
    subgraph cluster_radiology { label="Radiology"; ct [label="CT"]; pacs [label=<<B>PACS</B><BR/>Étienne>] }
    subgraph cluster_ai { label="AI zone"; subgraph cluster_gpu { label="GPU <node>"; model } }
  }
  subgraph cluster_cloud { label="雲"; registry [label="a --> b & \\"c\\""] }
  ct -> pacs [label="C-STORE"]; pacs -> model; registry -> model [label="font-family=\\"x\\""];
}"""
SVG = "{http://www.w3.org/2000/svg}"

FAKE_DOT = """#!/bin/sh
cat > "$0.input"
printf '%s' "$*" > "$0.arguments"
"""


@pytest.fixture
def no_dot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "threatmodel"


@pytest.fixture
def fresh() -> Iterator[None]:
    """The engine as in a new process."""
    wasm_graphviz._program.cache_clear()
    yield
    wasm_graphviz._program.cache_clear()


def fake_dot(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Path:
    place = folder / "bin" / "dot"
    place.parent.mkdir()
    place.write_text(FAKE_DOT + script)
    place.chmod(0o755)
    monkeypatch.setenv("PATH", f"{place.parent}{os.pathsep}{os.environ['PATH']}")
    return place


def boxes(svg: str) -> dict[str, tuple[float, float, float, float]]:
    """The outline of each cluster by its name: left, top, right, bottom."""
    found = {}
    for group in ET.fromstring(svg).iter(f"{SVG}g"):
        if group.get("class") == "cluster":
            title, outline = group.find(f"{SVG}title"), group.find(f"{SVG}polygon")
            assert title is not None and outline is not None
            points = [tuple(map(float, point.split(","))) for point in outline.attrib["points"].split()]
            across, down = [x for x, _ in points], [y for _, y in points]
            found[title.text or ""] = (min(across), min(down), max(across), max(down))
    return found


def test_nested_clusters_stand_inside_each_other() -> None:
    found = boxes(engine.layout(NESTED))
    assert sorted(found) == ["cluster_ai", "cluster_cloud", "cluster_gpu", "cluster_hospital", "cluster_radiology"]

    def inside(inner: str, outer: str) -> bool:
        a, b = found[inner], found[outer]
        return b[0] < a[0] and b[1] < a[1] and a[2] < b[2] and a[3] < b[3]

    assert inside("cluster_radiology", "cluster_hospital")
    assert inside("cluster_ai", "cluster_hospital")
    assert inside("cluster_gpu", "cluster_ai")
    assert not inside("cluster_cloud", "cluster_hospital")


def test_labels_of_any_script_and_with_markup_characters_come_out_as_they_are() -> None:
    texts = [text.text for text in ET.fromstring(engine.layout(NESTED)).iter(f"{SVG}text")]
    for label in ("Hôpital — Universitätsklinik", "雲", "Étienne", "GPU <node>", 'a --> b & "c"', 'font-family="x"'):
        assert label in texts


def test_the_picture_can_stand_in_a_page_and_names_our_fonts() -> None:
    svg = engine.layout(NESTED)
    assert svg.startswith("<svg ")
    assert svg.endswith("</svg>\n")
    assert "<!" not in svg
    assert "<?" not in svg
    assert set(re.findall(r' font-family="([^"]*)"', svg)) == {engine.FONT_FAMILY}


def test_same_text_same_bytes_in_this_process_and_in_another(tmp_path: Path) -> None:
    svg = engine.layout(NESTED)
    engine.layout("digraph { another -> one }")
    assert engine.layout(NESTED) == svg
    script = (
        "import sys; from threatmodel.reports.engine import layout; "
        "sys.stdout.buffer.write(layout(sys.argv[1]).encode())"
    )
    for seed in ("1", "2"):
        setting = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "XDG_CACHE_HOME": str(tmp_path),
            "TZ": "Asia/Tokyo",
            "LANG": "C",
        }
        done = subprocess.run([sys.executable, "-c", script, NESTED], env=setting, capture_output=True, check=True)
        assert done.stdout.decode() == svg


@pytest.mark.parametrize(
    ("dot", "said"),
    [
        ("digraph { a -> ", "the diagram's text is not valid DOT: syntax error in line 1"),
        ("digraph {\n  a -> b\n  ]\n}", "the diagram's text is not valid DOT: syntax error in line 3 near ']'"),
        ("", "the diagram's text is not valid DOT: no graph in it"),
        ("digraph { a [label=<<B>x>] }", "the diagram cannot be drawn: mismatched tag in line 1"),
    ],
    ids=["cut", "wrong character", "empty", "broken HTML label"],
)
def test_bad_dot_is_refused_in_graphviz_s_words(dot: str, said: str) -> None:
    with pytest.raises(OutputError) as told:
        engine.layout(dot)
    assert told.value.problems[0].what.startswith(said)
    assert told.value.problems[0].hint
    assert told.value.exit_code == 4


def test_a_warning_is_no_failure() -> None:
    assert "<svg" in engine.layout(
        'digraph { compound=true; a -> b [lhead=nowhere]; c [shape=nonsense image="/etc/passwd"] }'
    )


def test_a_graph_that_takes_too_long_is_given_up_and_the_next_one_is_drawn() -> None:
    tangle = "digraph {" + "".join(f"a{i * i % 401} -> a{i * 7 % 397};" for i in range(4000)) + "}"
    with pytest.raises(OutputError, match=r"the layout takes more than 0\.3 s"):
        engine.layout(tangle, seconds=0.3)
    assert "<svg" in engine.layout("digraph { a -> b }")


def test_a_graph_that_takes_too_much_memory_is_given_up_and_the_next_one_is_drawn() -> None:
    many = "digraph {" + "".join(f"a{i} -> b{i};" for i in range(5000)) + "}"
    with pytest.raises(OutputError, match="the layout takes more than 20 MiB of memory"):
        engine.layout(many, memory=20 << 20)
    assert "<svg" in engine.layout("digraph { a -> b }", memory=20 << 20)


def test_too_little_memory_to_start_is_told() -> None:
    with pytest.raises(OutputError, match="cannot start within 1 MiB"):
        engine.layout("digraph { a }", memory=1 << 20)


@pytest.mark.parametrize(
    "dot",
    [
        "digraph {" + "".join(f"n{i} -> n{i + 1};" for i in range(40_000)) + "}",
        "digraph {" + "{" * 100_000 + "a" + "}" * 100_000 + "}",
    ],
    ids=["long", "deep"],
)
def test_a_trap_in_the_guest_is_told_and_leaves_nothing_behind(dot: str) -> None:
    with pytest.raises(OutputError, match=r"too large, or nested too deep|memory exhausted"):
        engine.layout(dot)
    assert "<svg" in engine.layout("digraph { a -> b }")


def test_two_threads_draw_what_one_draws() -> None:
    expected = engine.layout(NESTED)
    drawn: list[str] = []
    threads = [threading.Thread(target=lambda: drawn.append(engine.layout(NESTED))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert drawn == [expected] * 4


def test_the_memory_of_a_layout_is_given_back() -> None:
    script = """
import resource
from threatmodel.reports.engine import layout
def peak_after(times):  # MiB on Linux
    for _ in range(times):
        layout("digraph {" + "".join(f"n{i} -> n{i + 1};" for i in range(500)) + "}")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
before = peak_after(5)
print(peak_after(30) - before)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    assert float(done.stdout) < 15  # a layout that stays costs 2 to 3 MiB


@pytest.mark.usefixtures("fresh")
def test_the_compiled_engine_is_cached_for_the_user_alone(own_cache: Path) -> None:
    svg = engine.layout(NESTED)
    (stored,) = own_cache.iterdir()
    assert stored.name.startswith("graphviz-b113d594ef25f4da9d12e83f7f1550f0-")
    assert stat.S_IMODE(own_cache.stat().st_mode) == 0o700
    written = stored.stat().st_mtime_ns
    wasm_graphviz._program.cache_clear()
    assert engine.layout(NESTED) == svg
    assert stored.stat().st_mtime_ns == written


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize("valid_digest", [False, True], ids=["damaged", "of another release"])
def test_a_broken_cache_is_ignored_and_replaced(own_cache: Path, valid_digest: bool) -> None:
    svg = engine.layout(NESTED)
    (stored,) = own_cache.iterdir()
    good = stored.read_bytes()
    if valid_digest:
        resources.write_cached(stored.name, b"not a module")
    else:
        stored.write_bytes(good[:100] + b"\0" * 100 + good[200:])
    wasm_graphviz._program.cache_clear()
    assert engine.layout(NESTED) == svg
    assert len(stored.read_bytes()) == len(good)
    assert resources.read_cached(stored.name) is not None


@pytest.mark.usefixtures("fresh")
def test_a_cache_that_cannot_be_written_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(file))
    assert "<svg" in engine.layout(NESTED)


def lose_vendor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = resources.vendored_file
    monkeypatch.setattr(resources, "vendored_file", lambda name: found(name, package=tmp_path))


@pytest.mark.usefixtures("fresh", "no_dot")
def test_without_any_engine_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lose_vendor(tmp_path, monkeypatch)
    with pytest.raises(OutputError) as told:
        engine.layout(NESTED)
    (problem,) = told.value.problems
    assert problem.what == "the installation lacks graphviz.wasm"
    assert problem.hint is not None
    assert "apt-get install graphviz" in problem.hint


@pytest.mark.usefixtures("fresh")
def test_names_that_cannot_be_read_count_as_no_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "_vendor").mkdir()
    (tmp_path / "_vendor" / "graphviz.wasm").write_bytes(b"")
    (tmp_path / "_vendor" / "graphviz.json").write_bytes(b"{")
    lose_vendor(tmp_path, monkeypatch)
    with pytest.raises(wasm_graphviz.EngineMissing, match="cannot be read"):
        wasm_graphviz.load()


@pytest.mark.usefixtures("fresh", "own_cache")
def test_a_wasm_that_does_not_compile_counts_as_no_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "_vendor").mkdir()
    (tmp_path / "_vendor" / "graphviz.wasm").write_bytes(b"\0asm")
    (tmp_path / "_vendor" / "graphviz.json").write_text('{"exports": {}, "imports": {}}')
    lose_vendor(tmp_path, monkeypatch)
    with pytest.raises(wasm_graphviz.EngineMissing, match="does not run on this machine"):
        wasm_graphviz.load()


@pytest.mark.usefixtures("no_dot")
def test_without_wasmtime_the_message_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "wasmtime", None)
    monkeypatch.delitem(sys.modules, "threatmodel.reports.wasm_graphviz")
    monkeypatch.delattr("threatmodel.reports.wasm_graphviz")
    with pytest.raises(OutputError, match="the embedded layout engine cannot be loaded"):
        engine.usable_engine()


@pytest.mark.usefixtures("fresh")
def test_the_system_s_dot_stands_in_for_a_missing_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lose_vendor(tmp_path, monkeypatch)
    place = fake_dot(tmp_path, monkeypatch, """echo '<?xml version="1.0"?><!DOCTYPE svg><svg><!-- é --></svg>'""")
    assert engine.usable_engine() == "system"
    assert engine.layout(NESTED) == "<svg></svg>\n"
    assert Path(f"{place}.input").read_text(encoding="utf-8") == NESTED
    assert Path(f"{place}.arguments").read_text() == "-Kdot -Tsvg"


def test_the_embedded_engine_is_used_even_where_dot_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_dot(tmp_path, monkeypatch, "exit 1")
    assert engine.usable_engine() == "embedded"
    assert engine.usable_engine("system") == "system"


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (
            "echo 'Error: <stdin>: syntax error in line 1' >&2; exit 1",
            "`dot` refuses the diagram: syntax error in line 1",
        ),
        ("exit 3", "`dot` refuses the diagram: exit status 3"),
        ("exec sleep 5", "the layout takes `dot` more than 0.2 s"),
    ],
    ids=["syntax", "silent", "slow"],
)
def test_a_failing_dot_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, said: str) -> None:
    place = fake_dot(tmp_path, monkeypatch, script)
    with pytest.raises(OutputError) as told:
        engine.layout(NESTED, engine="system", seconds=0.2 if "sleep" in script else 20)
    assert told.value.problems[0].what == said
    assert told.value.problems[0].where == str(place)


def test_a_dot_that_does_not_start_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_dot(tmp_path, monkeypatch, "").write_text("#!/nowhere/sh\n")
    with pytest.raises(OutputError, match="`dot` cannot be started: No such file or directory"):
        engine.layout(NESTED, engine="system")


@pytest.mark.usefixtures("no_dot")
def test_asking_for_a_dot_that_is_not_there_is_told() -> None:
    with pytest.raises(OutputError, match="the command `dot` is not on the path"):
        engine.layout(NESTED, engine="system")
