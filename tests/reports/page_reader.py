"""Pages read as strictly as a test needs: what is open, what acts, what leads where."""

import re
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "rect", "br"}


class Reader(HTMLParser):
    """Reads a page strictly: every tag closed in order, ids once, and what a test asks about."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.acting: list[tuple[str, str]] = []
        self.headings: list[int] = []
        self.columns: list[dict[str, str | None]] = []
        self.text: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open, self.open
        assert len(self.ids) == len(set(self.ids)), [one for one in self.ids if self.ids.count(one) > 1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        assert len(values) == len(attrs), (tag, attrs)
        self.tags.append(tag)
        self.acting += [(tag, name) for name in values if name.startswith("on") or name in {"style", "src"}]
        if values.get("id"):
            self.ids.append(str(values["id"]))
        if tag == "a":
            self.links.append(str(values.get("href")))
        if tag == "th":
            self.columns.append(values)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        assert not (tag in {"p", "div", "table", "ul", "ol", "dl", "section"} and "p" in self.open), (tag, self.open)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, (tag, self.open)
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.text.append(data)
