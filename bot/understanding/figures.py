"""Numbers that mean something: a temperature, a pain score."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from bot.understanding.phrasebook import Hit
from bot.understanding.words import Word

FEVER_C = 37.8
"""Cautious: advice speaks of 38 C (E02), a rising temperature is asked about before that."""

FEVER_F = 100.0

HOT = "hot-temperature"
PAIN_HIGH = "pain-7-up"
PAIN_MID = "pain-4-6"
PAIN_RISING = "pain-rising"
MEASURED = frozenset({HOT, PAIN_HIGH, PAIN_MID, PAIN_RISING})
"""Concepts that are found in figures, not in words."""

RISE = 2
"""Points by which pain is told to have risen (E32)."""

HIGH, LOW = 7, 3
"""From this score on, and up to that one (E32)."""

_TEMPERATURE = re.compile(
    r"(?<![\d.,$£€])(?P<value>\d{2,3}(?:[.,]\d{1,2})?)\s*(?P<unit>°|degrees?|deg\b|celsius|fahrenheit|[cf]\b)?"
)
_NAMED = re.compile(r"temp(?:\b|erature|reture|rature|ature)|fever|thermometer")
_ALONE = re.compile(r"\W*(?:its |it's |it is )?(?:3[89]|4[01]|10[1-6])(?:ish| and a half)?\W*")
"""All of a message: what else has such a number?"""
_NAMED_AFTER = re.compile(r"[^.!?\n]{0,24}\bthermometer")
_WEATHER = re.compile(r"[^.!?\n]{0,3}\b(?:outside|outdoors|in the shade|in the sun|wash|oven)\b(?! the)")
_OF_A_THING = re.compile(r"\b(?:wash\w*|oven|forecast|bath|shower|pool|water)(?: is| was| it| them)? (?:at|of|on) $")
_REACH = 28
"""How many characters before a number may say what it measures."""

_IN_WORDS = {
    "zero": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_ONE = rf"10|[0-9]|{'|'.join(_IN_WORDS)}"
_NO_UNIT = r"(?!\s*(?:-|/|out of|day|week|month|hour|hr|min|am|pm|x|time|%|ml|mg))"
_SCORE = re.compile(
    rf"\b(?P<score>{_ONE})(?:[.,]\d)?(?:\s*-\s*(?P<upper>{_ONE}))?"
    r"\s*(?:/|out of|outt?a|on)\s*(?:a\s*)?(?:10|ten)\b(?! days?\b)"
)
_SAID = re.compile(
    r"\bpain\w*(?:[\s-]+(?:is|at|now|a|an|about|level|score|of|around|like|still|to|up|went|the|wise|maybe|its|it's))*"
    r"[\s:=]+"
    rf"(?P<score>{_ONE})(?:ish)?\b{_NO_UNIT}"
)
_LEVEL = re.compile(rf"\blevel\s+(?P<score>{_ONE})\b(?=[^.!?\n]{{0,12}}\bpain)")
_FOR_PAIN = re.compile(rf"\b(?P<score>{_ONE})(?:ish)?\s+(?:for pain|pain[\s-]?wise)\b")
_HURTS = re.compile(
    rf"\bhurt\w*[^.!?\n]{{0,40}}\b(?:still|now|about|like|maybe)\s+(?:an?\s+)?(?P<score>{_ONE})\b{_NO_UNIT}"
)
_EARLIER, _LATER = r"(?:was|were|from|yesterday|last night)", r"(?:today|now|tonight|this morning)"
_WAS = rf"\b{_EARLIER}\s+(?:(?:it|was|only|about|an?)\s+)*(?P<before>{_ONE})\b"
_SINCE_THEN = (
    re.compile(
        rf"{_WAS}[^.!?\n\d]{{0,40}}?"
        rf"\b(?:(?:an?|and|to|is|its|it's|about|like|only|{_LATER})\s+)+(?P<after>{_ONE})\b{_NO_UNIT}"
    ),
    re.compile(rf"\b(?P<after>{_ONE})\s+{_LATER}\b[^.!?\n\d]{{0,25}}?{_WAS}{_NO_UNIT}"),
)
"""What a score was, and what it is now."""
_IN_SESSION = re.compile(r"\b(?:during|while (?:you|they|she|he)|(?:in|at) the (?:session|chair)|under the laser)\b")
_COUNTS_NOTHING = re.compile(r"\s*(?:$|[.,!?]|now\b|today\b|tonight\b|but\b|and\b|still\b)")
_OF_TEN = re.compile(r"\s*(?:/|out of)\s*10\b")
_OF_PAIN = re.compile(r"pain|hurt|\bsore|\bache")
_PRAISED = re.compile(
    r"\s*(?:for |to )?(?:the |your |this |all )?(?:best |of )?(?:service|clinic|experience|team|staff|girls|lads)\b"
)
_PRAISING = re.compile(r"\b(?:service|clinic|team|staff|girls)(?: is| was)? $")
_SUFFERING = re.compile(r"pain|hurt|help|call|sore|ache")
"""Beside these no score is praise."""
_CONTENT = re.compile(r"happ|satisf|result|pleased|content|better|improve|rate (?:the|my) (?:clinic|service)|recommend")


def figures(text: str, words: Sequence[Word]) -> list[Hit]:
    """Hits for temperatures of 37.8 C / 100 F or more, typed pain scores and their rise; `text` is the plain text."""
    if not words:
        return []
    found = [(concept, _word_at(words, at)) for concept, at in (*_hot(text), *_pain(text), *_rising(text))]
    return [Hit(concept, at, at + 1, words[at].sentence) for concept, at in found]


def _hot(text: str) -> Iterator[tuple[str, int]]:
    for match in _TEMPERATURE.finditer(text):
        value = float(match["value"].replace(",", "."))
        if (FEVER_C <= value < 43 or FEVER_F <= value < 109) and _is_temperature(text, match):
            yield HOT, match.start("value")


def _is_temperature(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - _REACH) : match.start()]
    named = _NAMED.search(before) is not None
    if not named and (_WEATHER.match(text, match.end()) or _OF_A_THING.search(before)):
        return False
    if match["unit"] or not match["value"].isdigit() or _NAMED_AFTER.match(text, match.end()):
        return True
    return named or _ALONE.fullmatch(text) is not None


def _pain(text: str) -> Iterator[tuple[str, int]]:
    gone = {since.start("before") for since in _changes(text) if _is_over(text, since)}
    for match in (found for said in (_SCORE, _SAID, _LEVEL, _FOR_PAIN, _HURTS) for found in said.finditer(text)):
        around = text[max(0, match.start() - 40) : match.end() + 40]
        praised = (
            _PRAISED.match(text, match.end()) or _PRAISING.search(text[: match.start()]) or _CONTENT.search(around)
        )
        if (praised and not _SUFFERING.search(around)) or match.start("score") in gone:
            continue
        groups = match.groupdict()
        said = groups.get("upper") or groups["score"]
        score = _score(said)
        if score >= 4:
            yield (PAIN_HIGH if score >= HIGH else PAIN_MID), match.start("score")


def _rising(text: str) -> Iterator[tuple[str, int]]:
    for since in _changes(text):
        now, place = _score(since["after"]), since.start("after")
        if now - _score(since["before"]) >= RISE:
            yield PAIN_RISING, place
        if now >= HIGH:
            yield PAIN_HIGH, place


def _changes(text: str) -> Iterator[re.Match[str]]:
    bare = _OF_TEN.sub(lambda ten: " " * len(ten[0]), text)
    found = (since for told in _SINCE_THEN for since in told.finditer(bare))
    if _OF_PAIN.search(text) or bare != text:
        yield from found
    elif _IN_SESSION.search(text):
        yield from (since for since in found if _COUNTS_NOTHING.match(text, since.end("after")))


def _is_over(text: str, since: re.Match[str]) -> bool:
    """It hurt while the laser ran, and does so no more."""
    around = (
        text[since.start() : since.end("before") + 40] if since.start("after") < since.start("before") else since[0]
    )
    return _score(since["after"]) <= LOW and _IN_SESSION.search(around) is not None


def _score(said: str) -> int:
    return _IN_WORDS[said] if said in _IN_WORDS else int(said)


def _word_at(words: Sequence[Word], at: int) -> int:
    return max(0, bisect_right(words, at, key=lambda word: word.at) - 1)
