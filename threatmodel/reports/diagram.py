"""Pictures: the View as DOT, and as an SVG element that a page can hold.

An arrow is drawn as two lines with its label as a node between them, inside the innermost zone around both ends:
Graphviz keeps nodes clear of each other, of lines and of boundaries' titles, which it does not do for labels of edges.
Lines run at right angles: they are told apart best so, but the router that does it slows down with the square of the
picture and fails on large ones; so larger models are drawn with curves, bundled and without labels, very large ones
zone by zone, and the legend says so.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

import graphviz

from threatmodel.errors import OutputError
from threatmodel.reports import diagram_style as style
from threatmodel.reports.diagram_flows import Bundle, bundles, by_zone, entered, longest_way
from threatmodel.reports.diagram_svg import finished
from threatmodel.reports.engine import Engine, layout
from threatmodel.reports.view import ComponentView, View, ZoneView

LABELLED: Final = 120
"""Up to so many components and arrows together, arrows have labels and run at right angles."""
COMPONENTS, LINES = 300, 600
"""The most components, and lines between them, that are drawn one by one."""
ZONES, ZONE_LINES = 100, 250
"""The most zones, and lines between them, that are drawn where a zone's components are one box."""

_SECONDS: Final = 10.0  # for lines at right angles; 120 parts take one
_TALL: Final = 2.5  # components for each step along the data, below which a picture from top to bottom is better shaped


def system_dot(view: View) -> str:
    """The system view as DOT: zones, components and flows with what is open at them.

    Raises:
        OutputError: a model too large for any picture.
    """
    return _Picture(view).dot()


def system_svg(view: View, engine: Engine = "embedded") -> str:
    """The system view as an ``<svg>`` element with title, description, tooltips and the ids of the parts.

    Components have the id ``component:<id>``, zones ``zone:<id>``, labels of arrows ``flow:<id>``; everything that
    belongs to an arrow names its flows in ``data-flows``.

    Raises:
        OutputError: no engine, a model too large for any picture, or a layout that takes too long.
    """
    picture = _Picture(view)
    if picture.labelled:
        try:
            svg = layout(picture.dot(), engine=engine, seconds=_SECONDS)
        except OutputError:  # the router for right angles gives up on rare pictures; if it is not that, this fails too
            svg = layout(picture.dot(splines="spline"), engine=engine)
    else:
        svg = layout(picture.dot(), engine=engine)
    flows = {f"flow:{one.id}": [flow.id for flow in one.flows] for one in picture.arrows}
    return finished(svg, f"picture-{view.id}", f"System view of {style.clean(view.title)}", view.picture_alt, flows)


class _Picture:
    """One way to draw a View, chosen by its size."""

    def __init__(self, view: View) -> None:
        self.note = ""
        self.arrows: list[Bundle] = bundles(view)
        self.labelled = len(view.components) + len(self.arrows) <= LABELLED
        if not self.labelled:
            view, self.arrows, self.note = _simplified(view)
        self.view = view
        self.tall = self.labelled and len(view.components) < _TALL * longest_way(self.arrows)
        zones = frozenset(zone.id for zone in view.zones)
        self.movable = entered(view, self.arrows) if self.tall else zones
        """The zones whose title may have to give way to a line."""
        self.components: dict[str, list[ComponentView]] = defaultdict(list)
        self.zones: dict[str, list[ZoneView]] = defaultdict(list)
        self.labels: dict[str, list[Bundle]] = defaultdict(list)
        for component in view.components:
            self.components[component.zone].append(component)
        for zone in view.zones:
            self.zones[zone.parent].append(zone)
        for arrow in self.arrows if self.labelled else ():
            self.labels[arrow.zone].append(arrow)

    def dot(self, splines: str = "ortho") -> str:
        """The picture as DOT; ``splines`` is how lines run where arrows have labels."""
        graph = graphviz.Digraph(
            "system",
            graph_attr={
                "rankdir": "TB" if self.tall else "LR", "splines": splines if self.labelled else "spline",
                "nodesep": "0.2", "ranksep": "0.36" if self.labelled else "0.5", "pad": "0.15",
                "outputorder": "edgesfirst", "bgcolor": "white", "fontname": "Arial", "fontsize": "9",
                "labeljust": "l", "labelloc": "b",
                "label": style.legend(self.view, self.note, rings=self.labelled),
            },
            node_attr={
                "fontname": "Arial", "fontsize": "9", "shape": "box", "style": "filled", "fillcolor": "white",
                "margin": "0.08,0.04", "height": "0.2", "width": "0.3",
            },
            edge_attr={"fontname": "Arial", "fontsize": "9", "arrowsize": "0.8"},
        )  # fmt: skip
        self._fill(graph, "", -1)
        for arrow in self.arrows:
            if self.labelled:
                _labelled_arrow(graph, arrow)
            else:
                _plain_arrow(graph, arrow)
        return str(graph.source)

    def _fill(self, graph: Any, zone: str, depth: int) -> None:
        """Draws what stands in a zone: components, labels of arrows, and the zones inside."""
        for component in self.components[zone]:
            _component(graph, component)
        for arrow in self.labels[zone]:
            lines = style.flow_lines(arrow.flows, arrow.worst, arrow.open, with_person=arrow.with_person)
            graph.node(
                f"flow/{arrow.id}", style.node_label(lines),
                **_identity(f"flow:{arrow.id}", style.flows_tip(arrow.flows)),
                penwidth="0", margin="0.04,0.02", fillcolor=style.ground(depth),
            )  # fmt: skip
        for inner in self.zones[zone]:
            with graph.subgraph(name=f"cluster_{inner.id}") as cluster:
                cluster.attr(
                    **_identity(f"zone:{inner.id}", style.zone_tip(inner)),
                    label=style.zone_label(style.zone_lines(inner), movable=inner.id in self.movable),
                    labelloc="t", margin="10", style="dashed,filled",
                    penwidth="1.3", color=style.BOUNDARY, fillcolor=style.ground(depth + 1),
                )  # fmt: skip
                self._fill(cluster, inner.id, depth + 1)


def _simplified(view: View) -> tuple[View, list[Bundle], str]:
    """What is drawn of a larger model, with a sentence that says so."""
    size = f"the model has {len(view.components)} components and {len(view.flows)} flows"
    hint = "The report's tables hold each."
    if len(view.components) <= COMPONENTS:
        arrows = bundles(view, by_pair=True)
        if len(arrows) <= LINES:
            told = "all flows between two components are one line without a label"
            return view, arrows, f"Simplified, since {size}: {told}. {hint}"
    for depth in sorted({zone.depth for zone in view.zones}, reverse=True):
        if sum(zone.depth <= depth for zone in view.zones) <= ZONES:
            outer = by_zone(view, depth)
            arrows = bundles(outer, by_pair=True)
            if len(arrows) <= ZONE_LINES:
                told = (
                    "the components inside a boundary are one box, all flows between two boxes one line without a label"
                )
                return outer, arrows, f"Simplified, since {size}: {told}. {hint}"
    raise OutputError(
        f"the model is too large for a picture: {size}, and even its outermost zones make more than {ZONES} boxes "
        f"or {ZONE_LINES} lines",
        None,
        "draw a part of the model; the report's tables hold all of it",
    )


def _component(graph: Any, component: ComponentView) -> None:
    name, lines = f"component/{component.id}", style.component_lines(component)
    identity = _identity(f"component:{component.id}", style.component_tip(component))
    if component.dfd == "store":
        graph.node(name, style.store_label(lines, component.worst), shape="plain", style="", **identity)
        return
    graph.node(
        name, style.node_label(lines), **identity, style="rounded,filled" if component.dfd == "process" else "filled",
        color=style.colour(component.worst), penwidth=style.weight(component.worst),
    )  # fmt: skip


def _labelled_arrow(graph: Any, arrow: Bundle) -> None:
    """Two lines by way of the label; one that points backwards is written the other way round, so that ranks hold."""
    source, label, target = f"component/{arrow.source}", f"flow/{arrow.id}", f"component/{arrow.target}"
    head = "odotnormal" if arrow.opened_by_target else "normal"
    out = _line(arrow, f"flow:{arrow.id}:out")
    into = _line(arrow, f"flow:{arrow.id}:in")
    if arrow.forward:
        graph.edge(source, label, dir="back" if arrow.both_ways else "none", **out)
        graph.edge(label, target, arrowhead=head, **into)
    else:
        graph.edge(target, label, dir="back", arrowtail=head, **into)
        graph.edge(label, source, dir="forward" if arrow.both_ways else "none", **out)


def _plain_arrow(graph: Any, arrow: Bundle) -> None:
    source, target = f"component/{arrow.source}", f"component/{arrow.target}"
    line = _line(arrow, f"flow:{arrow.id}")
    if arrow.forward:
        graph.edge(source, target, dir="both" if arrow.both_ways else "forward", **line)
    else:
        graph.edge(target, source, dir="both" if arrow.both_ways else "back", **line)


def _line(arrow: Bundle, name: str) -> dict[str, str]:
    return {
        **_identity(name, style.flows_tip(arrow.flows)), "color": style.colour(arrow.worst),
        "penwidth": style.weight(arrow.worst), "weight": "3" if arrow.zone else "1",
    }  # fmt: skip


def _identity(name: str, tip: str) -> dict[str, str]:
    """The id that the part has in the SVG, and what it says of itself."""
    return {"id": graphviz.escape(name), "tooltip": graphviz.escape(tip)}
