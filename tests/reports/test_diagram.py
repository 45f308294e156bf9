"""The system view: what it says, that no name can break it, and that nothing in it lies over a text."""

import math
import os
import re
import struct
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from threatmodel.assessment import assess
from threatmodel.catalog.catalog import Catalog
from threatmodel.catalog.read import read_catalog
from threatmodel.errors import OutputError
from threatmodel.importers.formats import read_model
from threatmodel.reports import diagram_style as style
from threatmodel.reports.diagram import COMPONENTS, LABELLED, system_dot, system_svg
from threatmodel.reports.diagram_flows import bundles, longest_way
from threatmodel.reports.view import View
from threatmodel.reports.view_build import build_view
from threatmodel.resources import data_folder, vendored_file

SVG = "{http://www.w3.org/2000/svg}"
SAMPLES = sorted(folder.name for folder in data_folder("samples").iterdir() if (folder / "model.py").is_file())
HEAD = """
from threatmodel import Model, Zone
from threatmodel.data import PHI_PIXEL, REPORTS
from threatmodel.imaging import DicomRouter, External, Pacs, Radiologist, Viewer
from threatmodel.protocols import DICOM, DICOMWEB, SYSLOG_UDP, USER_INTERFACE
"""
SMALL = """
with Model("Small") as model:
    with Zone("Hospital"):
        router = DicomRouter("Router")
        with Zone("Archive room"):
            pacs = Pacs("PACS")
    router.sends("Store", to=pacs, over=DICOM, carries=[PHI_PIXEL], encryption="none")
"""


DOT = r"""digraph system {
graph [bgcolor=white
fontname=Arial
fontsize=9
label=
  Small
  process
  store
  external, person
  trust boundary
  critical
  high
  medium
  low
  Arrows point the way the data go;
  a ring marks a receiver that opens the
  connection.
  Line colour and width: the worst open level at that place;
  the number
  counts its open findings.
labeljust=l
labelloc=b
nodesep=0.2
outputorder=edgesfirst
pad=0.15
rankdir=TB
ranksep=0.36
splines=ortho]
node [fillcolor=white
fontname=Arial
fontsize=9
height=0.2
margin="0.08,0.04"
shape=box
style=filled
width=0.3]
edge [arrowsize=0.8
fontname=Arial
fontsize=9]
subgraph cluster_hospital {

color="#34495E"
fillcolor="#F3F6FA"
id="zone:hospital"
label=
  Hospital
labelloc=t
margin=10
penwidth=1.3
style="dashed,filled"
tooltip="Trust boundary Hospital: exposure not stated, operated by not stated, region not stated"
"component/router" [label=
  Router
  DICOM router
color="#4A5563"
id="component:router"
penwidth=1
style="rounded,filled"
tooltip="Router: DICOM router in Hospital;
  no open finding"]
"flow/router.store.pacs" [label=
  Store
  DICOM (DIMSE), clear
  critical: 1 open
fillcolor="#F3F6FA"
id="flow:router.store.pacs"
margin="0.04,0.02"
penwidth=0
tooltip="Store: from Router to PACS;
  DICOM (DIMSE), clear;
  opened by Router;
  carries Identifiable images;
  1 open finding, the worst critical"]
subgraph "cluster_archive-room" {

color="#34495E"
fillcolor="#E9EEF5"
id="zone:archive-room"
label=
  Archive room
labelloc=t
margin=10
penwidth=1.3
style="dashed,filled"
tooltip="Trust boundary Archive room: exposure not stated, operated by not stated, region not stated"
"component/pacs" [label=
  PACS
  store: PACS archive
  high: 2 open
id="component:pacs"
shape=plain
style=""
tooltip="PACS: PACS archive in Archive room;
  2 open findings, the worst high"]
}
}
"component/router" -> "flow/router.store.pacs" [color="#A11212"
dir=none
id="flow:router.store.pacs:out"
penwidth=3
tooltip="Store: from Router to PACS;
  DICOM (DIMSE), clear;
  opened by Router;
  carries Identifiable images;
  1 open finding, the worst critical"
weight=3]
"flow/router.store.pacs" -> "component/pacs" [arrowhead=normal
color="#A11212"
id="flow:router.store.pacs:in"
penwidth=3
tooltip="Store: from Router to PACS;
  DICOM (DIMSE), clear;
  opened by Router;
  carries Identifiable images;
  1 open finding, the worst critical"
weight=3]
}
"""


@cache
def catalog() -> Catalog:
    return read_catalog(data_folder("catalogs") / "radiology-ai")


def viewed(model: Path) -> View:
    return build_view(assess(read_model(model), catalog()), "0.0.0")


@cache
def sample(name: str) -> View:
    return viewed(data_folder("samples") / name)


def written(folder: Path, text: str) -> View:
    place = folder / "model.py"
    place.write_text(HEAD + text, encoding="utf-8")
    return viewed(place)


def region(folder: Path) -> View:
    """Thirty components and sixty flows in zones of three levels."""
    lines = ['with Model("Region") as model:', "    parts = []"]
    for site in range(3):
        lines.append(f'    with Zone("Hospital {site}", exposure="internal", operator="hospital"):')
        for room in range(3):
            lines += [
                f'        with Zone("Department {site}.{room}"):',
                f'            parts.append(DicomRouter("Router {site}.{room}"))',
                f'            parts.append(Viewer("Reading station {site}.{room}"))',
                f'            with Zone("Archive segment {site}.{room}", exposure="isolated"):',
                f'                parts.append(Pacs("PACS {site}.{room}"))',
            ]
    lines += [
        '    with Zone("Outside", exposure="internet"):',
        '        parts += [External("Vendor"), Radiologist("Radiologist"), External("Image exchange")]',
        "    for place in range(0, 27, 3):",
        "        router, viewer, pacs = parts[place : place + 3]",
        '        router.sends("Archive study", to=pacs, over=DICOM, carries=[PHI_PIXEL])',
        '        viewer.pulls("Images", from_=pacs, over=DICOMWEB, carries=[PHI_PIXEL], encryption="tls")',
        '        viewer.sends("Request", to=router, over=DICOM)',
        '        pacs.sends("Forward", to=parts[(place + 3) % 27], over=DICOM, carries=[PHI_PIXEL])',
        '        viewer.sends("Screen", to=parts[28], over=USER_INTERFACE, carries=[PHI_PIXEL])',
        '        router.sends("Exchange", to=parts[29], over=DICOMWEB, carries=[PHI_PIXEL], both_ways=True)',
        '    for place in range(2, 20, 3): parts[27].sends("Remote support", to=parts[place])',
    ]
    return written(folder, "\n".join(lines))


def many(view: View, count: int, zones: int) -> View:
    """A View with so many components and twice as many flows, in a row of zones."""
    part, flow, zone = view.components[0], view.flows[0], view.zones[0]
    rooms = [replace(zone, id=f"z{place:04}", name=f"Zone {place}") for place in range(zones)]
    parts = [
        replace(part, id=f"c{place:05}", name=f"Part {place}", zone=f"z{place % zones:04}") for place in range(count)
    ]
    flows = [
        replace(flow, id=f"c{place:05}.f{step}.x", source_id=f"c{place:05}", target_id=f"c{(place + step) % count:05}")
        for place in range(count)
        for step in (zones, 1)
    ]
    return replace(view, zones=tuple(rooms), components=tuple(parts), flows=tuple(flows))


# -- what the picture says ----------------------------------------------------------------------------------------


def test_the_dot_of_a_small_model_is_exactly_this(tmp_path: Path) -> None:
    view = written(tmp_path, SMALL)
    parts = {
        part.id: replace(part, worst="high" if part.id == "pacs" else "", open=2 * (part.id == "pacs"))
        for part in view.components
    }
    flow = replace(view.flows[0], worst="critical", open=1)
    view = replace(view, components=tuple(parts.values()), flows=(flow,))

    assert outline(system_dot(view)) == DOT


def outline(dot: str) -> str:
    """DOT with a line for each attribute and each text of a label."""
    labels = re.compile(r"<<TABLE.*?</TABLE>>")
    told = labels.sub(lambda label: "\n  ".join(["", *re.findall(r">([^<>]+)<", label[0])]), dot)
    return re.sub(r"[ \t]+(?=\w+=)", "\n", told).replace("\t", "").replace("; ", ";\n  ")


def test_each_part_has_its_id_its_class_and_its_tooltip() -> None:
    view = sample("chest-xray-triage")
    root = parsed(system_svg(view))
    groups = {group.get("id"): group for group in root.iter(f"{SVG}g") if group.get("id")}
    told = {name: (group.get("class"), group.findtext(f"{SVG}title")) for name, group in groups.items()}

    for component in view.components:
        kind, tip = told[f"component:{component.id}"]
        assert (
            kind == "component"
            and tip
            and tip.startswith(f"{component.name}: {component.kind} in {component.zone_name}")
        )
    for zone in view.zones:
        assert told[f"zone:{zone.id}"] == ("zone", style.zone_tip(zone))
    for flow in view.flows:
        kind, tip = told[f"flow:{flow.id}"]
        assert kind == "flow" and tip and tip.startswith(f"{flow.name}: from {flow.source_name} to {flow.target_name}")
        for side in ("out", "in"):
            line = groups[f"flow:{flow.id}:{side}"]
            assert (line.get("class"), line.get("data-flows"), line.findtext(f"{SVG}title")) == (
                "flow-line",
                flow.id,
                tip,
            )
    assert len([one for one in root.iter() if one.get("id")]) == len(
        {one.get("id") for one in root.iter() if one.get("id")}
    )
    assert not list(root.iter(f"{SVG}a"))


def test_levels_counts_and_protection_are_told_in_words() -> None:
    texts = words(system_svg(sample("chest-xray-triage")))
    view = sample("chest-xray-triage")

    open_ones = [(part.worst, part.open) for part in view.components] + [(flow.worst, flow.open) for flow in view.flows]
    assert {f"{worst}: {count} open" for worst, count in open_ones if worst} <= set(texts)
    assert {"DICOM (DIMSE), clear", "DICOMweb, TLS", "encryption not stated", "opened by Reading station"} <= set(texts)
    assert "internet · vendor · IE" in texts


def test_the_picture_has_a_title_and_a_description_for_screen_readers() -> None:
    view = sample("chest-xray-triage")
    root = parsed(system_svg(view))

    assert root.get("role") == "img"
    title, description = root[0], root[1]
    assert (title.tag, title.text) == (f"{SVG}title", "System view of Chest X-ray triage")
    assert (description.tag, description.text) == (f"{SVG}desc", view.picture_alt)
    assert root.get("aria-labelledby") == title.get("id") == "picture-chest-x-ray-triage-title"
    assert root.get("aria-describedby") == description.get("id")


def test_a_ring_marks_the_receiver_that_opens_and_both_ways_has_two_heads(tmp_path: Path) -> None:
    view = written(
        tmp_path,
        """
with Model("Rings") as model:
    with Zone("Room"):
        pacs, viewer, router = Pacs("PACS"), Viewer("Viewer"), DicomRouter("Router")
    viewer.pulls("Images", from_=pacs, over=DICOMWEB)
    router.sends("Studies", to=pacs, over=DICOM, both_ways=True)
""",
    )
    root = parsed(system_svg(view))
    lines = {group.get("id"): group for group in root.iter(f"{SVG}g") if group.get("class") == "flow-line"}

    rings = {name for name, line in lines.items() if line.find(f"{SVG}ellipse") is not None}
    heads = {name for name, line in lines.items() if line.find(f"{SVG}polygon") is not None}
    assert rings == {"flow:pacs.images.viewer:in"}
    assert heads == {"flow:pacs.images.viewer:in", "flow:router.studies.pacs:in", "flow:router.studies.pacs:out"}


def test_parallel_flows_are_one_arrow_and_each_id_is_still_there(tmp_path: Path) -> None:
    sends = "\n".join(f'    pacs.sends("Flow {number}", to=viewer, over=DICOM)' for number in range(5))
    view = written(
        tmp_path,
        f"""
with Model("Parallel") as model:
    with Zone("Room"):
        pacs, viewer = Pacs("PACS"), Viewer("Viewer")
{sends}
    pacs.sends("Sealed", to=viewer, over=DICOM, encryption="tls")
    viewer.sends("Back", to=pacs, over=DICOM)
""",
    )
    svg = system_svg(view)
    root = parsed(svg)

    assert [[flow.name for flow in arrow.flows] for arrow in bundles(view)] == [
        [f"Flow {number}" for number in range(5)],
        ["Sealed"],
        ["Back"],
    ]
    assert {f"flow:{flow.id}" for flow in view.flows} <= {one.get("id") for one in root.iter()}
    label = next(one for one in root.iter() if one.get("id") == "flow:pacs.flow-0.viewer")
    assert label.get("data-flows") == " ".join(f"pacs.flow-{number}.viewer" for number in range(5))
    assert [text.text for text in label.iter(f"{SVG}text")][:4] == ["Flow 0", "Flow 1", "Flow 2", "+2 more"]


def test_a_protocol_without_encryption_is_told_but_not_of_a_person_at_a_screen(tmp_path: Path) -> None:
    view = written(
        tmp_path,
        """
with Model("Screens") as model:
    with Zone("Room"):
        viewer, radiologist, router = Viewer("Viewer"), Radiologist("Radiologist"), DicomRouter("Router")
    viewer.sends("Screen", to=radiologist, over=USER_INTERFACE)
    viewer.sends("Log", to=router, over=SYSLOG_UDP)
""",
    )

    assert [word for word in words(system_svg(view)) if "encryption" in word] == ["offers no encryption"]


# -- no name can break it -----------------------------------------------------------------------------------------

HOSTILE = (
    "a < b > c & d \" e ' f", r"\N \G \E \T \l \r \n \\", "<B>bold</B>", "</TD></TR></TABLE>>]; evil [label=<",
    '"]; x -> y; "', "-->", "]]>", "&#0; &lt; &amp;lt; &nbsp;", "first\nsecond\r\n\tthird", "x" * 200,
    "длинное имя " * 15, "放射線画像診断支援" * 20, "قسم الأشعة", "\u202eevil\u202c", "\x00\x07\x1b", "\ud800",
    "digraph", "<", ">", "\\", '"', "%s {0} ${x}", "\U0001f469\U0001f3fd\u200d\u2695\ufe0f", "",
)  # fmt: skip


def renamed(view: View, name: str) -> View:
    return replace(
        view,
        title=name,
        zones=tuple(replace(zone, name=name, operator=name) for zone in view.zones),
        components=tuple(replace(part, name=name, kind=name, zone_name=name) for part in view.components),
        flows=tuple(
            replace(flow, name=name, source_name=name, target_name=name, opened_by=name, protocol=name, data=(name,))
            for flow in view.flows
        ),
    )


def shape(svg: str) -> list[tuple[str | None, str | None]]:
    return sorted((group.get("id", ""), group.get("class")) for group in parsed(svg).iter(f"{SVG}g"))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_changes_nothing_but_the_texts(name: str) -> None:
    view = sample("chest-xray-triage")
    svg = system_svg(renamed(view, name))

    assert [one for one in shape(svg) if one[1] != "zone-title"] == [
        one for one in shape(system_svg(view)) if one[1] != "zone-title"
    ]
    shown = style.wrapped(name, 20)
    assert set(shown) <= set(words(svg))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.differing_executors])
@given(name=st.text(alphabet=st.characters(), max_size=60))
@example(name="<<B>x</B>>")
@example(name="\\")
def test_no_text_whatever_breaks_the_picture(name: str) -> None:
    view = sample("chest-xray-triage")
    expected = {f"component:{part.id}" for part in view.components} | {f"flow:{flow.id}" for flow in view.flows}

    root = parsed(system_svg(renamed(view, name)))

    assert expected <= {one.get("id") for one in root.iter()}
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= {
        *("svg", "title", "desc", "g", "polygon", "polyline", "path", "ellipse", "text", "rect")
    }


def test_names_come_through_the_whole_way(tmp_path: Path) -> None:
    view = written(
        tmp_path,
        r"""
with Model("<b>&\"\\N") as model:
    with Zone("Zone \\G <i>"):
        pacs = Pacs("PACS \"A\" & <B>")
        viewer = Viewer("Viewer \\N")
    pacs.sends("Study -> \\E", to=viewer, over=DICOM)
""",
    )

    assert {'PACS "A" & <B>', r"Viewer \N", r"Study -> \E", r"Zone \G <i>"} <= set(words(system_svg(view)))


# -- the same picture always --------------------------------------------------------------------------------------


def test_the_same_view_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    program = (
        "import sys; sys.path[:0] = sys.argv[3:]\n"
        "from pathlib import Path\n"
        "from threatmodel.assessment import assess\n"
        "from threatmodel.catalog.read import read_catalog\n"
        "from threatmodel.importers.formats import read_model\n"
        "from threatmodel.reports.diagram import system_svg\n"
        "from threatmodel.reports.view_build import build_view\n"
        "view = build_view(assess(read_model(Path(sys.argv[1])), read_catalog(Path(sys.argv[2]))), '0.0.0')\n"
        "sys.stdout.buffer.write(system_svg(view).encode())\n"
    )
    places = [str(data_folder("samples") / "chest-xray-triage"), str(data_folder("catalogs") / "radiology-ai")]
    drawn = {
        subprocess.run(
            [sys.executable, "-c", program, *places, *sys.path],
            env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip

    assert drawn == {system_svg(sample("chest-xray-triage")).encode()}


def test_the_order_of_declaration_does_not_matter(tmp_path: Path) -> None:
    parts = ['        a = Pacs("A")', '        b = Viewer("B")', '        c = DicomRouter("C")']
    flows = [
        '    c.sends("In", to=a, over=DICOM)',
        '    a.sends("Out", to=b, over=DICOMWEB)',
        '    b.sends("Back", to=c)',
    ]
    drawn = set()
    for turn in range(3):
        body = [*parts[turn:], *parts[:turn], *flows[turn:], *flows[:turn]]
        text = "\n".join(['with Model("Turned") as model:', '    with Zone("Z"):', *body])
        drawn.add(system_dot(written(tmp_path, text)))

    assert len(drawn) == 1


# -- nothing lies over a text -------------------------------------------------------------------------------------

Box = tuple[float, float, float, float]


@cache
def widths(bold: bool) -> dict[int, float]:
    """The width of each letter in ems: tables cmap (format 4) and hmtx of a TrueType font."""
    font = vendored_file("Arimo-Bold.ttf" if bold else "Arimo-Regular.ttf").read_bytes()
    tables = {}
    for place in range(struct.unpack_from(">H", font, 4)[0]):
        tag, _, start, _ = struct.unpack_from(">4sIII", font, 12 + 16 * place)
        tables[tag] = start
    units = struct.unpack_from(">H", font, tables[b"head"] + 18)[0]
    metrics = struct.unpack_from(">H", font, tables[b"hhea"] + 34)[0]
    cmap = tables[b"cmap"]
    found = {}
    for place in range(struct.unpack_from(">H", font, cmap + 2)[0]):
        table = cmap + struct.unpack_from(">HHI", font, cmap + 4 + 8 * place)[2]
        if struct.unpack_from(">H", font, table)[0] != 4:
            continue
        count = struct.unpack_from(">H", font, table + 6)[0] // 2
        rows = [
            struct.unpack_from(f">{count}H", font, table + 14 + 2 * count * row + (2 if row else 0)) for row in range(4)
        ]
        for number, (end, start, delta, offset) in enumerate(zip(*rows, strict=True)):
            for letter in range(start, min(end, 0xFFFE) + 1):
                glyph = letter + delta
                if offset:
                    at = table + 16 + 6 * count + 2 * number + offset + 2 * (letter - start)
                    glyph = struct.unpack_from(">H", font, at)[0] + delta
                at = tables[b"hmtx"] + 4 * min(glyph & 0xFFFF, metrics - 1)
                found[letter] = struct.unpack_from(">H", font, at)[0] / units
    return found


def text_boxes(group: ET.Element) -> list[tuple[str, Box]]:
    found = []
    for text in group.iter(f"{SVG}text"):
        size, x, y = (float(text.get(name, "0")) for name in ("font-size", "x", "y"))
        known = widths(text.get("font-weight") == "bold")
        width = size * sum(known.get(ord(letter), 1.0) for letter in text.text or "")
        assert text.get("text-anchor") == "start"
        found.append((text.text or "", (x, y - 0.73 * size, x + width, y + 0.2 * size)))
    return found


def apart(one: Box, other: Box) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def inside(one: Box, other: Box) -> bool:
    return other[0] <= one[0] and other[1] <= one[1] and one[2] <= other[2] and one[3] <= other[3]


def frame(group: ET.Element) -> Box:
    """Around all that is drawn of a part."""
    points = [point for shape in group for point in corners(shape)]
    return (min(x for x, _ in points), min(y for _, y in points), max(x for x, _ in points), max(y for _, y in points))


def corners(shape: ET.Element) -> list[tuple[float, float]]:
    numbers = [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", shape.get("points") or shape.get("d") or "")]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def line_points(group: ET.Element) -> Iterator[tuple[float, float]]:
    """Points along a line, at most a point apart."""
    for path in group.findall(f"{SVG}path"):
        curve = corners(path)
        for first in range(0, len(curve) - 3, 3):
            four = curve[first : first + 4]
            steps = int(sum(math.dist(*pair) for pair in pairwise(four))) + 1
            for step in range(steps + 1):
                t = step / steps
                part = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
                yield tuple(sum(f * p[axis] for f, p in zip(part, four, strict=True)) for axis in (0, 1))  # type: ignore[misc]


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def words(svg: str) -> list[str]:
    return [text.text or "" for text in parsed(svg).iter(f"{SVG}text")]


def groups_of(root: ET.Element, *kinds: str) -> list[ET.Element]:
    return [group for group in root.iter(f"{SVG}g") if group.get("class") in kinds]


def assert_legible(svg: str, *, titles_on_lines: int = 0) -> None:
    root = parsed(svg)
    texts = text_boxes(root)
    assert [(one, other) for one, other in combinations(texts, 2) if not apart(one[1], other[1])] == []

    zones = {group.get("id", ""): frame(group) for group in groups_of(root, "zone")}
    titles = [box for group in groups_of(root, "zone", "zone-title") for _, box in text_boxes(group)]
    parts = {group.get("id", ""): frame(group) for group in groups_of(root, "component", "flow")}
    for name, part in parts.items():
        assert [zone for zone, box in zones.items() if not (apart(part, box) or inside(part, box))] == [], name
        assert all(apart(part, title) for title in titles), name
    for group in groups_of(root, "component", "flow", "zone"):
        around = frame(group)
        assert all(inside(box, around) for _, box in text_boxes(group)), group.get("id")

    raised = groups_of(root, "zone-title")
    assert len(raised) <= titles_on_lines
    clear = [box for group in groups_of(root, "zone") for _, box in text_boxes(group)]
    for line in groups_of(root, "flow-line"):
        own = str(line.get("id")).rpartition(":")[0]
        labels = [box for group in groups_of(root, "flow") if group.get("id") != own for _, box in text_boxes(group)]
        struck = [
            box
            for x, y in line_points(line)
            for box in (*clear, *labels)
            if box[0] < x < box[2] and box[1] < y < box[3]
        ]
        assert struck == [], line.get("id")


@pytest.mark.parametrize("name", SAMPLES)
def test_in_no_sample_anything_lies_over_a_text(name: str) -> None:
    assert_legible(system_svg(sample(name)))


def test_nothing_lies_over_a_text_in_a_region_with_three_levels_of_zones(tmp_path: Path) -> None:
    view = region(tmp_path)
    assert (len(view.components), len(view.flows), max(zone.depth for zone in view.zones)) == (30, 60, 2)

    assert_legible(system_svg(view), titles_on_lines=2)


@pytest.mark.parametrize("name", ["W" * 200, "放射線画像診断支援" * 20, "Wide Wording " * 12])
def test_long_names_keep_inside_their_boxes(name: str) -> None:
    root = parsed(system_svg(renamed(sample("chest-xray-triage"), name)))
    texts = text_boxes(root)

    assert [(one, other) for one, other in combinations(texts, 2) if not apart(one[1], other[1])] == []
    for group in groups_of(root, "component", "flow", "zone"):
        assert all(inside(box, frame(group)) for _, box in text_boxes(group)), group.get("id")


@pytest.mark.parametrize("colour", [*style.LEVEL_COLOURS.values(), style.INK, style.QUIET, style.BOUNDARY])
def test_every_colour_can_be_read_on_every_ground(colour: str) -> None:
    def light(hexadecimal: str) -> float:
        parts = [int(hexadecimal[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    assert min((light(ground) + 0.05) / (light(colour) + 0.05) for ground in style.GROUNDS) >= 4.5


# -- large models -------------------------------------------------------------------------------------------------


def told(svg: str) -> str:
    return " ".join(words(svg))


def test_a_larger_model_is_drawn_without_labels_and_says_so() -> None:
    view = many(sample("chest-xray-triage"), 60, 6)
    root = parsed(svg := system_svg(view))

    assert len(view.components) + len(view.flows) > LABELLED
    assert len(groups_of(root, "component")) == 60 and not groups_of(root, "flow")
    drawn = [flow for line in groups_of(root, "flow-line") for flow in str(line.get("data-flows")).split()]
    assert sorted(drawn) == sorted(flow.id for flow in view.flows)
    assert {f"flow:{flow.id}" for flow in view.flows} <= {one.get("id") for one in root.iter()}
    assert "Simplified, since the model has 60 components and 120 flows: all flows between two components" in told(svg)


def test_a_very_large_model_is_drawn_zone_by_zone_and_says_so() -> None:
    view = many(sample("chest-xray-triage"), COMPONENTS + 100, 40)
    root = parsed(svg := system_svg(view))

    assert [group.get("id") for group in groups_of(root, "component")] == [
        f"component:all-in-z{place:04}" for place in range(40)
    ] or len(groups_of(root, "component")) == 40
    assert words(svg).count("10 components") == 40
    assert "the components inside a boundary are one box" in told(svg)


def test_deep_zones_are_folded_into_those_around_them() -> None:
    view = many(sample("chest-xray-triage"), 400, 200)
    nested = tuple(
        zone if place % 10 == 0 else replace(zone, parent=f"z{place - place % 10:04}", depth=1)
        for place, zone in enumerate(view.zones)
    )
    ordered = tuple(sorted(nested, key=lambda zone: (zone.parent or zone.id, zone.depth, zone.id)))
    root = parsed(svg := system_svg(replace(view, zones=ordered)))

    assert len(groups_of(root, "zone")) == 20
    assert words(svg).count("20 components") == 20


def test_a_model_too_large_for_any_picture_is_refused_with_the_reason() -> None:
    with pytest.raises(OutputError, match="too large for a picture: the model has 400 components and 800 flows"):
        system_dot(many(sample("chest-xray-triage"), 400, 200))


def test_where_lines_at_right_angles_fail_curves_are_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "dot"
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><g id="graph0" class="graph"><title>system</title></g></svg>'
    place.write_text(f"#!/bin/sh\nif grep -q splines=ortho; then echo 'Error: router' >&2; exit 1; fi\necho '{svg}'\n")
    place.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")

    drawn = system_svg(sample("chest-xray-triage"), "system")

    assert "<desc" in drawn and "system</title>" not in drawn


def test_the_longest_way_counts_components_along_the_data(tmp_path: Path) -> None:
    def way(flows: Sequence[str]) -> int:
        return longest_way(
            bundles(
                written(
                    tmp_path,
                    "\n".join(
                        [
                            'with Model("Ways") as model:',
                            '    with Zone("Z"): a, b, c, d = Pacs("A"), Pacs("B"), Pacs("C"), Pacs("D")',
                            *(f'    {flow[0]}.sends("X", to={flow[1]})' for flow in flows),
                        ]
                    ),
                )
            )
        )

    assert [way(()), way(("ab",)), way(("ab", "bc", "cd")), way(("ab", "bc", "ca")), way(("ab", "ba"))] == [
        1,
        2,
        4,
        3,
        2,
    ]
