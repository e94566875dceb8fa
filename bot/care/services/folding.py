"""Find what a step carries beside its own words: a further treatment's once-only lines, a recorded antiviral's day."""

from bot.care.model.enrolment import Enrolment
from bot.care.model.protocol import Anchor, Moment, Step
from bot.care.model.windows import columns
from bot.care.model.words import Facts
from bot.care.ports.words import Shelf

ANTIVIRAL_DAYS = frozenset({7, 3, 1})
"""Reminders that name the day on which a prescribed antiviral starts: only where staff recorded one (C21)."""


def folded_in(step: Step, enrolment: Enrolment, shelf: Shelf, language: str, facts: Facts) -> list[str]:
    """The phrases `also/<treatment>-<day>` of every treatment but the leading one; empty for most steps.

    Only a day's own morning step carries them: not its repeats, evening lines or late variants.
    """
    if step.anchor is Anchor.NEXT_SESSION:
        if step.day not in ANTIVIRAL_DAYS or enrolment.health.antiviral_on is None:
            return []
        return [shelf.say("phrases/also/antiviral", language, facts)]
    is_main = step.moment is Moment.MORNING
    if not is_main or step.repeats or step.daily or step.late_of or not enrolment.also:
        return []
    others = columns(shelf.protocols, enrolment)[1:]
    keys = (f"phrases/also/{protocol.id}-{step.day}" for protocol in others)
    return [shelf.say(key, language, facts) for key in keys if shelf.has(key, language)]
