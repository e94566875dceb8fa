"""When it is by a patient's own English words: "12 days post scar laser", "my appointment is saturday".

The records know it better; words stand in where nobody is enrolled, or where a course has no date.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.care.ports import Situation
from bot.understanding.phrasebook import Hit
from bot.understanding.words import Word

_NAMED = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
NUMBERS = {**{word: number for number, word in enumerate(_NAMED)}, "a": 1, "an": 1, "couple": 2, "few": 3}
UNITS = {"day": 1, "d": 1, "night": 1, "week": 7, "w": 7, "wk": 7, "month": 30}
"""In days."""

_NUMBER = rf"(?P<count>\d{{1,3}}|{'|'.join(NUMBERS)})"
_UNIT = r"(?P<unit>days?|d|nights?|weeks?|wks?|w|months?)"
_SINCE = (
    "after|post|since|from|out|in|on|past|later|following|ago|now|of healing|old|down the line|into|still|and still"
)
_ORDINAL = re.compile(r"\bday ?(?P<count>\d{1,3}|" + "|".join(_NAMED) + r")\b(?! of (?:my|the) (?:anti|course|period))")
_SHORT = re.compile(r"\bd(?P<count>\d{1,2})\b")
_NTH = re.compile(r"\b(?P<count>\d{1,2})(?:st|nd|rd|th) day\b")
_WEEK = re.compile(r"\bweek ?(?P<count>\d{1,2}|" + "|".join(_NAMED[1:13]) + r")\b")
_PASSED = re.compile(
    rf"(?<!in )(?<!for )(?<!last )(?<!every )(?<!next )\b{_NUMBER} ?(?:of )?{_UNIT} (?:{_SINCE})\b(?! advance| before)"
)
_BEEN = re.compile(
    rf"\b(?:been|its|is|at|already|nearly|about) (?:a good )?{_NUMBER} ?(?:of )?{_UNIT}\b(?! to| until| before)"
)
_TODAY = re.compile(
    r"\b(?:evening|night|afternoon|day) of my\b|\bhours? (?:after|since|ago|post)\b"
    r"|\bjust (?:been )?(?:lasered|home|got home)\b"
    r"|\b(?:lasered|done|had it|session|zapped) (?:me )?(?:today|this morning|at noon|earlier)\b"
)
_YESTERDAY = re.compile(
    r"\b(?:lasered|done|had it|session|treatment|zapped|laser|pico|picosure|co2) (?:me )?(?:was )?yesterday\b"
    r"|\b(?:morning|day|night) after\b"
)
_VISIT = r"(?:appointment|session|treatment|lasering|laser|lasered|procedure|booked|booking|next one)"
_IN_A_WHILE = re.compile(rf"\bin {_NUMBER} ?{_UNIT}\b")
_COMING = (
    r"(?:today|tonight|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|tues|wed|thu|thur|thurs|fri"
    rf"|sat|sun|weekend|next week|this week|{_IN_A_WHILE.pattern.replace('?P<count>', '?:').replace('?P<unit>', '?:')})"
)
_NEXT = re.compile(
    rf"\b{_VISIT}(?: me| is| its| it| on| for| the| this| coming| in| again| at| yours)* {_COMING}\b"
    rf"|\b{_COMING}(?: is| its| for)? (?:my|the) {_VISIT}\b|\bbefore (?:my|the) (?:next )?{_VISIT}\b"
)
_WAS = re.compile(rf"\b{_VISIT} (?:was|were|had)\b|\bhad (?:my|the) {_VISIT}\b")
WITHIN_THE_WEEK = 5
"""A day of the week, or no day at all: about so many days to go."""


@dataclass(frozen=True)
class Timing:
    """Each None where the words do not say it. Days since the session, days to the next one."""

    protocol: str | None = None
    day: int | None = None
    days_to_next: int | None = None

    def fills(self, situation: Situation) -> Situation:
        """What the records leave open."""
        return replace(
            situation,
            protocol=situation.protocol or self.protocol,
            day=self.day if situation.day is None else situation.day,
            days_to_next=self.days_to_next if situation.days_to_next is None else situation.days_to_next,
        )


def timing(words: Sequence[Word], treatments: Sequence[Hit]) -> Timing:
    """`treatments`: names of columns found in these words, the first one counts."""
    text = " ".join(word.surface for word in words)
    return Timing(treatments[0].concept if treatments else None, _day(text), _days_to_next(text))


def _day(text: str) -> int | None:
    for pattern in (_ORDINAL, _SHORT, _NTH):
        if found := pattern.search(text):
            return _number(found["count"])
    for pattern in (_PASSED, _BEEN):
        if found := pattern.search(text):
            return _days(found)
    if found := _WEEK.search(text):
        # the third week begins when two are over
        return (_number(found["count"]) - 1) * 7 + 1
    if _TODAY.search(text):
        return 0
    return 1 if _YESTERDAY.search(text) else None


def _days_to_next(text: str) -> int | None:
    found = _NEXT.search(text)
    if found is None or _WAS.search(text):
        return None
    if awhile := _IN_A_WHILE.search(found[0]):
        return _days(awhile)
    return 0 if "today" in found[0] or "tonight" in found[0] else 1 if "tomorrow" in found[0] else WITHIN_THE_WEEK


def _days(found: re.Match[str]) -> int:
    return _number(found["count"]) * UNITS[found["unit"].rstrip("s")]


def _number(said: str) -> int:
    return int(said) if said.isdigit() else NUMBERS[said]
