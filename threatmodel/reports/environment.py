"""Templates filled in: Jinja2 in a sandbox, with translation, where no text of a model can become markup.

HTML is escaped by default; in Markdown every text goes through ``md`` or ``code`` (a test reads the templates for it).
An undefined name is an error. Compiled templates are kept in the user's cache, since compiling costs 0.1 s.
"""

from __future__ import annotations

import gettext
import hashlib
import re
import sys
from contextlib import suppress
from functools import cache
from io import BytesIO
from typing import Any, Final
from urllib.parse import quote

from jinja2 import BytecodeCache, FileSystemLoader, StrictUndefined
from jinja2 import __version__ as jinja_version
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment

from threatmodel.errors import UsageError
from threatmodel.resources import data_folder, read_cached, write_cached

DOMAIN: Final = "threatmodel"
"""The name of the translation files: ``locales/<language>/LC_MESSAGES/threatmodel.mo``."""
SOURCE_LANGUAGE: Final = "en"
"""The language that the templates are written in."""

_PLAIN_VALUES: Final = "threatmodel.reports.view"
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_STEERING: Final = re.compile("[\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_SPACE: Final = re.compile(r"\s+")
_SPECIAL: Final = re.compile(r"[\\`*_\[\]|~$]")
_ENTITY: Final = re.compile(r"&(?=#?\w+;)")
_LINK: Final = re.compile(r"(?i)(?<=\w)(:(?=//)|(?<=www)\.|@)")
_LINE_START: Final = re.compile(r"([-+#=:])|(\d+)([.)])(?=\s|$)")
_PLAIN: Final = re.compile(r"""[A-Za-z](?:[A-Za-z0-9 ,;'"()/→×–-]|\.(?=\s|$))*""")  # most texts: nothing to escape


def fill(template: str, language: str = SOURCE_LANGUAGE, /, **values: object) -> str:
    """The text of a template of ``templates/``, in a language, with values for its names.

    Characters that no text file may hold (controls, halves of surrogate pairs) are shown as ``U+FFFD``.

    Raises:
        UsageError: There is no translation into that language.
    """
    return _UNPRINTABLE.sub("\ufffd", _environment(language).get_template(template).render(values))


def source(name: str) -> str:
    """The text of a file of ``templates/``, as it stands."""
    return (data_folder("templates") / name).read_text(encoding="utf-8")


def escape_markdown(text: object) -> str:
    """A text on one line that CommonMark and its tables show as it is: no markup, no HTML, no link, no new cell.

    Characters that turn the direction of writing could make a line read as what it is not; they are told by number.
    """
    told = str(text)
    if _PLAIN.fullmatch(told):
        return told
    told = _told(_SPACE.sub(" ", told).strip())
    told = _ENTITY.sub("&amp;", _SPECIAL.sub(r"\\\g<0>", told))
    told = told.replace("<", "&lt;").replace(">", "&gt;")
    told = _LINK.sub(lambda found: f"&#{ord(found[0])};", told)
    if start := _LINE_START.match(told):
        told = f"{start[2] or ''}\\{start[1] or start[3]}{told[start.end() :]}"
    return told


def code_markdown(text: object) -> str:
    """A short text in the typeface of code where it can stand there in any place, else escaped."""
    told = str(text)
    return f"`{told}`" if re.fullmatch(r"[\w.:;~@/+=, ()\[\]-]*[\w.)\]]", told, re.ASCII) else escape_markdown(told)


def _told(text: str) -> str:
    return _STEERING.sub(lambda found: f"[U+{ord(found[0]):04X}]", _UNPRINTABLE.sub("\ufffd", text))


class _Environment(ImmutableSandboxedEnvironment):
    """The sandbox; public fields of the View's plain values are spared its long way (half of the time)."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A field of a value, as the sandbox allows it."""
        if attribute[:1] != "_" and type(obj).__module__.startswith(_PLAIN_VALUES):
            with suppress(AttributeError):
                return getattr(obj, attribute)
        return super().getattr(obj, attribute)


@cache
def _environment(language: str) -> _Environment:
    environment = _Environment(
        loader=FileSystemLoader(data_folder("templates")),
        autoescape=lambda name: name is None or not name.startswith("markdown/"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
        bytecode_cache=_CompiledTemplates(),
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.filters["md"] = escape_markdown
    environment.filters["code"] = code_markdown
    environment.filters["url"] = quote
    environment.install_gettext_translations(  # type: ignore[attr-defined]  # the i18n extension adds it
        _translations(language), newstyle=True
    )
    return environment


def _translations(language: str) -> gettext.NullTranslations:
    if language == SOURCE_LANGUAGE:
        return gettext.NullTranslations()
    try:
        return gettext.translation(DOMAIN, str(data_folder("locales")), [language])
    except OSError:
        raise UsageError(f"there is no translation into {language!r}", None, f"known: {SOURCE_LANGUAGE}") from None


class _CompiledTemplates(BytecodeCache):
    """Jinja2's compiled templates in the user's cache folder, by their digest; a cache that fails is ignored."""

    def load_bytecode(self, bucket: Bucket) -> None:
        stored = read_cached(_cached_name(bucket))
        if stored is not None:
            bucket.load_bytecode(BytesIO(stored))

    def dump_bytecode(self, bucket: Bucket) -> None:
        write_cached(_cached_name(bucket), bucket.bytecode_to_string())


def _cached_name(bucket: Bucket) -> str:
    """A name that changes with the template, with Jinja2 and with Python."""
    state: Any = (bucket.key, bucket.checksum, jinja_version, sys.version)
    return f"template-{hashlib.sha256(repr(state).encode()).hexdigest()[:32]}"
