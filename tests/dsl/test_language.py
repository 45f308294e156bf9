"""The example of the language: what it declares, that a type checker accepts it, and that it finds wrong words."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.dsl.authored import read as read_text
from threatmodel.importers.formats import read_model
from threatmodel.model.holding import Holding
from threatmodel.model.system import System
from threatmodel.resources import data_folder
from threatmodel.source import Source

SAMPLE = data_folder("samples") / "chest-xray-triage" / "model.py"
CHECKOUT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def system() -> System:
    return read_model(SAMPLE)


def line(words: str) -> int:
    """The only line of the sample that holds some words."""
    found = [number for number, text in enumerate(SAMPLE.read_text(encoding="utf-8").splitlines(), 1) if words in text]
    assert len(found) == 1, (words, found)
    return found[0]


def test_the_model_is_as_it_is_written(system: System) -> None:
    assert (system.id, system.title, system.version, system.owner) == (
        "chest-x-ray-triage", "Chest X-ray triage", "1.4", "Imaging IT"
    )  # fmt: skip
    assert system.jurisdictions == ("FR",)
    assert system.intended_use is not None
    (assumption,) = system.assumptions
    assert (assumption.owner, assumption.review_by) == ("CISO", "2027-06-30")


def test_components_lie_in_the_zone_that_they_are_made_in(system: System) -> None:
    assert {zone.id: zone.parent for zone in system.zones} == {
        "hospital": None, "imaging-network": "hospital", "reading-room": "hospital", "vendor-cloud": None
    }  # fmt: skip
    assert {part.id: (part.kind, part.zone) for part in system.components} == {
        "dx-room-2": ("modality", "imaging-network"),
        "dicom-router": ("dicom-router", "imaging-network"),
        "pacs": ("pacs", "imaging-network"),
        "reading-station": ("viewer", "reading-room"),
        "radiologist": ("radiologist", "reading-room"),
        "ris": ("ris", "hospital"),
        "triage-ai": ("inference", "vendor-cloud"),
    }


def test_flows_go_in_the_direction_that_the_sentence_says(system: System) -> None:
    found = {flow.id: (flow.data_source, flow.data_target, flow.opened_by) for flow in system.flows}
    assert found["dx-room-2.store-study.dicom-router"] == ("dx-room-2", "dicom-router", "source")
    assert found["pacs.images-to-read.reading-station"] == ("pacs", "reading-station", "target")
    assert len(found) == 7


def test_zones_hold_for_what_lies_inside(system: System) -> None:
    holding, parts = Holding(system), system.component_by_id
    names = ("exposure", "operator", "region", "physical_access")
    held = {name: [holding.value(parts[part], name) for part in ("dx-room-2", "ris", "triage-ai")] for name in names}
    values = {name: [one.value if one is not None else None for one in several] for name, several in held.items()}
    assert values == {
        "exposure": ["isolated", "internal", "internet"],
        "operator": ["hospital", "hospital", "vendor"],
        "region": ["FR", "FR", "IE"],
        "physical_access": [None, None, None],
    }
    found = holding.component_control(parts["pacs"], "segmentation")
    assert found is not None
    assert (found.state, found.source) == ("implemented", Source("model.py", line('implemented("segmentation")')))
    assert holding.component_control(parts["ris"], "segmentation") is None


def test_what_is_not_stated_stays_so(system: System) -> None:
    pacs = system.component_by_id["pacs"]
    assert pacs.stores is None
    assert pacs.stated("os_supported") is None
    assert system.component_by_id["dx-room-2"].stated("os_supported") is False


def test_everything_is_told_from_its_line(system: System) -> None:
    assert system.source == Source("model.py", line("with Model("))
    assert system.component_by_id["dx-room-2"].source == Source("model.py", line('Modality("DX room 2"'))
    assert system.zone_by_id["vendor-cloud"].source == Source("model.py", line('Zone("Vendor cloud"'))
    assert system.flow_by_id["dicom-router.study-for-triage.triage-ai"].source == Source(
        "model.py", line('router.sends("Study for triage"')
    )
    assert system.component_by_id["pacs"].controls[1].source == Source("model.py", line('verified("restore-test"'))
    assert system.assumptions[0].source == Source("model.py", line("model.assume("))


def test_encryption_is_told_as_the_state_of_controls(system: System) -> None:
    holding = Holding(system)
    store = holding.flow_control(system.flow_by_id["dx-room-2.store-study.dicom-router"], "tls-bcp195")
    triage = holding.flow_control(system.flow_by_id["dicom-router.study-for-triage.triage-ai"], "tls-bcp195")
    archive = holding.flow_control(system.flow_by_id["dicom-router.archive-study.pacs"], "tls-bcp195")
    assert store is not None
    assert triage is not None
    assert (store.state, triage.state, archive) == ("absent", "implemented", None)


def test_a_call_over_several_lines_is_told_from_its_first(tmp_path: Path) -> None:
    text = """\
    with Model("M") as model:
        with Zone(
            "Z",
            controls=[
                implemented("mfa"),
                absent(
                    "segmentation",
                ),
            ],
        ):
            one = Pacs(
                "PACS",
            )
    """
    read = read_text(tmp_path, text)
    assert read.zones[0].source == Source("model.py", 6)
    assert [control.source for control in read.zones[0].controls] == [Source("model.py", 9), Source("model.py", 10)]
    assert read.components[0].source == Source("model.py", 15)


def test_reuse_is_python_s_own(tmp_path: Path) -> None:
    text = """\
    class DoseServer(PostProcessing):
        "A server of one's own kind."
        kind = "dose-monitor"

    def vendor(number):
        with Zone(f"Vendor {number}", exposure="internet"):
            return InferenceServer(f"AI {number}"), DoseServer(f"Dose {number}")

    with Model("M") as model:
        with Zone("Hospital"):
            pacs = Pacs("PACS")
        for number in range(3):
            ai, dose = vendor(number)
            pacs.sends("Study", to=ai)
            pacs.sends("Study", to=dose)
    """
    read = read_text(tmp_path, text)
    assert [zone.id for zone in read.zones] == ["hospital", "vendor-0", "vendor-1", "vendor-2"]
    assert [(kind.id, kind.is_a) for kind in read.kinds] == [("dose-monitor", "postproc")]
    assert [flow.id for flow in read.flows][-2:] == ["pacs.study.ai-2", "pacs.study.dose-2"]
    assert read.component_by_id["ai-1"].source == Source("model.py", 11)


def test_bare_parts_may_be_of_any_kind(tmp_path: Path) -> None:
    text = """\
    with Model("M") as model:
        with Zone("Z"):
            Process("one")
            Process("two", is_a="pacs", modalities=["CT"])
            Store("three", kind="pacs")
            Store("four", kind="film-archive", is_a="store")
            Person("five", kind="porter", is_a="person")
    """
    read = read_text(tmp_path, text)
    assert [part.kind for part in read.components] == ["process", "pacs", "pacs", "film-archive", "porter"]
    assert [(kind.id, kind.is_a) for kind in read.kinds] == [("film-archive", "store"), ("porter", "person")]


# -- types -------------------------------------------------------------------------------------------------------

WRONG = """\
from threatmodel import Model, Zone, implemented, verified
from threatmodel.data import DataAsset, PHI_PIXEL
from threatmodel.imaging import InferenceServer, Modality, Pacs, Radiologist
from threatmodel.protocols import DICOM

with Model("M", onwer="x") as model:  # wrong
    with Zone("Z", exposure="intranet"):  # wrong
        dx = Modality("DX", os_suported=False)  # wrong
        ct = Modality("CT", modalities=["CTT"])  # wrong
        pacs = Pacs("PACS", model_source="own")  # wrong
        ai = InferenceServer("AI", model_source="stolen")  # wrong
        doctor = Radiologist("Doctor", stores=[PHI_PIXEL])  # wrong
    dx.sends("Store", to="pacs")  # wrong
    dx.sends("Store", to=pacs, over="dicom")  # wrong
    dx.sends("Store", to=pacs, carries=[DICOM])  # wrong
    dx.sends("Store", to=pacs, port="104")  # wrong
    dx.sends("Store", to=pacs, encryption="ssl")  # wrong
    dx.sends("Store", to=pacs, controls=["mfa"])  # wrong
    dx.sends("Store", over=DICOM)  # wrong
    dx.pulls("Store", to=pacs)  # wrong
    dx.sends("Store", to=pacs, controls=[verified("mfa")])  # wrong
    asset = DataAsset("D", is_a="phi-pixel")  # wrong
    model.scenario("S", steps=["a"])  # wrong
    fine = dx.sends("Fine", to=pacs, over=DICOM, carries=[asset, PHI_PIXEL], controls=[implemented("mfa")])
"""


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What mypy --strict says of the sample and of a model full of wrong words, in one run."""
    pytest.importorskip("mypy")
    folder = tmp_path_factory.mktemp("typed")
    wrong = folder / "wrong.py"
    wrong.write_text(WRONG, encoding="utf-8")
    cache = CHECKOUT / ".mypy_cache" / "models"  # warm from the second run on
    arguments = ["--strict", "--config-file=", "--no-error-summary", "--hide-error-context", f"--cache-dir={cache}"]
    ran = subprocess.run(
        [sys.executable, "-m", "mypy", *arguments, str(SAMPLE), str(wrong)],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not ran.stderr, ran.stderr
    return ran.stdout


def test_the_example_is_accepted_by_a_strict_type_checker(checked: str) -> None:
    assert [said for said in checked.splitlines() if "model.py" in said] == []


def test_wrong_words_are_found_by_a_type_checker(checked: str) -> None:
    found = {int(number) for number in re.findall(r"wrong\.py:(\d+): error", checked)}
    assert found == {number for number, text in enumerate(WRONG.splitlines(), 1) if text.endswith("# wrong")}, checked
