"""What Telegram accepts as HTML in a message, and how long the patient sees it."""

import re
from html import unescape

TAG = re.compile(r"<(/?)([a-zA-Z]+)((?:\s[^<>]*)?)>")
LINK = re.compile(r'\s+href="(https://|tel:|mailto:)[^"<>]+"')
ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot|#\d{1,6}|#x[0-9a-fA-F]{1,5});)")
ALLOWED = {"b", "i", "a"}


def faults(text: str) -> list[tuple[int, str]]:
    """Every (line from 0, reason) for which Telegram, or our own house rule, would refuse the text."""
    found: list[tuple[int, str]] = []
    open_tags: list[str] = []
    for tag in TAG.finditer(text):
        reason = _tag_fault(tag, open_tags)
        if reason:
            found.append((_line(text, tag.start()), reason))
    if open_tags:
        found.append((_line(text, len(text)), f"<{open_tags[-1]}> is never closed"))
    rest = TAG.sub(lambda tag: " " * len(tag[0]), text)
    found += [(_line(text, place), "write &lt; for <") for place in _places("<", rest)]
    found += [(_line(text, match.start()), "write &amp; for &") for match in ENTITY.finditer(text)]
    return sorted(found)


def visible(text: str) -> str:
    """The text without its tags, as it is read."""
    return unescape(TAG.sub("", text))


def length(text: str) -> int:
    """Visible characters as Telegram counts them: UTF-16 units."""
    return len(visible(text).encode("utf-16-le")) // 2


def _tag_fault(tag: re.Match[str], open_tags: list[str]) -> str | None:
    closing, name, attributes = tag[1], tag[2], tag[3]
    if name not in ALLOWED:
        return f"<{name}> is not allowed, only <b>, <i> and <a href>"
    if closing:
        if not open_tags or open_tags.pop() != name:
            return f"</{name}> closes what is not open"
        return None
    open_tags.append(name)
    if name == "a":
        return None if LINK.fullmatch(attributes) else '<a> needs href="https://..."'
    return f"<{name}> takes no attributes" if attributes.strip() else None


def _places(letter: str, text: str) -> list[int]:
    return [place for place, character in enumerate(text) if character == letter]


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place)
