"""Small random systems in which topology matters: few kinds, many flows between the same few places."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from threatmodel.model.kinds import KINDS
from threatmodel.model.system import EXCHANGED, System, problems

Plain = dict[str, object]


@dataclass(frozen=True)
class Scene:
    """What a small system is about.

    ``first`` are the kinds of its first components, the others have any of ``kinds``; flows carry some of ``data``.
    ``usual`` are flows between the first components that are mostly there, since chance alone seldom makes a way.
    """

    first: tuple[str, ...]
    kinds: tuple[str, ...]
    data: tuple[str, ...]
    usual: tuple[tuple[int, int, str], ...]


BEGINNERS = ("modality", "radiologist")
"""Where images and reports begin: nothing runs on these."""
CARE = ("modality", "dicom-router", "pacs", "viewer", "viewer", "radiologist", "referrer", "ris", "process", "process")
MODELS = (
    "pacs", "inference", "llm-report", "agent", "rag", "annotation", "training", "fl-client", "radiologist", "ris",
    "triage", "mobile", "messaging", "process", "deid",
)  # fmt: skip
THOUGHTS = (
    "phi-pixel", "predictions", "ai-results", "reports", "labels", "model-weights", "gradients", "embeddings", "orders",
)  # fmt: skip
IMAGING = Scene(
    ("modality", "dicom-router", "viewer"),
    (*CARE, "inference"),
    ("phi-pixel", "phi-pixel", "derived-images", "reports", "orders"),
    ((0, 1, "phi-pixel"), (1, 2, "phi-pixel")),
)
REPORTING = Scene(
    ("radiologist", "process", "ris"),
    (*CARE, "inference"),
    ("reports", "reports", "audio", "orders"),
    ((0, 1, "reports"), (1, 2, "reports")),
)
ACTING = Scene(("llm-report", "process", "ris"), MODELS, THOUGHTS, ((0, 1, "reports"), (1, 2, "reports")))
LEARNING = Scene(
    ("inference", "annotation", "training"),
    MODELS,
    THOUGHTS,
    ((0, 1, "predictions"), (1, 2, "labels"), (2, 0, "model-weights")),
)
GOODS = Scene(
    ("update-server", "vendor-remote", "process", "pacs"),
    ("vendor-remote", "update-server", "pacs-admin", "pacs", "process", "container-platform", "model-hub", "telerad",
     "modality", "radiologist"),
    ("software", "model-weights", "config", "routing-rules", "labels", "deid-images", "phi-pixel"),
    ((0, 2, "software"), (0, 3, "software"), (1, 2, "config"), (1, 3, "config")),
)  # fmt: skip
SIGNING = Scene(
    ("idp", "vendor-remote", "pacs", "process"),
    ("idp", "vendor-remote", "pacs-admin", "pacs", "process", "inference", "update-server"),
    ("credentials", "audit-logs", "config", "software", "model-weights", "orders"),
    ((2, 0, "credentials"), (3, 0, "credentials"), (1, 2, "config")),
)


def frozen(plain: Mapping[str, object]) -> System:
    """The system of plain data, which has to be sound."""
    read = EXCHANGED.validate_json(json.dumps(plain))
    assert problems(read) == []
    return read


@st.composite
def plain_small(
    draw: st.DrawFn,
    scene: Scene,
    *,
    parts: int = 5,
    flows: int = 8,
    silent: int = 2,
    stated: Mapping[str, Sequence[object]] | None = None,
    known_places: bool = True,
) -> Plain:
    """A small system: nested zones, hosts on hosts, flows both ways, pulled, parallel, to oneself, and silent ones.

    Args:
        draw: Draws.
        scene: What it is about.
        parts: The most components.
        flows: The most flows besides the usual ones.
        silent: The most flows that do not say what they carry.
        stated: What flows may state besides, with the values to choose from; None leaves it unsaid.
        known_places: Whether every zone states its exposure and operator.
    """
    places = [] if known_places else [None]
    zones = [
        _said(
            {
                "id": name,
                "name": name,
                "parent": parent,
                "exposure": draw(st.sampled_from(["internet", "partner", "internal", "isolated", *places])),
                "operator": draw(st.sampled_from(["hospital", "hospital", "vendor", "cloud", *places])),
            }
        )
        for name, parent in (("out", None), ("wide", None), ("deep", "wide"), ("core", "deep"))
    ]
    names = [f"c{number}" for number in range(draw(st.integers(len(scene.first), max(parts, len(scene.first)))))]
    kinds = [*scene.first, *(draw(st.sampled_from(scene.kinds)) for _ in names[len(scene.first) :])]
    order = draw(st.permutations([name for name, kind in zip(names, kinds, strict=True) if kind not in BEGINNERS]))
    components = [
        _said(
            {
                "id": name,
                "name": name,
                "kind": kind,
                "zone": draw(st.sampled_from(["out", "wide", "deep", "core"])),
                "learns_in_use": draw(st.sampled_from([None, True, False]))
                if "runs-model" in KINDS[kind].traits
                else None,
                "runs_on": draw(
                    st.sampled_from([None, None, None, None, *(order[: order.index(name)] if name in order else order)])
                ),
            }
        )
        for name, kind in zip(names, kinds, strict=True)
    ]
    fillers = [{"id": f"in-{zone['id']}", "name": "Filler", "kind": "patient", "zone": zone["id"]} for zone in zones]
    ends: list[tuple[str, str, list[str] | None]] = []
    for source, target, data in scene.usual:
        carries = draw(st.sampled_from([[data], [data], [data], None, "missing"]))
        if not isinstance(carries, str):
            ends.append((names[source], names[target], carries))
    for _ in range(draw(st.integers(0, flows))):
        some = st.lists(st.sampled_from(scene.data), max_size=2)
        ends.append(
            (draw(st.sampled_from(names)), draw(st.sampled_from(names)), draw(st.one_of(st.none(), some, some)))
        )
    found = []
    for number, (one, other, carries) in enumerate(ends):
        silent -= carries is None
        flow: Plain = {"id": f"{one}.f{number}.{other}", "name": "Flow", "from": one, "to": other}
        flow["carries"] = [] if carries is None and silent < 0 else carries
        flow["both_ways"] = draw(st.sampled_from([False, False, True]))
        flow["opened_by"] = draw(st.sampled_from(["source", "source", "target"]))
        flow |= {name: draw(st.sampled_from(values)) for name, values in (stated or {}).items()}
        found.append(_said(flow))
    return {"schema": "threatmodel-system/1", "id": "m", "title": "M"} | {
        "zones": zones,
        "components": components + fillers,
        "flows": found,
    }


def _said(part: Plain) -> Plain:
    return {name: value for name, value in part.items() if value is not None}
