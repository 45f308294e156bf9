# ruff: noqa: E501 - one row of a table a line
"""French texts: the words of the glossary and the spaces of the language, with no alarm where there is nothing."""

from pathlib import Path

import pytest

from tests.catalog.written import THREAT, write
from threatmodel.catalog.glossary import Forbidden, Glossary, Term, departures, read_glossary, typography
from threatmodel.catalog.lint import lint
from threatmodel.catalog.placing import Placing
from threatmodel.catalog.read import read_catalog
from threatmodel.errors import CatalogError
from threatmodel.resources import data_folder

SHIPPED = read_glossary(data_folder("catalogs") / "radiology-ai" / "glossary.yaml")
NARROW, WIDE = "\u202f", "\u00a0"


def said(en: str, fr: str, glossary: Glossary = SHIPPED) -> list[str]:
    return [one.says for one in departures(glossary, {"what": en}, {"what": fr})]


@pytest.mark.parametrize(
    ("french", "word"),
    [
        ("Le cryptage du lien manque.", "cryptage"),
        ("Les données sont cryptées en route.", "cryptées"),
        ("Un environnement sécuritaire.", "sécuritaire"),
        ("Le compte-rendu est modifié.", "compte-rendu"),
        ("Une limite de confiance.", "limite de confiance"),
        ("La dé-identification échoue.", "dé-identification"),
        ("Une authentification multi-facteur.", "multi-facteur"),
        ("Une escalade\u00a0de privilèges.", "escalade\u00a0de privilèges"),
        ("Une librairie tierce.", "librairie"),
        ("Un exemple adversarial.", "adversarial"),
    ],
)
def test_words_that_are_not_written(french: str, word: str) -> None:
    assert [told for told in said("", french) if told.startswith(repr(word))]


@pytest.mark.parametrize(
    "french",
    [
        "Le chiffrement du lien manque.",
        "Une bibliothèque cryptographique.",
        "Le compte rendu est modifié.",
        "Les libraires n'en vendent pas.",
        "Le PACS et le mot de passe par défaut.",
        "Une frontière de confiance.",
    ],
)
def test_words_that_only_look_like_them_are_left_alone(french: str) -> None:
    assert said("", french) == []


@pytest.mark.parametrize(
    ("english", "french", "departs"),
    [
        ("The de-identification fails.", "Le nettoyage échoue.", True),
        ("The de-identification fails.", "La désidentification échoue.", False),
        ("De-identified images leave.", "Des images pseudonymisées sortent.", False),
        ("The radiologist reads.", "Le lecteur lit.", True),
        ("The radiologist reads.", "La radiologue lit.", False),
        ("The lead radiographer checks.", "Le cadre de santé vérifie.", False),
        ("The radiographer checks.", "Le cadre de santé vérifie.", True),
        ("Ransomware", "Un rançongiciel", False),
        ("Ransomware", "Un logiciel", True),
        ("Differential privacy", "La confidentialité\u00a0différentielle", False),
        ("The supply chain", "La chaîne d’approvisionnement", False),
    ],
)
def test_terms_of_art(english: str, french: str, departs: bool) -> None:
    assert bool(said(english, french)) is departs


def test_a_term_may_stand_in_another_part_of_the_french_text() -> None:
    en, fr = {"what": "Ransomware strikes.", "harm": "None."}, {"what": "L'attaque frappe.", "harm": "Le rançongiciel."}
    assert list(departures(SHIPPED, en, fr)) == []


@pytest.mark.parametrize("mark", [":", ";", "!", "?", "»", "%"])
def test_an_ordinary_space_before_a_mark(mark: str) -> None:
    (found,) = typography({"what": f"Le mot {mark} suite"})
    assert found.says.startswith(f"an ordinary space stands before {mark!r}: “Le mot")
    for space in (NARROW, WIDE):
        assert list(typography({"what": f"Le mot{space}{mark} suite"})) == []


def test_an_ordinary_space_after_an_opening_mark() -> None:
    assert len(list(typography({"what": f"Le « mot{NARROW}» suite"}))) == 1
    assert list(typography({"what": f"Le «{NARROW}mot{NARROW}» suite"})) == []


@pytest.mark.parametrize(
    "text",
    [
        "à 12:30",
        "https://exemple.fr/?a=b",
        "OWASP LLM01:2025",
        "(0018,A001) : non".replace(" :", f"{NARROW}:"),
        "10-20",
        "a ! b".replace(" !", f"{WIDE}!"),
    ],
)
def test_marks_inside_words_are_left_alone(text: str) -> None:
    assert list(typography({"what": text})) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("forbidden: [{words: [x y], write: zz}]", "forbidden[0].because is missing"),
        ("forbidden: [{words: [], write: zz, because: why}]", "forbidden[0].words"),
        ("terms: [{en: [a b]}]", "terms[0].fr is missing"),
        ("term: []", "'term' is not known here"),
        ("[", "the text cannot be parsed"),
    ],
)
def test_glossaries_that_are_refused(tmp_path: Path, text: str, what: str) -> None:
    file = tmp_path / "glossary.yaml"
    file.write_text(text)
    with pytest.raises(CatalogError) as error:
        read_glossary(file)
    assert error.value.problems[0].what.startswith(what)


def test_a_departure_is_told_with_file_and_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    french = "fr:\n  title: Lecture du lien\n  what: Le cryptage manque.\n  harm: >-\n    Tout est lu ; rien ne se voit.\n  remedy: Chiffrer.\n"
    folder = write(tmp_path / "catalog", {"threats/data/DAT-01-read.yaml": THREAT + french})
    catalog = read_catalog(folder)
    glossary = Glossary(
        forbidden=(Forbidden(words=("cryptage",), write="chiffrement", because="it is"),),
        terms=(Term(en=("encrypt*",), fr=("chiffr*",)),),
    )
    found = [remark for remark in lint(catalog, [glossary]) if remark.entry == "DAT-01" and remark.level == "error"]
    placing = Placing(catalog)
    assert [(str(placing.place(remark)).removeprefix(f"{folder}/"), remark.says[:44]) for remark in found] == [
        ("threats/data/DAT-01-read.yaml:23", "fr.harm: an ordinary space stands before ';'"),
        ("threats/data/DAT-01-read.yaml:22", "fr.what: 'cryptage' is not written here: it "),
    ]
    assert [remark.hint for remark in found] == ["write a no-break space there (U+00A0 or U+202F)", "write chiffrement"]


def test_the_shipped_texts_write_one_sort_of_apostrophe() -> None:
    curly = [
        file.name
        for file in (data_folder("catalogs") / "radiology-ai").rglob("*.yaml")
        if "’" in file.read_text("utf-8")
    ]
    assert curly == []
