"""Values for tests: say only what matters, the rest is plausible."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.care.model.clinic import Clinic, Country, Hours
from bot.care.model.enrolment import Area, Enrolment, Surface
from bot.care.model.inbound import CheckInAnswer
from bot.care.model.people import Consent, Contact, Patient

SESSION_DAY = date(2026, 11, 20)
"""A Friday."""
AGREED_AT = datetime(2026, 11, 20, 17, 5, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")


def a_patient(
    *,
    zone: str = "Europe/London",
    agreed: bool = True,
    photos: bool = False,
    agreed_at: datetime = AGREED_AT,
    **more: object,
) -> Patient:
    """Anna, who agreed five minutes after her session; `agreed=False`: not yet, and no contact."""
    values: dict[str, Any] = {
        "code": "A-17",
        "first_name": "Anna",
        "language": "en",
        "zone": ZoneInfo(zone),
        "country": "GB",
        "created_at": agreed_at,
        "contact": Contact(1001) if agreed else None,
        "consent": Consent(agreed_at, "v1", "en", photos=photos) if agreed else None,
    }
    return Patient(**{**values, **more})


def an_enrolment(treatment: str = "picosure", **more: object) -> Enrolment:
    """PicoSure on the face, today, over at 17:00, next session not known."""
    values: dict[str, Any] = {
        "patient_id": 1,
        "treatment": treatment,
        "surface": Surface.INTACT,
        "area": Area.FACE,
        "created_at": AGREED_AT,
        "created_by": 1,
        "session_on": SESSION_DAY,
        "ended": time(17, 0),
    }
    return Enrolment(**{**values, **more})


def a_clinic(*, zone: str = "Europe/London", **more: object) -> Clinic:
    """Open Monday to Friday from nine to six, nobody on call outside."""
    weekday = Hours(time(9), time(18))
    values: dict[str, Any] = {
        "name": "Northlight Skin Clinic",
        "phone": "+44 20 7946 0143",
        "zone": ZoneInfo(zone),
        "country": "GB",
        "languages": ("en",),
        "hours": (weekday, weekday, weekday, weekday, weekday, None, None),
        "holidays": (),
        "countries": (Country("GB", "999", "116 123"),),
        "out_of_hours": "go to out-of-hours care now",
        "fictitious": True,
    }
    return Clinic(**{**values, **more})


def an_answer(step: str, ask: str, value: str, *, day: int, **more: object) -> CheckInAnswer:
    values: dict[str, Any] = {
        "patient_id": 1,
        "enrolment_id": 0,
        "step": step,
        "ask": ask,
        "value": value,
        "at": datetime(2026, 11, 20, 10, tzinfo=UTC) + timedelta(days=day),
        "day": day,
    }
    return CheckInAnswer(**{**values, **more})
