"""Take everything out of a message that says who wrote it, or of whom."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bot.care.model.dates_typed import MONTHS

GONE = "…"
"""Stands where something was taken out; in every language it says nothing."""

_MONTHS = "|".join(month[:3] for month in MONTHS)
# "may" is a word too, and a month only where a year follows
_MONTHS_ALONE = "|".join(month[:3] for month in MONTHS if month != "may")
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?(?: of)?"
_YEAR = r",? ?'?\d{2,4}\b"
PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:https?://|www\.|t\.me/)\S+",
        r"\S+@\S+",
        r"@\w+",
        r"\b[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|info|co|uk|ie|eu|io|app)\b(?:/\S*)?",
        r"\b\d{1,4} ?[./-] ?\d{1,2} ?[./-] ?\d{2,4}\b",
        rf"\b{_ORDINAL} (?:{_MONTHS})[a-z]*\.?{_YEAR}",
        rf"\b(?:{_MONTHS})[a-z]*\.? {_ORDINAL}{_YEAR}",
        rf"\b{_ORDINAL} (?:{_MONTHS_ALONE})[a-z]*\b",
        rf"\b(?:{_MONTHS_ALONE})[a-z]*\.? \d{{1,2}}(?:st|nd|rd|th)?\b",
        r"\+?\(?\d(?:[ ().\-/]*\d){6,}",
        r"\b\w*\d{4,}\w*\b",
    )
)
"""Links, addresses, dates, telephone numbers, and whatever has four digits in a row."""
CODES = re.compile(r"\b[A-Z]-\d+\b|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
"""Our own short codes, and postcodes."""
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
LONGEST = 1000
"""Characters that are looked at; what is kept of a message is shorter still."""
ACRONYM = 4
"""Letters up to which capitals are an abbreviation, as in SPF."""
LONGEST_BEFORE = 40
"""Characters within which an introduction such as "my name is" has its end."""
_RUN = re.compile(rf"{GONE}(?:[\s,.;:]*{GONE})+")


@dataclass(frozen=True)
class Traces:
    """What gives people away. `own`: names and numbers of those who may be meant; the others come from the content.

    `names`: given names; `both`: names that are words as well; `before`: what stands before a name ("my name is").
    """

    own: Iterable[str] = ()
    names: frozenset[str] = frozenset()
    both: frozenset[str] = frozenset()
    before: tuple[str, ...] = ()


def deidentified(text: str, traces: Traces, *, knows: Callable[[str], bool]) -> str:
    """`knows`: whether the clinic's own lines use a word; a capital on one that they do not use makes it a name."""
    plain = " ".join(_beginning(text).split())
    for own in _parts(traces.own):
        plain = re.sub(rf"(?<!\w){re.escape(own)}(?:['’]s)?(?!\w)", GONE, plain, flags=re.IGNORECASE)
    for pattern in (*PATTERNS, CODES):
        plain = pattern.sub(GONE, plain)
    return _RUN.sub(GONE, "".join(_nameless(plain, traces, knows))).strip()


def says_anything(text: str) -> bool:
    return WORD.search(text) is not None


def _beginning(text: str) -> str:
    """Whole words only: half a name or number would not be known for one."""
    return text if len(text) <= LONGEST else text[: LONGEST + 1].rpartition(" ")[0]


def _parts(own: Iterable[str]) -> list[str]:
    """Each name, whole and in its parts, longest first."""
    whole = {name.strip() for name in own}
    found = whole | {part for name in whole for part in name.split() if not part.isdigit()}
    return sorted((part for part in found if len(part) > 1), key=lambda part: -len(part))


def _nameless(text: str, traces: Traces, knows: Callable[[str], bool]) -> Iterator[str]:
    at, introduced = 0, False
    for found in WORD.finditer(text):
        word, between = found.group(), text[at : found.start()]
        introduced = introduced and not between.strip(" .,:")
        starts = not text[: found.start()].strip() or text[: found.start()].rstrip()[-1] in ".!?"
        is_name = _is_name(word, traces, knows, introduced=introduced, starts=starts)
        yield between + (GONE if is_name else word)
        at = found.end()
        introduced = (is_name and introduced) or _introduces(text[:at], traces)
    yield text[at:]


def _introduces(said: str, traces: Traces) -> bool:
    end = f" {said[-LONGEST_BEFORE:].casefold()}"
    return any(end.endswith(one) and not end[: -len(one)][-1:].isalnum() for one in traces.before)


def _is_name(word: str, traces: Traces, knows: Callable[[str], bool], *, introduced: bool, starts: bool) -> bool:
    bare = re.sub(r"['’]s$", "", word).casefold()
    if bare in traces.names:
        return True
    is_capital = word[0].isupper()
    if bare in traces.both:
        return introduced or (is_capital and not starts and not word.isupper())
    if knows(bare):
        return False
    if word.isupper() and len(word) <= ACRONYM:
        return introduced
    return introduced or is_capital
