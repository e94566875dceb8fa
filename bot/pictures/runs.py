"""Take Telegram's markup apart: words with the style they stand in."""

from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser

STYLES = {"b": "B", "u": "U"}
"""What paper shows of it; slanted letters are not among our fonts."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.open.append(STYLES.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        del tag
        if self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.found.append(("".join(sorted(set("".join(self.open)))), data))


def runs(text: str) -> Iterator[tuple[str, str]]:
    """(Style, words): `B`, `U`, `BU` or nothing."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    yield from reader.found


def plain(words: str) -> str:
    """Words without markup, as markup."""
    return escape(words, quote=False)
