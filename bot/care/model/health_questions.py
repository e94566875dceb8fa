"""The few health questions after consent: each changes advice, each can be skipped."""

import calendar
from dataclasses import replace
from datetime import date

from bot.care.model.enrolment import HealthFacts

SKIP = "skip"

ANSWERS: dict[str, tuple[str, ...]] = {
    "photos": ("yes", "no"),
    "cold-sores": ("yes", "no", "unsure"),
    "isotretinoin": ("never", "now", "recent", "earlier"),
    "last-dose": (),
    "pregnancy": ("yes", "no", "prefer-not"),
    "retinol": ("yes", "no"),
    "dark-marks": ("yes", "no", "unsure"),
    "tone": ("burns", "tans", "deep"),
}
"""In the order they are asked. `last-dose` follows `recent` only; its answers are months."""

ORDER = tuple(ANSWERS)
YES_NO = {"yes": True, "no": False}


def next_question(question: str, answer: str) -> str | None:
    """What is asked after this answer; None after the last."""
    following = ORDER[ORDER.index(question) + 1 :]
    if question == "isotretinoin" and answer != "recent":
        following = following[1:]
    return following[0] if following else None


def with_answer(health: HealthFacts, question: str, answer: str, *, today: date, hold: int) -> HealthFacts:
    """The facts with this answer in them; a skipped question stays unanswered. `hold`: as for `hold_until`."""
    yes = YES_NO.get(answer)
    match question:
        case "cold-sores":
            # not sure counts as yes: the advice for it does no harm
            return replace(health, cold_sores=True if answer == "unsure" else yes)
        case "isotretinoin":
            return replace(health, isotretinoin=_isotretinoin(answer, today, hold))
        case "last-dose":
            return health if answer == SKIP else replace(health, isotretinoin=answer)
        case "pregnancy":
            return replace(health, pregnancy=yes)
        case "retinol":
            return replace(health, retinol_user=yes)
        case "dark-marks":
            return replace(health, dark_marks=True if answer == "unsure" else yes)
        case "tone":
            return replace(health, tone=None if answer == SKIP else answer)
        case _:
            return health


def last_months(today: date, hold: int) -> tuple[date, ...]:
    """Every month that can still be inside the hold, by its last day: a dose in a month may have been on that day."""
    return tuple(_month_end(today, -n) for n in range(hold + 1))


def hold_until(last_dose: date, hold: int) -> date:
    """First day a session is outside the hold (31 Aug + 6 months -> last day of February).

    `hold`: calendar months between the last dose of isotretinoin and a session (S003-20, C9).
    """
    end = _month_end(last_dose, hold)
    return end.replace(day=min(last_dose.day, end.day))


def in_hold(health: HealthFacts, session: date | None, hold: int) -> bool:
    """Taking it now, or the session lies before the hold is over."""
    if health.isotretinoin == "now":
        return True
    if health.isotretinoin in (None, "never") or session is None:
        return False
    return session < hold_until(date.fromisoformat(health.isotretinoin or ""), hold)


def _isotretinoin(answer: str, today: date, hold: int) -> str | None:
    if answer in ("never", "now"):
        return answer
    if answer == "recent":
        return today.isoformat()  # until the month is known, as if the last dose were today
    return _month_end(today, -hold - 1).isoformat() if answer == "earlier" else None


def _month_end(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, calendar.monthrange(year, month)[1])
