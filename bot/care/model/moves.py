"""What a new date of the next session does to the days before it that have begun, or should have."""

from dataclasses import replace
from datetime import date

from bot.care.model.enrolment import Enrolment
from bot.care.model.overrides import Override
from bot.care.model.things import Thing
from bot.care.model.windows import Protocols, days_before

FEWEST_NIGHTS = 7
"""Nights left before retinol is off again; with fewer it is not begun again (facts 3.8)."""
SHOULD_BE_OFF = (Thing.RETINOL, Thing.ACTIVES, Thing.NSAID)
"""What a patient may have used until a session came nearer, and staff ask about."""
BY_ITSELF = 0
"""The account that settles what a move alone decides: it ends with the session."""


def late_for(old: Enrolment, new: Enrolment, protocols: Protocols, today: date) -> tuple[Thing, ...]:
    """What should be off already for the new date and was not for the old one."""
    return tuple(
        thing
        for thing in SHOULD_BE_OFF
        if _has_begun(new, protocols, thing, today) and not _has_begun(old, protocols, thing, today)
    )


def stays_off(old: Enrolment, new: Enrolment, protocols: Protocols, today: date) -> Enrolment:
    """Retinol that was stopped for the old date stays off when it could come back for a few nights only."""
    plain = replace(new, overrides=tuple(own for own in new.overrides if own.by != BY_ITSELF))
    if plain.next_on is None or not _has_begun(old, protocols, Thing.RETINOL, today):
        return plain
    nights = (plain.next_on - today).days - days_before(protocols, plain, Thing.RETINOL)
    if not 0 < nights < FEWEST_NIGHTS:
        return plain
    own = plain.override(Thing.RETINOL)
    settled = Override(Thing.RETINOL, after=own.after if own is not None else None, by=BY_ITSELF)
    return plain.settle(replace(settled, before=(plain.next_on - today).days))


def _has_begun(enrolment: Enrolment, protocols: Protocols, thing: Thing, today: date) -> bool:
    left = enrolment.days_to_next(today)
    return left is not None and left <= days_before(protocols, enrolment, thing)
