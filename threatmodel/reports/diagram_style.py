"""How the parts of a picture look: colours, shapes and labels as Graphviz takes them, with every text made harmless.

The notation is that of data-flow diagrams in threat modelling (Shostack, Threat Modeling, 2014, chapter 2): processes
rounded, stores between two lines, external bodies and people as rectangles, trust boundaries dashed. A level is always
told in words; its colour (at least 4.5:1 on every ground used, WCAG 2.2, 1.4.3) and the weight of the line repeat it.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from html import escape
from typing import Final, NamedTuple

from threatmodel.reports.view import ComponentView, FlowView, View, ZoneView

INK: Final = "#1F2933"
QUIET: Final = "#4A5563"
BOUNDARY: Final = "#34495E"
GROUNDS: Final = ("#FFFFFF", "#F3F6FA", "#E9EEF5")
"""What stands behind zones: by how many zones are around them; deeper ones take turns."""
LEVEL_COLOURS: Final = {"critical": "#A11212", "high": "#9C4303", "medium": "#6F5200", "low": "#1B5793"}
_WEIGHTS: Final = {"critical": 3, "high": 2, "medium": 2, "low": 1}
NAME, SMALL, TITLE = 11, 9, 12

_NONE_OFFERED: Final = "offers no encryption"
_ENCRYPTION: Final = {
    "none": "clear",
    "tls": "TLS",
    "mtls": "mutual TLS",
    "vpn": "VPN",
    "none offered": _NONE_OFFERED,
    "not applicable": _NONE_OFFERED,
    "not stated": "encryption not stated",
}
_DFD: Final = {"store": "store", "external": "external", "person": "person"}
_WIDE: Final = 28  # letters on a line at an arrow
_MOST_TOLD: Final = 12  # flows in a tooltip
_NOT_STATED: Final = "not stated"
_OVERRIDES: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff")
_LATIN: Final = 0x17F  # up to here Graphviz's own widths of Arial hold
_NARROW: Final = frozenset(" !'()*,-./:;I[]fijlrt|·")
_BROAD: Final = frozenset("%@MWmw—…ÆŒ")


class Line(NamedTuple):
    """A line of a label."""

    text: str
    size: int = SMALL
    colour: str = INK
    bold: bool = False


def clean(text: str) -> str:
    """The text on one line, without what XML forbids and what turns the direction of writing."""
    plain = "".join(" " if letter.isspace() else letter for letter in text)
    kept = (letter for letter in plain if unicodedata.category(letter) not in {"Cc", "Cs"} and letter not in _OVERRIDES)
    return " ".join("".join(kept).split())


def wrapped(text: str, width: int, most: int = 3) -> list[str]:
    """The text on at most so many lines; wide scripts count double; what is left out shows as an ellipsis."""
    plain = clean(text)
    if any(unicodedata.east_asian_width(letter) in "WF" for letter in plain):
        width //= 2
    return textwrap.wrap(plain, width, max_lines=most, placeholder=" …") or ["(no name)"]


def colour(level: str) -> str:
    """The colour of a level; of none, that of plain lines."""
    return LEVEL_COLOURS.get(level, QUIET)


def weight(level: str) -> str:
    """The width of a line for a level."""
    return str(_WEIGHTS.get(level, 1))


def ground(depth: int) -> str:
    """The colour behind a zone with so many zones around it; −1 is the paper."""
    return GROUNDS[(depth + 1) % len(GROUNDS)]


def encryption(stated: str) -> str:
    """The state of a flow's encryption in words, or an empty text where it cannot be asked."""
    return _ENCRYPTION.get(stated) or clean(stated.replace("tls", "TLS"))


def opened_by_target(flow: FlowView) -> bool:
    """Whether the end that receives the data opens the connection."""
    return flow.opened_by != flow.source_name and flow.opened_by == flow.target_name


def component_lines(component: ComponentView) -> list[Line]:
    """What stands in a component: name, kind, worst level."""
    lines = [Line(text, NAME, INK, bold=True) for text in wrapped(component.name, 20)]
    kind = "" if component.kind.casefold() == component.name.casefold() else component.kind
    told = ": ".join(part for part in (_DFD.get(component.dfd, ""), kind) if part)
    if told:
        lines += [Line(text, SMALL, QUIET) for text in wrapped(told, 24)]
    return lines + finding_line(component.worst, component.open)


def flow_lines(flows: Sequence[FlowView], worst: str, count: int, *, with_person: bool) -> list[Line]:
    """What stands on the arrow of flows that share their ends, protocol and protection."""
    first = flows[0]
    lines = [Line(text, SMALL, INK) for flow in flows[:3] for text in wrapped(flow.name, _WIDE, 2)]
    if len(flows) > 3:
        lines.append(Line(f"+{len(flows) - 3} more", SMALL, INK))
    secured = encryption(first.encryption)
    if with_person and secured == _NONE_OFFERED:  # between a person and a screen nothing could be encrypted
        secured = ""
    told = [part for part in (_protocol(first), secured) if part]
    if len(", ".join(told)) <= _WIDE:
        told = [", ".join(told)]
    if opened_by_target(first):
        told.append(f"opened by {first.opened_by}")
    lines += [Line(text, SMALL, QUIET) for one in told for text in wrapped(one, _WIDE, 2)]
    return lines + finding_line(worst, count)


def finding_line(worst: str, count: int) -> list[Line]:
    """The worst open level and how many findings are open; nothing where none is."""
    return [Line(f"{worst}: {count} open", SMALL, colour(worst), bold=True)] if worst else []


def zone_lines(zone: ZoneView) -> list[Line]:
    """The title of a boundary and what holds inside."""
    told = " · ".join(value for value in (zone.exposure, zone.operator, zone.region) if value != _NOT_STATED)
    lines = [Line(text, TITLE, BOUNDARY, bold=True) for text in wrapped(zone.name, 40, 2)]
    return lines + ([Line(clean(told), SMALL, QUIET)] if told else [])


def component_tip(component: ComponentView) -> str:
    """A component in a sentence."""
    return clean(
        f"{component.name}: {component.kind} in {component.zone_name}; {_open(component.worst, component.open)}"
    )


def flows_tip(flows: Iterable[FlowView]) -> str:
    """Each flow of an arrow in a sentence, on a line of its own."""
    told = [_flow_tip(flow) for flow in flows]
    return "\n".join([*told[:_MOST_TOLD], *([f"and {len(told) - _MOST_TOLD} more"] if len(told) > _MOST_TOLD else [])])


def zone_tip(zone: ZoneView) -> str:
    """A trust boundary in a sentence."""
    return clean(
        f"Trust boundary {zone.name}: exposure {zone.exposure}, operated by {zone.operator}, region {zone.region}"
    )


def _flow_tip(flow: FlowView) -> str:
    ends = f"from {flow.source_name} to {flow.target_name}{', both ways' if flow.both_ways else ''}"
    told = ", ".join(part for part in (_protocol(flow), encryption(flow.encryption)) if part)
    return clean(
        f"{flow.name}: {ends}; {told}; opened by {flow.opened_by}; "
        f"carries {', '.join(flow.data)}; {_open(flow.worst, flow.open)}"
    )


def _protocol(flow: FlowView) -> str:
    return "protocol not stated" if flow.protocol == _NOT_STATED else flow.protocol


def _open(worst: str, count: int) -> str:
    if not count:
        return "no open finding"
    return f"{count} open finding{'s' if count != 1 else ''}, the worst {worst}"


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text in points, estimated upwards from Arial's."""
    ems = 0.0
    for letter in text:
        if unicodedata.east_asian_width(letter) in "WF":
            ems += 1.05
        elif ord(letter) > _LATIN:
            ems += 0.0 if unicodedata.combining(letter) else 0.75
        elif letter in _NARROW:
            ems += 0.34
        elif letter in _BROAD:
            ems += 0.9
        else:
            ems += 0.73 if letter.isupper() else 0.57
    return ems * size * (1.06 if bold else 1.0)


def node_label(lines: Iterable[Line]) -> str:
    """The label of a part or an arrow."""
    return f"<{_table(_rows(lines, 'CENTER'))}>"


def store_label(lines: Iterable[Line], level: str) -> str:
    """The label of a store with the two lines between which it stands."""
    attributes = f'BORDER="{weight(level)}" SIDES="TB" COLOR="{colour(level)}" BGCOLOR="white"'
    cell = f"<TD>{_table(_rows(lines, 'CENTER'))}</TD>"
    return f"<{_table(_row(cell), attributes, 5)}>"


def zone_label(lines: Sequence[Line], *, movable: bool) -> str:
    """The title of a boundary; with as much room to its right where it may have to give way to a line."""
    room = round(max(text_width(line.text, line.size, bold=line.bold) for line in lines)) + 20
    space = f'<TD WIDTH="{room}"></TD>' if movable else ""
    return f"<{_table(''.join(_row(_cell(line, 'LEFT') + space) for line in lines))}>"


def legend(view: View, note: str, *, rings: bool) -> str:
    """The label under the picture: whose it is, the notation, and what was left out."""
    title = f"{view.title}, version {view.version}" if view.version != _NOT_STATED else view.title
    heads = [Line(text, TITLE, INK, bold=True) for text in wrapped(title, 56, 2)]
    boxes = (
        ('BORDER="1" STYLE="ROUNDED"', "process"), ('BORDER="1" SIDES="TB"', "store"),
        ('BORDER="1"', "external, person"), ('BORDER="1" STYLE="DASHED"', "trust boundary"),
    )  # fmt: skip
    cells = "".join(_box(attributes, Line(text)) for attributes, text in boxes)
    worst = "".join(_box(_framed(level), _level(level)) for level in (count.name for count in view.levels))
    told = [
        f"Arrows point the way the data go{'; a ring marks a receiver that opens the connection' if rings else ''}.",
        "Line colour and width: the worst open level at that place; the number counts its open findings.",
        *([note] if note else []),
    ]
    lines = [Line(text, SMALL, QUIET) for one in told for text in wrapped(one, 72, 4)]
    rows = _rows(heads, "LEFT")
    rows += "".join(_row(f'<TD ALIGN="LEFT">{_table(_row(strip), spacing=4)}</TD>') for strip in (cells, worst))
    return f"<{_table(rows + _rows(lines, 'LEFT'), padding=1)}>"


def _framed(level: str) -> str:
    return f'BORDER="{weight(level)}" STYLE="ROUNDED" COLOR="{colour(level)}"'


def _level(level: str) -> Line:
    return Line(level, SMALL, colour(level), bold=True)


def _box(attributes: str, line: Line) -> str:
    return f"<TD>{_table(_rows([line], 'CENTER'), attributes, 2)}</TD>"


def _table(rows: str, attributes: str = 'BORDER="0"', padding: int = 0, spacing: int = 0) -> str:
    return f'<TABLE {attributes} CELLBORDER="0" CELLSPACING="{spacing}" CELLPADDING="{padding}">{rows}</TABLE>'


def _rows(lines: Iterable[Line], align: str) -> str:
    return "".join(_row(_cell(line, align)) for line in lines)


def _row(cells: str) -> str:
    return f"<TR>{cells}</TR>"


def _cell(line: Line, align: str) -> str:
    text = escape(line.text).replace("\\", r"\\")  # Graphviz fills in names for \N and the like here too
    if line.bold:
        text = f"<B>{text}</B>"
    place = f'ALIGN="{align}"'
    if any(ord(letter) > _LATIN for letter in line.text):  # Graphviz takes these letters for narrower than they are
        room = round(text_width(line.text, line.size, bold=line.bold))
        place = f'ALIGN="LEFT" WIDTH="{room}"'
    return f'<TD {place}><FONT POINT-SIZE="{line.size}" COLOR="{line.colour}">{text}</FONT></TD>'
