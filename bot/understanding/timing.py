"""When it is by a patient's own English words: "12 days post scar laser", "my appointment is saturday".

The records know it better; words stand in where nobody is enrolled, or where a course has no date. A number alone may
mean anything: only what names its session, or the time since, is taken.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.care.ports.hearing import Situation
from bot.understanding.phrasebook import Hit
from bot.understanding.words import Word

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SPOKEN = {
    **{word: number for number, word in enumerate(_ONES)},
    **{ten: 10 * tens for tens, ten in enumerate(_TENS, start=2)},
    **{f"{ten} {_ONES[ones]}": 10 * tens + ones for tens, ten in enumerate(_TENS, start=2) for ones in range(1, 10)},
    "a": 1, "an": 1, "a couple": 2, "couple": 2, "a few": 3, "few": 3,
}  # fmt: skip
UNITS = {"day": 1, "d": 1, "night": 1, "week": 7, "w": 7, "wk": 7, "fortnight": 14, "month": 30}
"""In days."""

_NUMBER = rf"\d{{1,3}}|{'|'.join(sorted(SPOKEN, key=len, reverse=True))}"
_UNIT = r"days?|d|nights?|weeks?|wks?|w|fortnights?|months?"
_AMOUNT = rf"(?<![\d.,])\b(?P<count>{_NUMBER}) ?(?:of )?(?P<unit>{_UNIT})\b"


def _not_after(*words: str) -> str:
    return "".join(f"(?<!{word} )" for word in words)


# --- how long ago
_SINCE = r"post|after|since|from|following|past|out|in(?! a row)|ago|later|on|down the line"
_PASSED = re.compile(
    rf"{_not_after('in', 'for', 'last', 'every', 'next', 'once', 'twice', 'times')}{_AMOUNT} (?:{_SINCE})\b"
)
_BEEN = re.compile(
    r"\b(?:its been|it has been|been|im|i am|at|already)(?: a good| about| nearly| now)? "
    rf"{_AMOUNT}(?! to| until| before| pregnant| gone)"
)
_ORDINAL = re.compile(rf"{_not_after('than on', 'than', 'as on', 'as', 'like')}\bday ?(?P<count>{_NUMBER})\b(?! of)")
_SHORT = re.compile(rf"{_not_after('vitamin', 'vit')}\bd(?P<count>\d{{1,2}})\b")
_NTH = re.compile(r"\b(?P<count>\d{1,2})(?:st|nd|rd|th) day\b")
_WEEK = re.compile(
    rf"{_not_after('this', 'next', 'last', 'a', 'per')}\bweek ?(?P<count>[1-9]\d?|{'|'.join(_ONES[1:13])})\b"
)
_DONE = r"session|treatment|laser(?:ed)?|zapped|pico\w*|co2"
_TODAY = re.compile(
    rf"\b(?:evening|night|afternoon|day) of my (?:{_DONE}|scar laser)\b|\bhours? (?:after|since|post)\b"
    rf"|\bjust (?:been )?(?:lasered|home|got home)\b|\b(?:{_DONE}) (?:me )?(?:today|this morning|at noon)\b"
)
_YESTERDAY = re.compile(
    rf"\b(?:{_DONE}) (?:me )?(?:was )?yesterday\b|{_not_after('night')}\b(?:morning|night) after\b(?! night| morning)"
)

# --- how long until
_DATE = (
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thurs?|fri|sat|sun"
    r"|the weekend|next week|this week"
)
_IN_A_WHILE = re.compile(rf"\bin (?:about |just )?{_AMOUNT}")
_COMING = rf"today|tonight|tomorrow|{_DATE}|in (?:about |just )?(?:{_NUMBER}) ?(?:of )?(?:{_UNIT})"
_VISIT = r"(?:next )?(?:appointment|session|treatment|lasering|laser|procedure)"
_JOINED = r"(?: me| is| its| on| for| the| this| coming| again| at| yours)*"
_NEXT = re.compile(
    rf"\b(?:{_VISIT}|lasered|booked(?: in)?){_JOINED} (?:{_COMING})\b"
    rf"|\b(?:{_COMING})(?: is| its| for)? (?:my|the) {_VISIT}\b"
    rf"|\bbefore (?:my|the) {_VISIT}\b(?! yesterday| on| last)"
)
_PAST = re.compile(
    rf"\b{_VISIT} (?:was|were|had)\b|\b(?:had|since|after|from|did) (?:my |the |a )?{_VISIT}\b"
    r"|\b(?:got|was|were|you|i) lasered\b|^lasered\b"
)
WITHIN_THE_WEEK = 5
"""A day of the week, or no day at all: about so many days to go."""


@dataclass(frozen=True)
class Timing:
    """Each None where the words do not say it. Days since the session, days to the next one."""

    protocol: str | None = None
    day: int | None = None
    days_to_next: int | None = None

    def fills(self, situation: Situation) -> Situation:
        """What the records leave open; who is only booked has no day yet, whatever the words count from."""
        undated = situation.day is None and situation.days_to_next is None
        return replace(
            situation,
            protocol=situation.protocol or self.protocol,
            day=self.day if undated else situation.day,
            days_to_next=self.days_to_next if situation.days_to_next is None else situation.days_to_next,
        )


def timing(words: Sequence[Word], treatments: Sequence[Hit]) -> Timing:
    """`treatments`: names of columns found in these words, the first one counts."""
    text = " ".join(word.surface for word in words)
    return Timing(treatments[0].concept if treatments else None, _day(text), _days_to_next(text))


def _day(text: str) -> int | None:
    for pattern in (_PASSED, _BEEN):
        if found := pattern.search(text):
            return _days(found)
    for pattern in (_ORDINAL, _SHORT, _NTH):
        if found := pattern.search(text):
            return _number(found["count"])
    if found := _WEEK.search(text):
        # the third week begins when two are over
        return (_number(found["count"]) - 1) * 7 + 1
    if _TODAY.search(text):
        return 0
    return 1 if _YESTERDAY.search(text) else None


def _days_to_next(text: str) -> int | None:
    found = _NEXT.search(text)
    if found is None or _PAST.search(text):
        return None
    if awhile := _IN_A_WHILE.search(found[0]):
        return _days(awhile)
    return 0 if "today" in found[0] or "tonight" in found[0] else 1 if "tomorrow" in found[0] else WITHIN_THE_WEEK


def _days(found: re.Match[str]) -> int:
    return _number(found["count"]) * UNITS[found["unit"].rstrip("s")]


def _number(said: str) -> int:
    return int(said) if said.isdigit() else SPOKEN[said]
