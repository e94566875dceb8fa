"""A patient who changes Telegram accounts goes on in the new one, and the old one gets nothing more."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.care.model.delivery import Act, ActKind, Delivery, DeliveryState, MessageRef
from bot.care.model.inbound import Sender, Tap
from bot.care.model.people import Patient
from bot.care.model.purpose import Purpose
from bot.care.services.posting import put, tell
from tests.care.scene import ANNA, BERT, CLARA, DESK, RITA, Scene, a_scene

NEW = Sender(4711, 4711, "Anna too", "en")
BUTTON, YES, ME = "Other account", "Yes, do this", "Yes, that is me"
UNDO = "Back to the account before"


def with_a_link() -> Scene:
    scene = a_scene()
    scene.enrol("Anna picosure next=+4w")
    scene.join()
    scene.office.seeing.patient(scene.work, RITA, "A-1")
    scene.tap(RITA, BUTTON)
    scene.tap(RITA, YES)
    return scene


def moved() -> Scene:
    scene = with_a_link()
    scene.office.joining.open(scene.work, NEW, scene.token())
    scene.tap(NEW, ME)
    return scene


def anna(scene: Scene) -> Patient:
    return scene.people()[0]


def chats(scene: Scene) -> set[int]:
    return {row.contact.chat for row in scene.planned(anna(scene))}


def test_until_the_link_is_used_nothing_changes() -> None:
    scene = with_a_link()

    assert chats(scene) == {ANNA.chat}
    assert any("for the <b>new</b> account only" in text for text in scene.heard(RITA))


def test_the_new_account_goes_on_and_both_and_staff_are_told() -> None:
    scene = moved()

    contact = anna(scene).contact
    assert contact is not None
    assert contact.chat == NEW.chat
    assert anna(scene).consent is not None
    assert chats(scene) == {NEW.chat}
    assert "Your care goes on here" in scene.last(NEW)
    assert "goes on in another Telegram account" in scene.last(ANNA)
    assert "Anna" not in scene.last(ANNA)
    assert "connected with another Telegram account" in scene.last(DESK)
    assert "this link was used" in scene.last(RITA)
    assert "transferred" in scene.audited()


def test_the_old_account_is_nobodys_and_what_waited_for_it_never_arrives() -> None:
    scene = with_a_link()
    waits = tell(scene.work, anna(scene), "for Anna's eyes", at=scene.clock.now())
    assert waits is not None
    tap = Tap("token", "join-yes", (), NEW.chat, 1, ME)
    scene.office.joining.transferring.take_over(scene.work, NEW, anna(scene), tap, at=scene.clock.now())

    assert scene.work.patients.by_chat(ANNA.chat) is None
    assert scene.work.outbox.get(waits.id).state is DeliveryState.CANCELLED


def test_undone_the_old_account_has_it_again_and_both_hear_of_it() -> None:
    scene = moved()

    scene.tap(replace(CLARA, chat=DESK, private=False), UNDO)

    contact = anna(scene).contact
    assert contact is not None
    assert contact.chat == ANNA.chat
    assert chats(scene) == {ANNA.chat}
    assert "goes on here again" in scene.last(ANNA)
    assert "goes on in another Telegram account" in scene.last(NEW)
    assert "back to the account before, by Clara" in scene.last(DESK)


def test_whoever_the_link_reached_wrongly_cannot_come_back_with_it_once_that_is_undone() -> None:
    scene = with_a_link()
    for _ in range(2):
        scene.office.joining.open(scene.work, NEW, scene.token())
    scene.tap(NEW, ME)
    scene.tap(replace(CLARA, chat=DESK, private=False), UNDO)

    scene.tap(NEW, ME, nth=0)

    contact = anna(scene).contact
    assert contact is not None
    assert contact.chat == ANNA.chat


def test_what_may_not_have_arrived_never_goes_again_to_the_account_that_was_left() -> None:
    scene = with_a_link()
    sent = tell(scene.work, anna(scene), "Your result is in.", at=scene.clock.now(), purpose=Purpose.STAFF_REPLY)
    assert sent is not None
    scene.work.outbox.settle(sent.id, DeliveryState.UNCERTAIN, at=scene.clock.now())
    unclear = scene.office.unclear
    before = unclear.may_go_again(scene.work, scene.work.outbox.get(sent.id), at=scene.clock.now())
    scene.office.joining.open(scene.work, NEW, scene.token())
    scene.tap(NEW, ME)

    row = scene.work.outbox.get(sent.id)
    assert (before, unclear.may_go_again(scene.work, row, at=scene.clock.now())) == (True, False)


def test_after_a_day_it_is_not_undone_by_a_tap() -> None:
    scene = moved()
    scene.clock.later(hours=25)

    scene.tap(replace(CLARA, chat=DESK, private=False), UNDO)

    contact = anna(scene).contact
    assert contact is not None
    assert contact.chat == NEW.chat
    assert "can no longer be taken back here" in scene.last(DESK)


def test_called_off_the_link_is_dead() -> None:
    scene = with_a_link()
    token = scene.token()

    scene.tap(RITA, "Call it off")
    scene.office.joining.open(scene.work, NEW, token)

    assert "called off" in scene.last(RITA)
    assert "does not work any more" in scene.last(NEW)
    assert chats(scene) == {ANNA.chat}


def test_a_link_is_used_once() -> None:
    scene = with_a_link()
    token = scene.token()
    scene.office.joining.open(scene.work, NEW, token)
    scene.tap(NEW, ME)

    scene.office.joining.open(scene.work, BERT, token)

    assert "does not work any more" in scene.last(BERT)


def test_somebody_elses_account_takes_nobody_over() -> None:
    scene = a_scene()
    scene.enrol("Bert pico")
    scene.join(BERT)
    scene.enrol("Anna picosure next=+4w")
    scene.join()
    scene.office.seeing.patient(scene.work, RITA, "A-2")
    scene.tap(RITA, BUTTON)
    scene.tap(RITA, YES)

    scene.office.joining.open(scene.work, BERT, scene.token())

    assert "Your clinic is checking" in scene.last(BERT)
    assert "needs an own Telegram account" in scene.last(DESK)


def test_opened_in_the_old_account_the_link_stays_good_for_the_new_one() -> None:
    scene = with_a_link()

    token = scene.token()

    scene.office.joining.open(scene.work, ANNA, token)
    assert ME not in scene.buttons(ANNA)
    scene.office.joining.open(scene.work, NEW, token)
    scene.tap(NEW, ME)

    assert chats(scene) == {NEW.chat}


def lost(scene: Scene, *, state: DeliveryState, reason: str = "", ambiguous: int = 0) -> Delivery:
    """The check-in of day 3 as it stands some time after its hour."""
    scene.clock.at = datetime(2026, 11, 23, 11, tzinfo=UTC)
    row = next(row for row in scene.work.outbox.of_patient(anna(scene).id) if row.step == "PS-03")
    ended = replace(row, state=state, reason=reason, attempts=1, ambiguous=ambiguous)
    scene.records.memory.deliveries[row.id] = ended
    return ended


def takes_over(scene: Scene) -> None:
    tap = Tap("token", "join-yes", (), NEW.chat, 1, ME)
    scene.office.joining.transferring.take_over(scene.work, NEW, anna(scene), tap, at=scene.clock.now())


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"state": DeliveryState.UNREACHABLE}, id="the account was gone"),
        pytest.param({"state": DeliveryState.RETRY_WAIT, "ambiguous": 1}, id="its second try was still to come"),
        pytest.param(
            {"state": DeliveryState.CANCELLED, "reason": "cannot be reached", "ambiguous": 1},
            id="the account was found gone before its second try",
        ),
    ],
)
def test_the_check_in_that_the_old_account_did_not_get_is_asked_in_the_new_one(fields: dict[str, Any]) -> None:
    scene = with_a_link()
    row = lost(scene, **fields)

    takes_over(scene)

    again = scene.work.outbox.get(row.id)
    assert (again.contact.chat, again.state) == (NEW.chat, DeliveryState.SCHEDULED)
    assert (again.attempts, again.ambiguous) == (0, 0)
    assert again in scene.work.outbox.due(at=scene.clock.now(), limit=99)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"state": DeliveryState.UNCERTAIN, "ambiguous": 2}, id="staff decide"),
        pytest.param({"state": DeliveryState.CANCELLED, "reason": "staff: drop", "ambiguous": 2}, id="staff let it be"),
    ],
)
def test_what_staff_decide_or_have_decided_is_not_sent_anew(fields: dict[str, Any]) -> None:
    scene = with_a_link()
    row = lost(scene, **fields)

    takes_over(scene)

    assert scene.work.outbox.get(row.id) == row


def test_what_is_of_no_use_any_more_stays_as_it_ended() -> None:
    scene = with_a_link()
    row = lost(scene, state=DeliveryState.UNREACHABLE)
    scene.clock.later(days=2)

    takes_over(scene)

    assert scene.work.outbox.get(row.id) == row


def test_a_nurse_whose_words_waited_for_the_old_account_hears_that_they_did_not_arrive() -> None:
    scene = with_a_link()
    source, contact = MessageRef(DESK, 77), anna(scene).contact
    assert contact is not None
    act = Act(ActKind.SEND, contact, "Cool it, then call us. Clara", source=source)
    reply = put(scene.work, act, at=scene.clock.now(), purpose=Purpose.STAFF_REPLY, patient_id=anna(scene).id)

    takes_over(scene)

    scene.deliver()
    told = [act for chat, act in scene.arrived if chat == DESK and act.reply_to == source.message]
    assert scene.work.outbox.get(reply.id).state is DeliveryState.CANCELLED
    assert len(told) == 1
    assert "has not reached the patient" in told[0].text
