"""The tables of windows (facts 3.6), copied cell by cell, and what they forbid, reckoned in plain days."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.care.model.enrolment import Area, Enrolment, EnrolmentStatus, Surface
from bot.care.model.protocol import Span
from bot.care.model.things import Thing

TREATMENTS = ("picosure", "pico", "acne-scar-laser", "resurfacing", "acne-laser")
AFTER = """
    makeup            1/2/7       1/2/7       2/7/14      7/10/21      1/1/3
    sunscreen         0/1/2       0/1/2       1/2/4       4/7/14       0/1/2
    spf-daily         90/180/365  90/180/365  90/180/365  180/180/365  90/180/365
    sun               42/42/90    42/42/90    42/42/90    42/56/180    42/42/56
    tanning           42/42/90    42/42/90    42/42/90    42/56/180    42/42/56
    retinol           7/7/14      7/7/14      7/14/42     14/42/90     1/7/14
    actives           3/7/14      3/7/14      7/14/28     28/42/90     1/7/14
    exercise          1/3/10      1/3/10      2/5/10      7/14/21      0/1/3
    heat              2/7/10      2/7/10      3/7/14      10/21/28     1/3/7
    swimming          2/7/10      2/7/10      3/7/14      10/14/28     1/3/7
    shaving           1/3/7       1/3/7       2/5/10      5/10/14      1/2/3
    hair-removal      7/14/28     7/14/28     7/14/28     28/28/56     7/14/28
    other-treatments  14/28/42    14/28/42    14/28/42    28/42/90     14/28/42
    nsaid             0/2/7       0/2/7       0/2/7       1/7/14       0/2/7
    smoking           2/14/28     2/14/28     14/14/28    14/14/28     2/14/28
    alcohol           1/2/3       1/2/3       1/2/7       2/3/7        0/1/2
    head-raised       0/1/2       0/1/2       1/2/4       2/4/7        0/0/1
"""
"""End of the days off after a session, least/default/most, a column a treatment."""

BEFORE = """
    retinol           7/7/14      7/7/14      3/7/14      3/7/14       3/7/14
    actives           3/7/14      3/7/14      3/7/14      3/7/14       3/7/14
    nsaid             0/14/14     0/14/14     0/14/14     0/14/14      0/14/14
    smoking           14/14/28    14/14/28    14/14/28    14/14/28     14/14/28
    sun               14/28/42    14/28/42    14/28/42    14/28/42     14/28/42
    tanning           14/28/42    14/28/42    14/28/42    14/28/42     14/28/42
    hair-removal      7/14/28     7/14/28     7/14/28     7/14/28      7/14/28
    other-treatments  14/14/28    14/14/28    14/14/28    14/14/28     14/14/28
    alcohol           1/1/5       1/1/5       1/1/5       1/1/5        1/1/5
"""
"""Days off before the next session, least/default/most."""

SURFACES = {"acne-scar-laser": Surface.MICRO_WOUNDS, "resurfacing": Surface.REMOVED}
"""What a treatment leaves of the surface; intact where it is not named."""
TICKED = {Surface.INTACT: "pico", Surface.MICRO_WOUNDS: "acne-scar-laser", Surface.REMOVED: "resurfacing"}
"""Whose column holds where staff ticked another surface (C4)."""
MORE_OFF_THE_FACE = {Thing.MAKEUP: 3, Thing.EXERCISE: 3, Thing.SWIMMING: 3, Thing.ACTIVES: 7}
SLOWER_OFF_THE_FACE = ("acne-scar-laser", "resurfacing")
NEVER_TOLD = (Thing.SMOKING, Thing.TANNING)
NOT_OF_THE_SKIN = (Thing.NSAID, Thing.SMOKING, Thing.ALCOHOL)
"""A healed skin is no condition for these."""


def cells(table: str) -> Iterator[tuple[Thing, str, Span]]:
    for line in table.strip().splitlines():
        thing, *spans = line.split()
        for treatment, span in zip(TREATMENTS, spans, strict=True):
            yield Thing(thing), treatment, Span(*map(int, span.split("/")))


DAYS_AFTER = {(thing, column): span.default for thing, column, span in cells(AFTER)}
DAYS_BEFORE = {(thing, column): span.default for thing, column, span in cells(BEFORE)}


def column(treatment: str, surface: Surface) -> str:
    return treatment if SURFACES.get(treatment, Surface.INTACT) is surface else TICKED[surface]


@dataclass(frozen=True)
class Truth:
    """What the tables forbid for one patient; `course` is oldest first."""

    course: Sequence[Enrolment]

    def forbids(self, thing: Thing, on: date, *, said_on: date) -> bool:
        """What is said on an unsettled day is said as on a day 0; from before it, every such day may be one."""
        kept = [one for one in self.course if one.status is not EnrolmentStatus.CANCELLED]
        newest = kept[-1]
        if any(self._is_after(thing, one, one.session_on, on) for one in kept):
            return True
        if newest.next_on is None:
            return False
        if on >= newest.next_on:
            return self._is_after(thing, newest, said_on if said_on >= newest.next_on else on, on)
        return newest.next_on - timedelta(days=self._before(thing, newest)) <= on

    def _is_after(self, thing: Thing, one: Enrolment, session_on: date | None, on: date) -> bool:
        return session_on is not None and session_on <= on < session_on + timedelta(days=self._after(thing, one))

    def _after(self, thing: Thing, one: Enrolment) -> int:
        own = one.override(thing)
        days = max(DAYS_AFTER[thing, each] + _more(thing, each, one.area) for each in _columns(one))
        if own is None or own.after is None:
            return days
        return own.after if own.confirmed else max(days, own.after)

    def _before(self, thing: Thing, one: Enrolment) -> int:
        own = one.override(thing)
        days = max(DAYS_BEFORE.get((thing, each), 0) for each in _columns(one))
        if own is None or own.before is None or not days:
            return days
        return own.before if own.confirmed else max(days, own.before)


def _columns(one: Enrolment) -> tuple[str, ...]:
    return column(one.treatment, one.surface), *one.also


def _more(thing: Thing, each: str, area: Area) -> int:
    return MORE_OFF_THE_FACE.get(thing, 0) if each in SLOWER_OFF_THE_FACE and area is not Area.FACE else 0
