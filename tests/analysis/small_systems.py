"""Small random systems in which topology matters: few kinds, many flows between the same few places."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from threatmodel.model.system import System, problems

Plain = dict[str, object]

IMAGING = ("modality", "dicom-router", "viewer")
"""A device, something between, and where people read: the first of a system in which images are followed."""
REPORTING = ("radiologist", "process", "ris")
CARE = ("modality", "dicom-router", "pacs", "viewer", "radiologist", "ris", "process", "process")
MODELS = (
    "pacs", "inference", "llm-report", "agent", "rag", "annotation", "training", "fl-client", "radiologist", "ris",
    "triage", "mobile", "messaging", "process", "deid",
)  # fmt: skip
IT = (
    "idp", "vendor-remote", "update-server", "pacs-admin", "pacs", "process", "container-platform", "model-hub",
    "telerad", "modality", "radiologist",
)  # fmt: skip
PICTURES = ("phi-pixel", "phi-pixel", "derived-images", "reports", "orders")
WORDS = ("reports", "reports", "audio", "orders")
THOUGHTS = (
    "phi-pixel", "predictions", "ai-results", "reports", "labels", "model-weights", "gradients", "embeddings", "orders",
)  # fmt: skip
GOODS = ("software", "model-weights", "config", "device-config", "credentials", "labels", "deid-images", "phi-pixel")


def frozen(plain: Mapping[str, object]) -> System:
    """The system of plain data, which has to be sound."""
    read = System.model_validate_json(json.dumps(plain))
    assert problems(read) == []
    return read


@st.composite
def plain_small(
    draw: st.DrawFn,
    kinds: Sequence[str],
    data: Sequence[str],
    *,
    first: Sequence[str] = (),
    parts: int = 6,
    flows: int = 9,
    silent: int = 3,
    stated: Mapping[str, Sequence[object]] | None = None,
    known_places: bool = True,
) -> Plain:
    """A small system: nested zones, hosts on hosts, flows both ways, pulled, parallel, to oneself, and silent ones.

    Args:
        draw: Draws.
        kinds: The kinds of its components.
        data: The classes that its flows carry.
        first: The kinds of its first components; the others have any.
        parts: The most components.
        flows: The most flows.
        silent: The most flows that do not say what they carry.
        stated: What flows may state besides, with the values to choose from; None leaves it unsaid.
        known_places: Whether every zone states its exposure and operator.
    """
    places = [] if known_places else [None]
    zones = []
    for name, parent in (("out", None), ("wide", None), ("deep", "wide"), ("core", "deep")):
        zone = {"id": name, "name": name, "parent": parent}
        zone["exposure"] = draw(st.sampled_from(["internet", "partner", "internal", "isolated", *places]))
        zone["operator"] = draw(st.sampled_from(["hospital", "hospital", "vendor", "cloud", *places]))
        zones.append(_said(zone))
    names = [f"c{number}" for number in range(draw(st.integers(max(2, len(first)), parts)))]
    order = draw(st.permutations(names))
    components = [
        _said(
            {
                "id": name,
                "name": name,
                "kind": first[number] if number < len(first) else draw(st.sampled_from(kinds)),
                "zone": draw(st.sampled_from(["out", "wide", "deep", "core"])),
                "runs_on": draw(st.sampled_from([None, None, None, None, *order[: order.index(name)]])),
            }
        )
        for number, name in enumerate(names)
    ]
    components += [
        {"id": f"in-{zone['id']}", "name": "Filler", "kind": "patient", "zone": zone["id"]} for zone in zones
    ]
    left = silent
    found = []
    for number in range(draw(st.integers(1, flows))):
        source, target = draw(st.sampled_from(names)), draw(st.sampled_from(names))
        carries = draw(st.one_of(st.none(), *[st.lists(st.sampled_from(data), max_size=2)] * 3))
        if carries is None and left == 0:
            carries = []
        left -= carries is None
        flow = {"id": f"{source}.f{number}.{target}", "name": "Flow", "from": source, "to": target, "carries": carries}
        flow |= {
            "both_ways": draw(st.sampled_from([False, False, True])),
            "opened_by": draw(st.sampled_from(["source", "source", "target"])),
        }
        flow |= {name: draw(st.sampled_from(values)) for name, values in (stated or {}).items()}
        found.append(_said(flow))
    return {"schema": "threatmodel-system/1", "id": "m", "title": "M"} | {
        "zones": zones,
        "components": components,
        "flows": found,
    }


def _said(part: Plain) -> Plain:
    return {name: value for name, value in part.items() if value is not None}
