"""Shorten and flatten words without breaking them: Telegram counts UTF-16 units and refuses half a tag."""

import re
from html import unescape

TAG = re.compile(r"<[^<>]+>")
DOTS = "…"


def flat(html: str) -> str:
    """The same words without markup."""
    return unescape(TAG.sub("", html))


def holds(text: str, phrase: str) -> bool:
    """Whether it stands there as words of its own, in any case: "wearing metal" holds no "ring me"."""
    return bool(phrase) and bool(re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text, re.IGNORECASE))


def units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def cut(text: str, *, most: int) -> str:
    """Plain text of at most `most` UTF-16 units; what is left out is shown by dots."""
    if units(text) <= most:
        return text
    kept = text.encode("utf-16-le")[: 2 * (most - 1)].decode("utf-16-le", errors="ignore")
    return kept.rstrip() + DOTS
