"""Read what a rendered message allows, from its words alone: the code that wrote them is not asked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from html import unescape

from bot.care.model.things import Thing

NAMES = {
    Thing.MAKEUP: r"(?<!permanent )make-?up|foundation|concealer",
    Thing.SHAVING: r"shav\w*",
    Thing.RETINOL: r"retin\w+",
    Thing.ACTIVES: r"acids?|benzoyl|scrubs?|scrubbing|vitamin c|acne products?",
    Thing.EXERCISE: r"exercise|gym|training|workouts?|sports?|running|sweat\w*",
    Thing.HEAT: r"saunas?|steam|hot baths?|hot yoga",
    Thing.SWIMMING: r"pools?|hot tubs?|swim\w*|the sea",
    Thing.HAIR_REMOVAL: r"wax\w*|threading|hair-removal|depilat\w+",
    Thing.OTHER_TREATMENTS: r"peels|needling|fillers|injectables|other lasers?",
    Thing.NSAID: r"ibuprofen\w*|naproxen|aspirin",
    Thing.SMOKING: r"smok\w+|vap\w+",
    Thing.ALCOHOL: r"alcohol|wine|beer",
    Thing.TANNING: r"tan|tanning|sunbeds?|self-tan",
    Thing.SUN: r"direct sun|sunbath\w+|strict (?:sun )?avoidance|strict break",
    Thing.SUNSCREEN: r"sunscreen|spf",
}
NAMED = {thing: re.compile(rf"\b(?:{names})\b", re.IGNORECASE) for thing, names in NAMES.items()}
ANY_NAME = re.compile("|".join(rf"\b(?:{names})\b" for names in NAMES.values()), re.IGNORECASE)

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip
DATE = rf"(?:[A-Z][a-z]+day,? )?(\d{{1,2}}) ({'|'.join(MONTHS)})(?: (\d{{4}}))?"
FROM = re.compile(rf"\b(?:from|again on) {DATE}")
SUN_OVER = re.compile(r"(?:avoidance|break) (?:from sun )?(?:is )?over")
"""What follows says that shade and sunscreen stay, and that a sunbed does."""
UNTIL = re.compile(rf"\b(?:until|not before) {DATE}")
BULLET = re.compile(r"^• ([^:]+): (.*)$", re.MULTILINE)
"""A line below "Off. Back on:"."""

PERMITS = re.compile(
    r"\bopen\b(?! (?:skin|spots?|wounds?|sores?))|\bfine\b(?!,? dry)|\ballowed\b|\bok(?:ay)?\b|\bwelcome\b"
    r"|\byou (?:may|can) (?!be|also|see|tell|send|write|phone|ask|type)|\bcan (?:start|come back|return|be used)"
    r"|\bmay (?:start|come back|return|be used)|\bstarts?\b(?! on the date)|\bback on\b|\bback again\b"
    r"|\b(?:safe|free) to\b|\bgo ahead\b|\bover\b|\bends\b|\bfinished\b|\bdaily\b|\b(?:yes|again) from (?:today|now)\b",
    re.IGNORECASE,
)
DENIES = re.compile(
    r"\bnot\b|n't\b|\bno\b|\bnever\b|\bnone\b|\boff\b|\bwaits?\b|\bleave\b|\bstop\w*\b|\bavoid\b|\bwithout\b|\bnothing\b"
    r"|\bfree of\b|\bonly when we\b|\bask us first\b|\bstarts again\b",
    re.IGNORECASE,
)
CONDITION = re.compile(
    r"\bif\b|\bonce\b|\bonly then\b|\bon closed skin\b|\bwhen (?:it|your skin|the skin)\b", re.IGNORECASE
)
OPENS_WITH_CONDITION = re.compile(r"(?:only )?(?:if|once|when)\b", re.IGNORECASE)
SENTENCE = re.compile(r"(?<=[.?])\s+|\n+")
READ_AS = (
    ("off; back on ", "off until "),
    ("you need not avoid the sun as strictly", "the strict break from sun is over"),
)
"""Turns of phrase, as the patterns here know them."""
CLAUSE = re.compile(
    r"; |, (?=off again|but |and never|no tan|not |only )|: (?!open|off|strict|daily|not|ask|over|allowed)|\. "
)


@dataclass(frozen=True)
class Claim:
    """A thing is said to be allowed on a day."""

    thing: Thing
    on: date
    conditional: bool
    """Only for skin that is closed and calm, or after another yes."""
    words: str
    tonight: bool = False


def claims(text: str, today: date) -> list[Claim]:
    """Everything that a message allows, today or from a day it names."""
    plain = BULLET.sub(r"\2 until \1", unescape(re.sub(r"<[^>]+>", "", text)))
    for said, meant in READ_AS:
        plain = plain.replace(said, meant)
    return [claim for sentence in SENTENCE.split(plain) for claim in _of_sentence(sentence.strip(), today)]


def sentences(text: str) -> list[str]:
    return [each.strip() for each in SENTENCE.split(unescape(re.sub(r"<[^>]+>", "", text))) if each.strip()]


def _of_sentence(sentence: str, today: date) -> Iterator[Claim]:
    for clause, thing, place in _named(sentence):
        on = _day(clause, thing, place, today)
        if on is not None:
            yield Claim(thing, on, CONDITION.search(sentence) is not None, sentence, "tonight" in clause)


@cache
def _named(sentence: str) -> tuple[tuple[str, Thing, int], ...]:
    """Each clause with a thing that it names, and where; the same sentences come on many days and in many walks."""
    return tuple(
        (clause, thing, found.start())
        for clause in CLAUSE.split(_without_condition(sentence))
        for thing, named in NAMED.items()
        if (found := named.search(clause)) is not None and not (thing is not Thing.SUN and SUN_OVER.search(clause))
    )


def _without_condition(sentence: str) -> str:
    """What follows "If no crust is left, ...": the condition's own words neither permit nor deny."""
    first = ANY_NAME.search(sentence)
    if first is None or not OPENS_WITH_CONDITION.match(sentence):
        return sentence
    comma = sentence.rfind(", ", 0, first.start())
    return sentence if comma < 0 else sentence[comma + 2 :]


def _day(clause: str, thing: Thing, place: int, today: date) -> date | None:
    """The day from which the clause allows a thing that it names at a place; None when it allows nothing."""
    until = UNTIL.search(clause, place)
    if until is not None:
        # "off until 3 March" lets everybody read that it is allowed on 3 March; daily sunscreen is asked for until then
        if "daily" not in clause:
            return _date(until, today)
        return today if thing is Thing.SUNSCREEN else None
    if DENIES.search(clause) is not None:
        return None
    start = FROM.search(clause)
    if start is not None:
        return _date(start, today)
    if PERMITS.search(clause) is None:
        return None
    return today + timedelta(days=1) if "tomorrow" in clause else today


def _date(found: re.Match[str], today: date) -> date:
    """Dates of this year are said without it."""
    day, month = int(found[1]), MONTHS.index(found[2]) + 1
    return date(int(found[3]) if found[3] else today.year, month, day)
