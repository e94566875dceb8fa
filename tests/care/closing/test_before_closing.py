"""Half an hour before closing staff hear who of today is not connected, and what they tap is done once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.care.model.delivery import ActKind, DeliveryState
from bot.care.model.inbound import Sender
from bot.care.model.leaflet import Leaflet
from bot.care.model.people import Guest, Patient
from bot.care.model.purpose import Purpose
from tests.care.scene import ANNA, CLARA, DESK, MARIA, RITA, Scene, a_scene, at_desk

CLOSING = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
HALF_PAST = CLOSING - timedelta(minutes=30)
SATURDAY = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


def come(scene: Scene, at: datetime) -> None:
    """As the round of the timers does."""
    scene.deliver()
    scene.clock.at = at
    scene.office.before_closing.run(scene.work, at=at)
    scene.deliver()


def told(scene: Scene, chat: int = DESK) -> list[str]:
    return [text for text in scene.heard(chat) if "not connected" in text]


def no_telegram(scene: Scene, patient: Patient, who: Sender) -> None:
    scene.tap(who, f"{patient.code} no Telegram")
    scene.tap(who, "Yes, do this")


def digest(scene: Scene, at: datetime) -> str:
    scene.clock.at = at
    scene.office.digesting.command(scene.work, RITA, "")
    return scene.last(RITA)


def paper(scene: Scene) -> Leaflet:
    return next(act.leaflet for _, act in reversed(scene.arrived) if act.leaflet is not None)


def listed(scene: Scene, line: str = "Anna picosure next=+4w phone=+442079460111") -> Patient:
    anna = scene.enrol(line)
    come(scene, HALF_PAST)
    return anna


def test_who_of_today_is_not_connected_is_told_once_half_an_hour_before_closing() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure")
    scene.join()
    bert = scene.enrol("Bert pico")

    come(scene, HALF_PAST - timedelta(minutes=1))
    assert told(scene) == []
    come(scene, HALF_PAST)
    come(scene, HALF_PAST + timedelta(minutes=1))

    assert told(scene) == [
        "<b>Enrolled today and not connected: 1</b>\nA-2 Bert: waiting for consent",
    ]
    assert scene.buttons(DESK) == [f"{bert.code} QR again", f"{bert.code} print link", f"{bert.code} no Telegram"]


def test_a_day_on_which_everybody_is_connected_brings_nothing_also_for_who_comes_later() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure")
    scene.join()

    come(scene, HALF_PAST)
    scene.enrol("Bert pico")
    come(scene, HALF_PAST + timedelta(minutes=10))

    assert told(scene) == []


@pytest.mark.parametrize("holiday", [True, False])
def test_closed_days_have_no_closing(holiday: bool) -> None:  # noqa: FBT001 - a table of two
    scene = a_scene()
    shelf = scene.library.shelf
    sunday = HALF_PAST + timedelta(days=2)
    at = HALF_PAST if holiday else sunday
    if holiday:
        clinic = replace(shelf.clinic, holidays=(HALF_PAST.date(),))
        scene.library.shelf = replace(shelf, clinic=clinic)
    else:
        scene.clock.at = sunday - timedelta(hours=5)
    scene.enrol("Anna picosure")

    come(scene, at)

    assert told(scene) == []


def test_yesterdays_people_are_the_digests() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure")

    come(scene, HALF_PAST + timedelta(days=3))

    assert told(scene) == []


def test_what_a_standstill_passed_over_is_told_the_same_day_without_a_sound() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure")

    come(scene, CLOSING + timedelta(hours=1))

    assert len(told(scene)) == 1
    assert [act.silent for where, act in scene.arrived if where == DESK][-1]


def test_the_next_moment_is_todays_while_there_is_somebody_to_tell_of() -> None:
    scene = a_scene()
    closing = scene.office.before_closing
    assert closing.next_moment(scene.work, after=scene.clock.now()) is None

    scene.enrol("Anna picosure")

    assert closing.next_moment(scene.work, after=scene.clock.now()) == HALF_PAST
    assert closing.next_moment(scene.work, after=HALF_PAST) is None


def test_with_somebody_unknown_in_the_group_people_are_told_privately() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure")
    scene.work.team.greet(Guest(DESK, 9, "Eve", scene.clock.now()))

    come(scene, HALF_PAST)

    assert told(scene) == []
    assert len(told(scene, CLARA.chat)) == 1


def test_what_did_not_reach_the_desk_reaches_people() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure")
    scene.deliver()
    scene.clock.at = HALF_PAST
    scene.office.before_closing.run(scene.work, at=HALF_PAST)
    row = next(row for row in scene.work.outbox.waiting_for(DESK) if row.purpose is Purpose.BEFORE_CLOSING)
    scene.work.outbox.settle(row.id, DeliveryState.FAILED, at=HALF_PAST)

    scene.office.digesting.lost(scene.work, scene.work.outbox.get(row.id), at=HALF_PAST)

    assert len(told(scene, MARIA.chat)) == 1


def test_qr_again_is_a_fresh_link_and_the_old_one_dies() -> None:
    scene = a_scene()
    anna = listed(scene)
    old = scene.token()

    scene.tap(at_desk(RITA), f"{anna.code} QR again")

    assert scene.token() != old
    assert "this link was replaced by a newer one" in scene.last(RITA)
    assert scene.work.invitations.find(f"hash of {old}").revoked_at is not None  # type: ignore[union-attr]


def test_the_link_is_printed_as_a_card_and_the_old_one_dies() -> None:
    scene = a_scene()
    anna = listed(scene)
    old = scene.token()

    scene.tap(at_desk(RITA), f"{anna.code} print link")

    sheet = scene.arrived[-1][1].sheet
    assert sheet is not None
    (card,) = sheet.cards
    assert (card.name, sheet.file) == ("Anna", "link-A-1.pdf")
    assert card.about.startswith("A-1: PicoSure, session Friday 20 November")
    assert scene.work.invitations.find(f"hash of {old}").revoked_at is not None  # type: ignore[union-attr]
    scene.office.joining.open(scene.work, ANNA, card.link.partition("start=")[2])
    assert "is that you" in scene.last(ANNA)


def test_no_telegram_takes_two_taps_of_the_same_person() -> None:
    scene = a_scene()
    anna = listed(scene)

    scene.tap(at_desk(RITA), f"{anna.code} no Telegram")
    scene.tap(at_desk(CLARA), "Yes, do this")
    assert scene.work.patients.get(anna.id).no_telegram_at is None
    scene.tap(at_desk(RITA), "Yes, do this")

    assert scene.work.patients.get(anna.id).no_telegram_at == HALF_PAST
    assert "no-telegram" in scene.audited()


def test_the_page_has_the_patients_own_dates_and_numbers() -> None:
    scene = a_scene()
    anna = listed(scene)

    no_telegram(scene, anna, at_desk(RITA))

    page = paper(scene)
    said = "\n".join(line for section in page.sections for line in (section.heading, *section.lines))
    assert page.file == "plan-A-1-2026-11-20.pdf"
    assert "Anna" in page.title
    assert "Session: 20 November. Next session: 18 December." in page.about
    assert "Makeup: off; back on" in said
    assert "From 11 December: retinol" in said
    assert "Saturday 21 November" in said
    assert scene.library.shelf.clinic.phone in said
    assert "<" not in said


def test_each_check_in_day_is_on_the_call_list_of_its_morning() -> None:
    scene = a_scene()
    anna = listed(scene)
    no_telegram(scene, anna, at_desk(RITA))

    assert "phone Anna (A-1, +442079460111): check-in of day 1" in digest(scene, SATURDAY)
    # nobody is there on Sunday
    assert "check-in of day 2, day 3" in digest(scene, SATURDAY + timedelta(days=2))
    assert "phone Anna" not in digest(scene, SATURDAY + timedelta(days=3))
    assert "3 days before the next session" in digest(scene, datetime(2026, 12, 15, 10, tzinfo=UTC))


def test_who_has_no_telegram_is_not_waited_for_and_stands_on_a_list_of_their_own() -> None:
    scene = a_scene()
    anna = listed(scene)
    no_telegram(scene, anna, at_desk(RITA))
    scene.clock.at = SATURDAY

    scene.office.seeing.patients(scene.work, RITA, "calls")
    assert "A-1 Anna" in scene.last(RITA)
    scene.office.seeing.patients(scene.work, RITA, "waiting")
    assert scene.last(RITA) == "Nobody has still to agree."


def test_the_calls_end_when_the_patient_connects_after_all() -> None:
    scene = a_scene()
    anna = listed(scene)
    no_telegram(scene, anna, at_desk(RITA))

    scene.join(ANNA)

    assert scene.work.patients.get(anna.id).no_telegram_at is None
    assert "phone Anna" not in digest(scene, SATURDAY)


def test_the_calls_end_by_a_tap_on_the_card() -> None:
    scene = a_scene()
    anna = listed(scene)
    no_telegram(scene, anna, at_desk(RITA))
    scene.office.seeing.patient(scene.work, RITA, "A-1")
    assert "no Telegram, on the call list since" in scene.last(RITA)

    scene.tap(RITA, "Has Telegram after all")

    assert scene.work.patients.get(anna.id).no_telegram_at is None
    assert "phone Anna" not in digest(scene, SATURDAY)
    scene.tap(RITA, "New link")
    scene.join(ANNA)


def test_a_card_of_somebody_unconnected_has_the_same_button() -> None:
    scene = a_scene()
    scene.enrol("Anna picosure")
    scene.office.seeing.patient(scene.work, RITA, "A-1")

    scene.tap(RITA, "No Telegram")
    scene.tap(RITA, "Yes, do this")

    assert scene.people()[-1].no_telegram_at is not None


def test_the_plan_is_printed_again_from_the_card_with_the_days_that_hold_then() -> None:
    scene = a_scene()
    anna = listed(scene)
    no_telegram(scene, anna, at_desk(RITA))
    since = scene.work.patients.get(anna.id).no_telegram_at
    enrolment = scene.work.enrolments.course(anna.id)[-1]
    scene.work.enrolments.save(enrolment.move_next(SATURDAY.date() + timedelta(days=40)))
    scene.clock.at = SATURDAY
    scene.office.seeing.patient(scene.work, RITA, "A-1")

    scene.tap(RITA, "Print the plan")
    scene.tap(RITA, "Yes, do this")

    assert "Next session: 31 December." in paper(scene).about
    assert scene.work.patients.get(anna.id).no_telegram_at == since


def test_who_connected_meanwhile_is_not_marked() -> None:
    scene = a_scene()
    anna = listed(scene)
    scene.tap(at_desk(RITA), f"{anna.code} no Telegram")
    scene.join(ANNA)

    scene.tap(at_desk(RITA), "Yes, do this")

    assert scene.work.patients.get(anna.id).no_telegram_at is None
    assert "connected already" in scene.last(DESK)
    assert not any(act.leaflet for _, act in scene.arrived if act.kind is ActKind.SEND)
