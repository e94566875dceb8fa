"""Whatever became of a message to a patient, somebody of the clinic hears of it, with or without a desk."""

from dataclasses import replace

import pytest

from bot.care.model.delivery import Delivery, DeliveryState
from bot.care.model.people import Contact
from bot.care.services.aftermath import Aftermath
from bot.care.services.posting import post
from tests.care.listening.ward import Ward, a_ward
from tests.care.scene import ANNA, CLARA, DESK, MARIA, RITA


def ends(ward: Ward, state: DeliveryState, *, purpose: str = "answer") -> None:
    office, now = ward.office, ward.clock.now()
    message = post(ward.work, Contact(ANNA.chat), "Hello", at=now, purpose=purpose, patient_id=ward.anna().id)
    ward.work.outbox.settle(message.id, state, at=now)
    ended: Delivery = replace(message, state=state)
    Aftermath(ward.escalating, office.leaving, office.unclear, office.digesting).ended(ward.work, ended, at=now)
    ward.deliver()


TOLD = [
    pytest.param(DeliveryState.UNREACHABLE, "blocked the chat", id="blocked"),
    pytest.param(DeliveryState.FAILED, "refused by Telegram", id="refused"),
    pytest.param(DeliveryState.UNCERTAIN, "may not have arrived", id="unclear"),
]


@pytest.mark.parametrize(("state", "words"), TOLD)
def test_the_desk_is_told(state: DeliveryState, words: str) -> None:
    ward = a_ward()

    ends(ward, state)

    assert words in ward.last(DESK)


@pytest.mark.parametrize(("state", "words"), TOLD)
def test_without_a_desk_clinicians_and_admins_are_told_privately(state: DeliveryState, words: str) -> None:
    ward = a_ward(desk=False)

    ends(ward, state)

    assert words in ward.last(CLARA)
    assert words in ward.last(MARIA)
    assert not ward.heard(RITA)


def test_that_somebody_cannot_be_reached_is_told_once() -> None:
    ward = a_ward()

    ends(ward, DeliveryState.UNREACHABLE)
    ends(ward, DeliveryState.UNREACHABLE)
    ward.office.leaving.reachable(ward.work, contact=Contact(ANNA.chat), reachable=False)

    assert len(ward.heard(DESK)) == 1
    assert ward.anna().unreachable_since == ward.clock.now()


def test_a_notice_that_fails_brings_no_further_notice() -> None:
    ward = a_ward(desk=False)

    ends(ward, DeliveryState.FAILED, purpose="notice")

    assert not ward.heard(CLARA)
