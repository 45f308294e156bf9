"""Templates filled in: nothing that a model says becomes markup, and a mistake in a template is an error."""

import re

import pytest
from markdown_it import MarkdownIt

from threatmodel.errors import UsageError
from threatmodel.reports import environment
from threatmodel.reports.environment import code_markdown, escape_markdown
from threatmodel.resources import data_folder

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "a | b || c",
    "`code` ``more``",
    "line one\nline two\r\n\r\n# not a heading",
    "*bold* _soft_ ~~gone~~ **x**",
    "[text](javascript:alert(1)) ![i](http://x.invalid/a.png)",
    "[text][ref] [ref]: http://x.invalid",
    "http://x.invalid and www.x.invalid and me@x.invalid",
    "&lt;b&gt; &amp; &#60; AT&T R&D;",
    "\\| \\\\ \\`",
    "# heading",
    "- item",
    "+ item",
    "1. item",
    "2024) item",
    "===",
    "---",
    "> quote",
    "    indented",
    "| a |",
    "$x$ and $$y$$",
    "مرحبا by \u202egnp.exe",
    "quotes ' \" ” ’",
    "<!-- comment -->",
    "<https://x.invalid>",
    "{{ 7 * 7 }} {% raw %}",
    "x" * 5000,
]
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def shown(text: str) -> str:
    """What a reader sees of a text on one line, steering characters told by number."""
    told = re.sub("[\u202a-\u202e]", lambda found: f"[U+{ord(found[0]):04X}]", text)
    return " ".join(told.split())


@pytest.mark.parametrize("text", HOSTILE)
def test_an_escaped_text_is_read_as_itself(text: str) -> None:
    tokens = READER.parse(escape_markdown(text))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    inline = tokens[1].children or []
    assert {token.type for token in inline} <= {"text", "text_special"}
    assert "".join(token.content for token in inline) == shown(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_an_escaped_text_stays_in_its_cell(text: str) -> None:
    table = READER.parse(f"| a | b |\n| --- | --- |\n| {escape_markdown(text)} | {code_markdown(text)} |\n\nafter\n")
    assert sum(token.type == "td_open" for token in table) == 2
    assert sum(token.type == "tr_open" for token in table) == 2
    assert table[-2].content == "after"


def test_a_link_of_a_forge_is_not_made() -> None:
    told = escape_markdown("see https://x.invalid/a, www.x.invalid or me@x.invalid")
    assert "://" not in told
    assert "www." not in told
    assert "@" not in told


def test_a_plain_sentence_stays_as_it_is() -> None:
    sentence = "Images are read (by PACS), then 'stored'. It's done."
    assert escape_markdown(sentence) == sentence
    assert escape_markdown("version 1.4, tls-bcp195") == "version 1.4, tls-bcp195"
    assert code_markdown("DAT-01@a.b.c") == "`DAT-01@a.b.c`"


def test_an_undefined_name_is_an_error() -> None:
    with pytest.raises(Exception, match="'view' is undefined"):
        environment.fill("markdown/report.md.j2")


def test_a_language_without_translation_is_refused() -> None:
    with pytest.raises(UsageError, match="no translation into 'xx'"):
        environment.fill("markdown/report.md.j2", "xx")


def test_every_text_in_markdown_is_escaped() -> None:
    """A text goes through ``md``, ``code`` or ``url``; numbers and the template's own macros need not."""
    template = (data_folder("templates") / "markdown" / "report.md.j2").read_text(encoding="utf-8")
    template = re.sub(r"\{%-? *trans.*?%\}.*?\{%-? *endtrans *-?%\}", "", template, flags=re.DOTALL)
    numbers = {
        "one.exploitability", "one.severity", "one.effective_severity", "part.open", "one.count", "question.settles",
        "loop.index", "effort[one.effort]", "told",
    }  # fmt: skip
    macros = ("_(", "whom(", "rating(", "all_of(", "cells(", "control(", "lead(", "closed(")
    for found in re.findall(r"\{\{-? *(.*?) *-?\}\}", template):
        assert found in numbers or found.startswith(macros) or re.search(r"\|(md|code|url)\b", found), found


def test_every_text_in_a_translated_sentence_is_escaped() -> None:
    template = (data_folder("templates") / "markdown" / "report.md.j2").read_text(encoding="utf-8")
    for found in re.findall(r"\{% trans (.*?) *%\}", template):
        for _, value in re.findall(r"(\w+)=([^,]+)", found):
            number = re.fullmatch(
                r"[\w.]+(count|open|unconfirmed|confirmed|settles|left|closes|privacy|continuity|question|addressed)",
                value,
            )
            assert number or value.endswith(("|md", "|length")) or value.startswith("whom("), found


def test_only_our_own_files_and_the_picture_go_in_unescaped() -> None:
    safe = {
        (file.name, found)
        for file in (data_folder("templates") / "html").glob("*.j2")
        for found in re.findall(r"\{\{ *(\w+)\|safe *\}\}", file.read_text(encoding="utf-8"))
    }
    assert safe == {("report.html.j2", "style"), ("report.html.j2", "script"), ("picture.html.j2", "picture")}


def test_templates_neither_sort_nor_compute() -> None:
    for file in data_folder("templates").rglob("*.j2"):
        if file.parent.name not in {"html", "markdown"}:
            continue
        for code in re.findall(r"\{[{%](.*?)[}%]\}", file.read_text(encoding="utf-8")):
            bare = re.sub(r"\"[^\"]*\"|'[^']*'", "", code)
            assert not re.search(r"\|\s*(sort|sum|selectattr|rejectattr|groupby|map|unique)\b", bare), (file, code)
            assert not re.search(r"\s[+*/]\s|\s-\s", bare), (file, code)
