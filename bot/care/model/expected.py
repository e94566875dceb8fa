"""Which symptom is still expected on which day, and from when it is for the clinic to see (facts 5.2)."""

from enum import StrEnum

from bot.care.model.enrolment import Area, Surface
from bot.care.model.protocol import Protocol, Threshold

OFF_FACE_DAYS = 3
"""Broken skin heals more slowly off the face (E48)."""
OWN_DAYS = frozenset({"not-closed", "new-patch", "pus", "blister", "thick-crust", "strong-pain", "pain"})
"""Symptoms whose day is the same everywhere, or has a name of its own off the face."""


class Expectation(StrEnum):
    EXPECTED = "expected"
    SAME_DAY = "same-day"
    URGENT = "urgent"


def threshold(protocol: Protocol, symptom: str, area: Area) -> Threshold | None:
    """Off the face, a symptom may have days of its own: `not-closed-body` beside `not-closed`."""
    by_name = {each.symptom: each for each in protocol.thresholds}
    usual = by_name.get(symptom)
    return usual if area is Area.FACE else by_name.get(f"{symptom}-body", usual)


def expectation(protocol: Protocol, symptom: str, day: int, area: Area) -> Expectation:
    """What a symptom means on a day after the session; symptoms that no day decides are expected."""
    found = threshold(protocol, symptom, area)
    if found is None:
        return Expectation.EXPECTED
    extra = _extra_days(protocol, symptom, area)
    if found.urgent_from is not None and day >= found.urgent_from + extra:
        return Expectation.URGENT
    if found.same_day_from is not None and day >= found.same_day_from + extra:
        return Expectation.SAME_DAY
    return Expectation.EXPECTED


def same_day_from(protocol: Protocol, symptom: str, area: Area) -> int | None:
    """The first day on which the symptom is no longer expected; None when no day decides it."""
    found = threshold(protocol, symptom, area)
    if found is None or found.same_day_from is None:
        return None
    return found.same_day_from + _extra_days(protocol, symptom, area)


def _extra_days(protocol: Protocol, symptom: str, area: Area) -> int:
    # what grows, rises or is new is never given more days: only what lingers is
    slower = protocol.surface is not Surface.INTACT and area is not Area.FACE
    lingers = symptom not in OWN_DAYS and not symptom.endswith(("-rising", "-larger"))
    return OFF_FACE_DAYS if slower and lingers else 0
