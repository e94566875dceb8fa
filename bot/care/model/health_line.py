"""Read what staff type about a patient's health: `isotretinoin=2026-08-31 antiviral=12.12. retinol=recommended`."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot.care.model.dates_typed import read_staff_date
from bot.care.model.enrolment import HealthFacts

NOTHING = "-"
"""Typed for "not answered"."""
YES_NO = {"yes": True, "no": False, NOTHING: None}
TONES = ("burns", "tans", "deep")


def read_health(health: HealthFacts, words: str, *, today: date) -> tuple[HealthFacts, tuple[str, ...]]:
    """The facts as typed, and what could not be read; then nothing of it counts."""
    changed, wrong = health, []
    for word in words.split():
        key, _, value = word.partition("=")
        found = _with(changed, key.lower(), value.lower(), today)
        if found is None:
            wrong.append(word)
        else:
            changed = found
    return (health, tuple(wrong)) if wrong else (changed, ())


def said(health: HealthFacts) -> dict[str, str]:
    """Each fact as it would be typed; empty where nobody answered."""
    retinol = "recommended" if health.retinol_recommended else _yes_or_no(health.retinol_user)
    return {
        "cold-sores": _yes_or_no(health.cold_sores),
        "isotretinoin": health.isotretinoin or "",
        "pregnancy": _yes_or_no(health.pregnancy),
        "retinol": retinol,
        "dark-marks": _yes_or_no(health.dark_marks),
        "tone": health.tone or "",
        "antiviral": health.antiviral_on or "",
    }


def _with(health: HealthFacts, key: str, value: str, today: date) -> HealthFacts | None:
    reader = _READERS.get(key)
    return reader(health, value, today) if reader is not None else None


def _cold_sores(health: HealthFacts, value: str, _: date) -> HealthFacts | None:
    return replace(health, cold_sores=YES_NO[value]) if value in YES_NO else None


def _pregnancy(health: HealthFacts, value: str, _: date) -> HealthFacts | None:
    return replace(health, pregnancy=YES_NO[value]) if value in YES_NO else None


def _dark_marks(health: HealthFacts, value: str, _: date) -> HealthFacts | None:
    return replace(health, dark_marks=YES_NO[value]) if value in YES_NO else None


def _isotretinoin(health: HealthFacts, value: str, today: date) -> HealthFacts | None:
    if value == NOTHING:
        return replace(health, isotretinoin=None)
    if value in ("never", "now"):
        return replace(health, isotretinoin=value)
    day = read_staff_date(value, today=today)
    return replace(health, isotretinoin=day.isoformat()) if day is not None and day <= today else None


def _retinol(health: HealthFacts, value: str, _: date) -> HealthFacts | None:
    if value == "recommended":
        return replace(health, retinol_recommended=True)
    if value not in YES_NO:
        return None
    return replace(health, retinol_user=YES_NO[value], retinol_recommended=False)


def _tone(health: HealthFacts, value: str, _: date) -> HealthFacts | None:
    if value == NOTHING:
        return replace(health, tone=None)
    return replace(health, tone=value) if value in TONES else None


def _antiviral(health: HealthFacts, value: str, today: date) -> HealthFacts | None:
    if value == NOTHING:
        return replace(health, antiviral_on=None)
    day = read_staff_date(value, today=today)
    return replace(health, antiviral_on=day.isoformat()) if day is not None and day >= today else None


def _yes_or_no(fact: object) -> str:
    return "" if fact is None else "yes" if fact else "no"


_READERS: dict[str, Callable[[HealthFacts, str, date], HealthFacts | None]] = {
    "cold-sores": _cold_sores,
    "isotretinoin": _isotretinoin,
    "pregnancy": _pregnancy,
    "retinol": _retinol,
    "dark-marks": _dark_marks,
    "tone": _tone,
    "antiviral": _antiviral,
}
