"""Who was told that a person comes, and heard from none, is told how it ended."""

import pytest

from bot.care.model.inbound import Tap
from bot.care.model.purpose import Purpose
from tests.care.listening.ward import Ward, a_ward
from tests.care.scene import ANNA, CLARA, at_desk

PUS = "pus is coming out and I have fever"
BLISTER = "there is one small blister on my cheek"


def closed(ward: Ward, how: str) -> str:
    ward.tap(at_desk(CLARA), "Close")
    ward.tap(at_desk(CLARA), how)
    return ward.last(ANNA)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("Advice given", "has noted that you were given advice"),
        ("Seen in clinic", "has noted that you were seen at the clinic"),
        ("Sent to emergency care", "has noted that you were sent to emergency care"),
        ("False alarm", "has read this and closed it for now. Please keep an eye on it all the same"),
        ("Duplicate", "together with what you sent before"),
    ],
)
def test_the_patient_hears_how_it_ended_and_by_whom(how: str, said: str) -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)

    heard = closed(ward, how)

    assert heard.startswith("Clara from")
    assert said in heard


@pytest.mark.parametrize("how", ["Advice given", "False alarm"])
def test_whoever_wrote_of_harming_themselves_hears_whom_to_call_however_it_was_closed(how: str) -> None:
    ward = a_ward()
    ward.says(ANNA, "i do not want to live any more")

    ward.tap(CLARA, "Close")
    ward.tap(CLARA, how)

    assert ward.cases()[0].reason == "RF-E5"
    assert "116 123" in ward.last(ANNA)
    assert "do not stay alone" in ward.last(ANNA)


def test_after_a_person_wrote_nothing_more_is_said() -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)
    ward.says(at_desk(CLARA), "Please come in at three.", reply_to=ward.message_of(Purpose.ALERT))

    assert "Please come in at three." in closed(ward, "Seen in clinic")


def test_after_a_call_nothing_more_is_said() -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)
    ward.tap(at_desk(CLARA), "I have it")
    ward.tap(at_desk(CLARA), "I have called")

    assert "has seen this" in closed(ward, "Advice given")


def test_a_duplicate_of_what_is_still_open_says_nothing() -> None:
    ward = a_ward()
    ward.says(ANNA, BLISTER)
    ward.says(ANNA, PUS)
    before = ward.heard(ANNA)

    closed(ward, "Duplicate")

    assert ward.heard(ANNA) == before


def test_a_question_nobody_answered_promised_nobody() -> None:
    ward = a_ward()
    ward.says(ANNA, "it feels hot and a bit swollen")
    before = ward.heard(ANNA)
    ward.later(minutes=10)

    closed(ward, "False alarm")

    assert not ward.cases()[0].confirmed
    assert ward.heard(ANNA) == before


def another(ward: Ward, *, told: str) -> None:
    """Something else of the patient is open; without `told` it promised them nobody."""
    alerting, now = ward.escalating.alerting, ward.clock.now()
    alerting.raise_alert(ward.work, ward.anna(), level=None, reason="date", words="the 9th", told=told, at=now)
    ward.deliver()


def ends(ward: Ward, number: int, how: str) -> None:
    """Clara closes the case of this number."""
    case, shown = ward.cases()[number], next(iter(ward.records.memory.deliveries))
    ward.escalating.closed(ward.work, CLARA, Tap("", "closed", (str(case.id), how), CLARA.chat, shown, ""))
    ward.deliver()


def ended(ward: Ward) -> list[str]:
    return [text for text in ward.heard(ANNA) if text.startswith("Clara from")]


def test_of_two_that_are_one_the_patient_hears_once_the_last_is_closed() -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)
    another(ward, told="Somebody answers.")

    ends(ward, 0, "DUPLICATE")
    assert ended(ward) == []
    ends(ward, 1, "DUPLICATE")

    assert "together with what you sent before" in ended(ward)[-1]


def test_a_duplicate_of_what_was_closed_before_is_told() -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)
    another(ward, told="")

    ends(ward, 1, "ADVICE")
    assert ended(ward) == []
    ends(ward, 0, "DUPLICATE")

    assert len(ended(ward)) == 1


def test_a_duplicate_of_what_promised_nobody_is_told_at_once() -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)
    another(ward, told="")

    ends(ward, 0, "DUPLICATE")

    assert len(ended(ward)) == 1
