"""What is otherwise here with an entry: changed or put out of use by a catalog of one's own, or retired."""

from __future__ import annotations

from collections.abc import Mapping

from threatmodel.catalog.catalog import Catalog, Change, Rule, Shelved, told_shelved
from threatmodel.reports.manual_words import Language, words
from threatmodel.reports.view_manual import NotAsked


def told_change(catalog: Catalog, rule: Rule, change: Change, word: Mapping[str, str]) -> str:
    """What is changed of a threat, in a few words: "severity 4 here (3 in radiology-ai 1.0.0)"."""
    origin = catalog.told_origin(rule.catalog)
    told = word[f"change.{change.what}"]
    return told.format(after=change.after, before=change.before, origin=origin, by=change.catalog)


def changes(catalog: Catalog, rule: Rule, word: Mapping[str, str]) -> tuple[str, ...]:
    """What is changed of a threat, each with its reason; of texts also what stood there before."""
    found = []
    for change in rule.changes:
        told = f"{told_change(catalog, rule, change, word)}, {word['because'].format(because=change.because)}"
        if change.what.startswith("remedy"):
            told += f" {word['said_before'].format(origin=catalog.told_origin(rule.catalog), before=change.before)}"
        found.append(told)
    return tuple(found)


def not_asked(catalog: Catalog, language: Language, word: Mapping[str, str]) -> tuple[NotAsked, ...]:
    """The threats that are kept and never asked, by id."""
    kept = {**catalog.retired, **catalog.out_of_use}
    return tuple(_not_asked(kept[name], language, word) for name in sorted(kept))


def otherwise(catalog: Catalog) -> tuple[str, ...]:
    """What the catalogs in use change of each other and put out of use, a sentence each, for a report."""
    word = words("en")
    changed = [f"{name}: {told}" for name, rule in catalog.rules.items() for told in changes(catalog, rule, word)]
    left = [f"{name} was not asked: {told_shelved(one)}" for name, one in catalog.out_of_use.items()]
    return (*changed, *left)


def _not_asked(shelved: Shelved, language: Language, word: Mapping[str, str]) -> NotAsked:
    threat = shelved.threat
    text = threat.fr if language == "fr" and threat.fr is not None else threat.en
    if threat.status == "retired":
        told = word["retired"] + (f" – {threat.retired_because}" if threat.retired_because else "")
    else:
        told = word["out-of-use"].format(by=shelved.by, because=shelved.because)
    return NotAsked(threat.id, text.title, told, threat.replaced_by)
