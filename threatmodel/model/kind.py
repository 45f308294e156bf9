"""Kind: what a component is, and the traits that rules ask for instead of names."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from threatmodel.model.vocabulary import DfdType, Serves

TRAITS: dict[str, str] = {
    "machine": "a device or a piece of software, as opposed to a person or an outside body",
    "human": "a person",
    "external-party": "run, by its nature, by another organisation",
    "acquires-images": "makes images of patients",
    "parses-dicom": "reads DICOM objects or messages",
    "parses-hl7": "reads HL7 v2 messages or FHIR resources",
    "parses-files": "opens files in other formats that come from elsewhere (archives, NIfTI, documents, model files)",
    "stores-images": "keeps images",
    "stores-patient-data": "keeps data that name patients",
    "research-data": "holds or works on data for secondary use",
    "routes-studies": "decides where a study goes",
    "reconciles-identity": "takes in studies that carry another organisation's patient identifiers",
    "deidentifies": "removes identity from data",
    "annotates": "people attach labels to data in it",
    "runs-model": "runs a trained model on patients' data",
    "holds-models": "keeps trained models",
    "trains-models": "trains models",
    "federates": "takes part in federated learning",
    "issues-ai-results": "makes AI results that others act on",
    "prioritises": "changes the order of reading or raises alerts",
    "generates-text": "writes text with a language model",
    "retrieves-text": "hands texts to a language model",
    "reads-images": "reads images and reports on them",
    "acted-upon": "care acts on what arrives there: the record, the order of the list, an alert, an order",
    "acts-on-own": "calls tools of other systems by a model's decision",
    "reading-station": "where a person reads images or results",
    "shows-text": "shows text that came with the data",
    "clinical-record": "what care relies on: images, orders, reports",
    "clinical-path": "reading or care is held up when it stops",
    "web-interface": "is used through a browser",
    "serves-network": "listens for connections of other systems",
    "runs-user-code": "runs code that its users bring",
    "builds-software": "builds or delivers software",
    "hosts-workloads": "runs other components' containers or machines",
    "embedded-device": "sold as a device, its operating system in the manufacturer's hands",
    "takes-media": "reads or writes removable media",
    "carried-about": "is carried by a person",
    "remote-way-in": "lets people outside reach systems inside",
    "public-source": "offers what anybody may have published",
    "signs-in-users": "decides who a user is",
    "keeps-audit": "keeps audit records",
    "keeps-backups": "keeps copies for recovery",
    "keeps-secrets": "keeps passwords, tokens or keys for others",
    "cloud-store": "storage rented from a cloud",
    "delivers-reports": "brings reports to those who act on them",
}

_IMAGES = frozenset({"phi-pixel", "raw-data", "derived-images", "deid-images", "dicom-header", "burned-in"})
_RESULTS = frozenset({"predictions", "ai-results"})
_TEXTS = frozenset({"reports", "clinical-context", "guidelines", "prompts", "embeddings", "audio"})
TURNS: dict[str, tuple[tuple[frozenset[str], frozenset[str]], ...]] = {
    "acquires-images": (
        (frozenset({"raw-data"}), frozenset({"phi-pixel", "dicom-header"})),
        (frozenset({"orders", "identifiers"}), frozenset({"dicom-header"})),
    ),
    "runs-model": (
        (_IMAGES | frozenset({"clinical-context", "model-weights"}), _RESULTS | frozenset({"derived-images"})),
    ),
    "issues-ai-results": ((_RESULTS, _RESULTS),),
    "prioritises": ((_RESULTS, _RESULTS | frozenset({"orders"})),),
    "generates-text": (
        (
            _IMAGES | _RESULTS | _TEXTS | frozenset({"identifiers", "orders", "model-weights"}),
            frozenset({"reports", "prompts"}),
        ),
    ),
    "acts-on-own": ((_RESULTS | _TEXTS, frozenset({"reports", "orders", "prompts"})),),
    "retrieves-text": ((_TEXTS, _TEXTS),),
    "deidentifies": ((_IMAGES, frozenset({"deid-images"})),),
    "annotates": ((_IMAGES | _RESULTS | frozenset({"reports"}), frozenset({"labels"})),),
    "trains-models": (
        (_IMAGES | _RESULTS | frozenset({"labels", "gradients", "reports"}), frozenset({"model-weights", "gradients"})),
    ),
    "human": ((_IMAGES | _RESULTS | _TEXTS, frozenset({"reports", "labels", "audio", "orders"})),),
}
"""For a trait, which classes of data that come in may go out as which others: data are followed by it."""


class Kind(NamedTuple):
    """A kind of component.

    ``data`` are the data classes that it keeps (a store) or works on (anything else) unless the model states what it
    stores. ``serves`` is how many patients hang on it unless stated. ``parent`` is the kind that it is a special case
    of.
    """

    id: str
    name: str
    dfd: DfdType
    traits: frozenset[str]
    data: tuple[str, ...] = ()
    serves: Serves = "site"
    parent: str | None = None

    def turned(self, data: str) -> frozenset[str]:
        """The classes of data in which a class that comes in may go out, itself included."""
        return _turned(self.traits, data)

    @property
    def phrase(self) -> str:
        """The kind in a sentence: "a PACS archive", "an inference server"."""
        name = self.name if self.name[1:2].isupper() else self.name[:1].lower() + self.name[1:]
        article = "an" if name[0] in "aeiouAEIO" or name.startswith(("RIS", "HL7", "FHIR", "SR")) else "a"
        return f"{article} {name}"


@cache
def _turned(traits: frozenset[str], data: str) -> frozenset[str]:
    """The classes of data in which a class may leave whatever has some traits, itself included."""
    out = {data}
    for trait in traits:
        for taken, given in TURNS.get(trait, ()):
            if data in taken:
                out |= given
    return frozenset(out)


def row(
    kind: str, name: str, dfd: DfdType, traits: str, data: str = "", serves: Serves = "site", parent: str | None = None
) -> Kind:
    """A kind written as a line of a table: traits and data as words in one text."""
    own = frozenset(traits.split())
    unknown = own - TRAITS.keys()
    if unknown:
        raise ValueError(f"{kind}: unknown traits {sorted(unknown)}")
    nature = "human" if dfd == "person" else "machine"
    return Kind(kind, name, dfd, own | {nature}, tuple(data.split()), serves, parent)
