"""The identifier schemes that entries cite: their releases and addresses, and the true name of each identifier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints

from threatmodel.catalog.controls import Scheme
from threatmodel.catalog.entry import CatalogId, Entry

UNVERIFIED = "unverified"
"""The release of a framework whose edition could not be looked at."""

Words = Annotated[str, StringConstraints(min_length=2, max_length=300)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier(Entry):
    """One identifier of a framework."""

    id: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    name: Annotated[Words, Field(description="its official name; of what has none (a CVE, an article), what it is")]
    checked: Annotated[bool, Field(description="whether the name was seen in a source, official or quoting it")] = True
    note: Annotated[Words | None, Field(description="what a reader should know, such as a later renumbering")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework(Entry):
    """An identifier scheme."""

    id: CatalogId
    name: Words
    release: Annotated[Words, Field(description="the release in which the identifiers were checked, or: unverified")]
    address: Annotated[str, StringConstraints(pattern=r"^https://[^\s/]+\.[^\s/]+(/\S*)?$", max_length=300)]
    cited_by: Annotated[
        Literal["references", "mappings"],
        Field(description="references of entries, or mappings of controls under the framework's own id"),
    ] = "references"
    prefix: Annotated[
        str | None,
        Field(min_length=2, max_length=40, description="how its identifiers begin; none where nothing is common"),
    ] = None
    page: Annotated[
        str | None,
        StringConstraints(pattern=r"^https://[^\s/{}]+/[^\s{}]*\{(rest|path)\}[^\s{}]*$", max_length=300),
        Field(description="the page of an identifier: {rest} is what follows the prefix, {path} the same with / for ."),
    ] = None
    identifiers: Annotated[tuple[Identifier, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frameworks(Entry):
    """The file ``frameworks.yaml`` of a catalog."""

    frameworks: Annotated[tuple[Framework, ...], Field(min_length=1)]


Path = tuple[str | int, ...]


def mistakes_of(frameworks: Iterable[Framework]) -> Iterator[tuple[str, Path, str | None]]:
    """What is wrong between the frameworks of one file: what, at which path, and the hint."""
    seen: set[str] = set()
    prefixes: dict[str, str] = {}
    owners: dict[str, str] = {}
    for index, framework in enumerate(frameworks):
        path: Path = ("frameworks", index)
        if framework.id in seen:
            yield f"the framework {framework.id!r} stands here twice", (*path, "id"), "keep one of the two"
        seen.add(framework.id)
        of_mappings = framework.cited_by == "mappings"
        if of_mappings and framework.id not in get_args(Scheme):
            hint = f"controls are mapped to: {', '.join(get_args(Scheme))}"
            yield f"no mapping of a control is called {framework.id!r}", (*path, "id"), hint
        if framework.prefix is not None and framework.prefix in prefixes:
            told = f"{framework.id} and {prefixes[framework.prefix]} have the same prefix"
            yield told, (*path, "prefix"), "an identifier has to lead to one framework"
        elif framework.prefix is not None:
            prefixes[framework.prefix] = framework.id
        for place, one in enumerate(framework.identifiers):
            at: Path = (*path, "identifiers", place, "id")
            if framework.prefix is not None and not one.id.startswith(framework.prefix):
                yield f"{one.id!r} does not begin with {framework.prefix!r}", at, f"as identifiers of {framework.id} do"
            key = f"{framework.id}:{one.id}" if of_mappings else one.id
            if key in owners:
                yield f"{one.id!r} is in {owners[key]} already", at, "keep one of the two"
            owners.setdefault(key, framework.id)


@dataclass(frozen=True, slots=True)
class Cited:
    """An identifier and the framework that it is of."""

    identifier: Identifier
    framework: Framework


def address_of(cited: Cited) -> str:
    """The page of an identifier, or the address of its framework where no page is known."""
    framework = cited.framework
    if framework.page is None:
        return framework.address
    rest = cited.identifier.id.removeprefix(framework.prefix or "")
    return framework.page.replace("{rest}", rest).replace("{path}", rest.replace(".", "/"))


def by_reference(frameworks: Iterable[Framework]) -> dict[str, Cited]:
    """The identifiers that references may name."""
    return {
        one.id: Cited(one, framework)
        for framework in frameworks
        if framework.cited_by == "references"
        for one in framework.identifiers
    }


def by_mapping(frameworks: Iterable[Framework]) -> dict[str, dict[str, Cited]]:
    """For each scheme that controls are mapped to, its identifiers."""
    return {
        framework.id: {one.id: Cited(one, framework) for one in framework.identifiers}
        for framework in frameworks
        if framework.cited_by == "mappings"
    }


def of_prefix(reference: str, known: Mapping[str, Cited]) -> list[str]:
    """The known references of the framework that a reference belongs to by its prefix, the longest that fits."""
    prefixes = {cited.framework.prefix for cited in known.values() if cited.framework.prefix is not None}
    fitting = max((prefix for prefix in prefixes if reference.startswith(prefix)), key=len, default=None)
    return [name for name, cited in known.items() if fitting is not None and cited.framework.prefix == fitting]
