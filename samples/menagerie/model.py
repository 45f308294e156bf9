"""A large hospital in which every word of the language occurs: where to look up how one is used."""

from ai_platform import AiPlatform
from clinical import ClinicalNetwork
from flows_ai import inference, language_models, release, research, suppliers
from flows_care import ordering, reporting, scanning, sharing
from flows_it import trust, upkeep, watch
from outside import Outside
from research import ResearchNetwork
from services import HospitalServices

from threatmodel import DataAsset, Model, Zone, planned
from threatmodel.data import PHI_PIXEL

with Model(
    "Menagerie",
    version="1.0",
    owner="Enterprise architecture",
    jurisdictions=["FR", "EU"],
    intended_use="Stroke, fracture and mammography AI as a second look; no result reaches a patient unread",
    description="An invented hospital that uses every word once",
    controls=[planned("ir-plan", by="CISO")],
) as model:
    model.assume("Anybody may be on the hospital network", owner="CISO", review_by="2027-06-30")
    model.assume("Scanners cannot be patched between two releases of their maker")

    # Data of one's own: a class of data that the hospital speaks of by name.
    stroke_ct = DataAsset("Stroke CT", is_a=PHI_PIXEL, patients="many")
    index_scan = DataAsset("Scan brought along", is_a=PHI_PIXEL, patients="one", note="Comes on a disc, once")

    with Zone("Hospital", exposure="internal", operator="hospital", region="FR"):
        clinical = ClinicalNetwork()
        ai = AiPlatform()
        hospital = HospitalServices()
        lab = ResearchNetwork()
    outside = Outside()

    ordering(clinical, hospital)
    scanning(model, clinical, hospital, outside, stroke_ct)
    reporting(model, clinical, hospital, outside)
    sharing(clinical, hospital, outside, index_scan)

    inference(model, ai, clinical, hospital, stroke_ct)
    language_models(ai, clinical, hospital, outside)
    suppliers(ai, clinical, outside)
    research(lab, clinical, hospital, outside)
    release(model, lab, ai, outside)

    trust(clinical, hospital, ai)
    watch(clinical, hospital, ai)
    upkeep(clinical, hospital, outside)
