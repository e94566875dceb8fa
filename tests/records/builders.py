"""Values for these tests that say only what matters."""
# ruff: noqa: ANN401 - each field brings its own type, which `replace` checks

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.care.model.delivery import Act, ActKind, Button, Delivery, Lane
from bot.care.model.enrolment import Area, Enrolment, Surface
from bot.care.model.inbound import Invitation, RawUpdate
from bot.care.model.people import Contact, Member, Patient, Role
from bot.care.model.purpose import Purpose
from bot.care.model.staff_link import StaffLink

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ANNA, BEN = Contact(501), Contact(502)
DESK = Contact(-900)


def later(**by: float) -> datetime:
    return NOW + timedelta(**by)


def a_patient(**fields: Any) -> Patient:
    plain = Patient(
        code="", first_name="Anna", language="en", zone=ZoneInfo("Europe/London"), country="GB", created_at=NOW
    )
    return replace(plain, **fields)


def an_enrolment(patient_id: int, **fields: Any) -> Enrolment:
    plain = Enrolment(
        patient_id=patient_id,
        treatment="picosure",
        surface=Surface.INTACT,
        area=Area.FACE,
        created_at=NOW,
        created_by=77,
        session_on=date(2026, 11, 20),
    )
    return replace(plain, **fields)


def an_invitation(patient_id: int, **fields: Any) -> Invitation:
    plain = Invitation(patient_id, token_hash="t" * 64, code_hash="c" * 64, expires_at=later(hours=72))
    return replace(plain, **fields)


def a_staff_link(**fields: Any) -> StaffLink:
    return replace(StaffLink(Role.CLINICIAN, "s" * 64, made_by=77, expires_at=later(hours=24), name="Nadia"), **fields)


def an_act(to: Contact = ANNA, *buttons: Button, **fields: Any) -> Act:
    return replace(Act(ActKind.SEND, to, "How are you?", keyboard=(buttons,) if buttons else ()), **fields)


def a_reply(to: Contact = ANNA, **fields: Any) -> Delivery:
    """An immediate act, due now."""
    plain = Delivery(Lane.REPLY, to, NOW, act=an_act(to), purpose=Purpose.ANSWER)
    return replace(plain, **fields)


def a_step(enrolment_id: int, **fields: Any) -> Delivery:
    """A row of a plan, due now."""
    plain = Delivery(
        Lane.SCHEDULED,
        ANNA,
        NOW,
        enrolment_id=enrolment_id,
        step="PS-01",
        occurrence="2026-11-20",
        useful_until=later(hours=8),
        unasked=True,
        purpose=Purpose.PLAN,
    )
    return replace(plain, **fields)


def an_update(number: int, **fields: Any) -> RawUpdate:
    return replace(RawUpdate(number, "501:501", '{"message": "it hurts"}', NOW), **fields)


def a_member(account: int = 77, **fields: Any) -> Member:
    return replace(Member(account, "Maria", Role.CLINICIAN, NOW), **fields)
