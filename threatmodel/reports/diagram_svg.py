"""From the SVG that Graphviz writes to one that a page can hold: told to screen readers, titles clear of the lines.

Graphviz keeps room for a boundary's title above all that is inside, but draws lines through that band as they come.
Here each title moves along its band to the first place that no line crosses; where there is none, it is drawn over the
lines on a ground of its own.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from threatmodel.reports.diagram_style import text_width

_SVG: Final = "http://www.w3.org/2000/svg"
_TITLE_OF: Final = "{http://www.w3.org/1999/xlink}title"
_NUMBERS: Final = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
_CLASSES: Final = {"cluster": "zone", "edge": "flow-line"}
_STEPS: Final = 8  # straight pieces that stand for a Bézier curve
_CLEAR: Final = 4.0  # points between a title and a line
_INSET: Final = 8.0  # points between a title and its boundary, Graphviz's own
_BOLD_DROP: Final = 0.17  # ems by which the embedded Graphviz sets bold lines of HTML-like labels too high


class Box(NamedTuple):
    """A rectangle in points, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two share a point."""
        return not (
            self.right < other.left or other.right < self.left or self.bottom < other.top or other.bottom < self.top
        )


Point = tuple[float, float]


def finished(svg: str, name: str, title: str, description: str, flows: Mapping[str, Sequence[str]]) -> str:
    """The picture with title, description and tooltips, the ids of every flow, and titles clear of lines.

    Args:
        svg: an ``<svg>`` element as ``engine.layout`` gives it.
        name: what the ids of title and description begin with.
        title: what the picture is.
        description: what it shows.
        flows: for the SVG id of each arrow, the ids of the flows that it stands for.
    """
    root = ET.fromstring(svg.replace(f' xmlns="{_SVG}"', "", 1))  # noqa: S314 - Graphviz wrote it: no entities, no DTD
    picture = root[0]
    for told in picture.findall("title"):
        picture.remove(told)
    del picture.attrib["id"]
    tips = {group.get("id", ""): tip for group in picture.findall("g") if (tip := _unwrapped(group))}
    for group in picture.findall("g"):
        _name(group, tips, flows)
    for text in root.iter("text"):
        if text.get("font-weight") == "bold":
            text.set("y", _short(float(text.get("y", "0")) + _BOLD_DROP * float(text.get("font-size", "0"))))
    _place_titles(picture)
    for place, (tag, content) in enumerate((("title", title), ("desc", description))):
        told = ET.Element(tag, {"id": f"{name}-{tag}"})
        told.text = content
        root.insert(place, told)
    root.set("xmlns", _SVG)
    root.set("role", "img")
    root.set("aria-labelledby", f"{name}-title")
    root.set("aria-describedby", f"{name}-desc")
    return ET.tostring(root, encoding="unicode").rstrip() + "\n"


def _unwrapped(group: ET.Element) -> str:
    """The tooltip of a part, whose link-less link goes."""
    for wrap in group.findall("g"):
        link = wrap.find("a")
        if link is not None:
            place = list(group).index(wrap)
            group.remove(wrap)
            for number, part in enumerate(link):
                group.insert(place + number, part)
            return link.get(_TITLE_OF, "")
    return ""


def _name(group: ET.Element, tips: Mapping[str, str], flows: Mapping[str, Sequence[str]]) -> None:
    """Gives a part its class, its tooltip, and an arrow the ids of its flows."""
    own = group.get("id", "")
    kind = _CLASSES.get(group.get("class", ""), own.partition(":")[0])
    group.set("class", kind)
    arrow = own
    if kind == "flow-line":
        arrow = own.rpartition(":")[0] if own not in flows else own
    if arrow in flows:
        group.set("data-flows", " ".join(flows[arrow]))
    told = group.find("title")
    if told is not None:
        told.text = tips.get(own) or tips.get(arrow, "")
    if own in flows:
        for other in flows[own][1:]:
            ET.SubElement(group, "g", {"id": f"flow:{other}"})


def _place_titles(picture: ET.Element) -> None:
    lines = [_line(group) for group in picture.findall("g") if group.get("class") == "flow-line"]
    for zone in [group for group in picture.findall("g") if group.get("class") == "zone"]:
        texts = zone.findall("text")
        border = zone.find("polygon")
        if not texts or border is None:
            continue
        around = _bounds(_points(border.get("points", "")))
        box = text_box(texts[0])
        for text in texts[1:]:
            other = text_box(text)
            box = Box(min(box.left, other.left), box.top, max(box.right, other.right), max(box.bottom, other.bottom))
        band = Box(around.left, box.top, around.right, box.bottom)
        hurdles = [
            piece for bounds, pieces in lines if bounds.meets(band) for piece in pieces if _bounds(piece).meets(band)
        ]
        shift = _free(box, around.right - _INSET, hurdles)
        for text in texts:
            text.set("x", _short(float(text.get("x", "0")) + (shift or 0.0)))
        if shift is None:
            _raise(picture, zone, texts, box, border.get("fill", "white"))


def _free(box: Box, limit: float, hurdles: Sequence[tuple[Point, Point]]) -> float | None:
    """How far the box must move to the right to be clear of all pieces of lines; None where it cannot be."""
    shift = 0.0
    while box.right + shift <= limit or not shift:
        moved = Box(box.left + shift - _CLEAR, box.top, box.right + shift + _CLEAR, box.bottom)
        met = [max(piece[0][0], piece[1][0]) for piece in hurdles if crosses(piece, moved)]
        if not met:
            return shift
        shift = max(shift + 1.0, min(max(met) + _CLEAR + 1.0 - box.left, shift + 12.0))
    return None


def crosses(piece: tuple[Point, Point], box: Box) -> bool:
    """Whether a straight piece of a line has a point in the box (Liang and Barsky's clipping)."""
    (x, y), (to_x, to_y) = piece
    start, end = 0.0, 1.0
    for run, room in (
        (x - to_x, x - box.left),
        (to_x - x, box.right - x),
        (y - to_y, y - box.top),
        (to_y - y, box.bottom - y),
    ):
        if run == 0:
            if room < 0:
                return False
        elif run < 0:
            start = max(start, room / run)
        else:
            end = min(end, room / run)
    return start <= end


def _raise(picture: ET.Element, zone: ET.Element, texts: Sequence[ET.Element], box: Box, ground: str) -> None:
    """Draws a title over the lines, on a ground of its own."""
    group = ET.SubElement(picture, "g", {"class": "zone-title", "data-zone": zone.get("id", "")})
    ET.SubElement(
        group,
        "rect",
        {
            "x": _short(box.left - 1), "y": _short(box.top), "width": _short(box.right - box.left + 2),
            "height": _short(box.bottom - box.top), "fill": ground, "stroke": "none",
        },
    )  # fmt: skip
    for text in texts:
        zone.remove(text)
        group.append(text)


def text_box(text: ET.Element) -> Box:
    """Where a text stands, by estimated widths of its letters."""
    size, x, y = (float(text.get(name, "0")) for name in ("font-size", "x", "y"))
    width = text_width(text.text or "", size, bold=text.get("font-weight") == "bold")
    return Box(x, y - 0.8 * size, x + width, y + 0.25 * size)


def _line(group: ET.Element) -> tuple[Box, list[tuple[Point, Point]]]:
    """A line and its arrowheads in straight pieces, with the box around them."""
    pieces: list[tuple[Point, Point]] = []
    for path in group.findall("path"):
        corners = list(_flattened(_points(path.get("d", ""))))
        pieces += pairwise(corners)
    for head in group.findall("polygon"):
        corners = _points(head.get("points", ""))
        pieces += pairwise(corners)
    for ring in group.findall("ellipse"):
        x, y, across, down = (float(ring.get(name, "0")) for name in ("cx", "cy", "rx", "ry"))
        pieces += [((x - across, y), (x + across, y)), ((x, y - down), (x, y + down))]
    return _bounds([point for piece in pieces for point in piece] or [(0.0, 0.0)]), pieces


def _flattened(curve: Sequence[Point]) -> Iterator[Point]:
    """Points along a chain of cubic Bézier curves."""
    yield curve[0]
    for first in range(0, len(curve) - 3, 3):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = curve[first : first + 4]
        for step in range(1, _STEPS + 1):
            t = step / _STEPS
            a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
            yield a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy


def _points(text: str) -> list[Point]:
    numbers = [float(number) for number in _NUMBERS.findall(text)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _bounds(points: Sequence[Point]) -> Box:
    across = [x for x, _ in points]
    down = [y for _, y in points]
    return Box(min(across), min(down), max(across), max(down))


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
