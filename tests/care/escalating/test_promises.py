"""A patient who was told when a person answers is not left waiting in silence."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.care.model.delivery import DeliveryState
from bot.care.model.purpose import Purpose
from tests.care.listening.ward import Ward, a_ward
from tests.care.scene import ANNA, CLARA, DESK, at_desk

PUS = "pus is coming out and I have fever"
BLISTER = "there is one small blister on my cheek"
SATURDAY_EVENING = datetime(2026, 11, 28, 19, tzinfo=ZoneInfo("Europe/London"))
SORRY = "I am sorry: nobody has answered you by the time I named"


def a_photo_at_ten() -> Ward:
    ward = a_ward()
    ward.says(ANNA, "", media="photo")
    assert "by 18:00 today" in ward.last(ANNA)
    return ward


def sorry(ward: Ward) -> int:
    return sum(text.startswith(SORRY) for text in ward.heard(ANNA))


def broken(ward: Ward, chat: int = DESK) -> list[str]:
    return [act.text for act in ward.alerts(chat) if "Nobody has written or called" in act.text]


def test_when_the_hour_passes_and_nobody_wrote_staff_and_the_patient_are_told_once() -> None:
    ward = a_photo_at_ten()

    ward.later(hours=7, minutes=59)
    assert (broken(ward), sorry(ward)) == ([], 0)
    for _ in range(5):
        ward.later(minutes=1)

    assert len(broken(ward)) == 1
    assert "a person answers by 23 November, 18:00" in broken(ward)[0]
    assert sorry(ward) == 1


def test_it_rings_although_the_clinic_has_just_closed() -> None:
    ward = a_photo_at_ten()

    ward.later(hours=8)

    assert not ward.alerts()[-1].silent


def test_whoever_has_it_hears_of_it_privately_too() -> None:
    ward = a_photo_at_ten()
    ward.tap(at_desk(CLARA), "I have it")

    ward.later(hours=8)

    assert len(broken(ward, CLARA.chat)) == 1


def test_who_was_answered_in_time_hears_no_apology() -> None:
    ward = a_photo_at_ten()
    ward.says(at_desk(CLARA), "That looks fine.", reply_to=ward.message_of(Purpose.ALERT))

    ward.later(hours=8)

    assert (broken(ward), sorry(ward)) == ([], 0)


def test_who_was_phoned_hears_no_apology() -> None:
    ward = a_photo_at_ten()
    ward.tap(at_desk(CLARA), "I have it")
    ward.tap(at_desk(CLARA), "I have called")

    ward.later(hours=8)

    assert (broken(ward), sorry(ward)) == ([], 0)


def test_an_answer_to_the_first_photo_is_none_to_the_second() -> None:
    ward = a_photo_at_ten()
    ward.says(at_desk(CLARA), "That looks fine.", reply_to=ward.message_of(Purpose.ALERT))
    ward.later(minutes=30)
    ward.says(ANNA, "", media="photo")

    ward.later(hours=8)

    assert (len(broken(ward)), sorry(ward)) == (1, 1)


def test_a_promise_over_the_weekend_is_looked_at_when_it_ends() -> None:
    ward = a_ward(day=8)
    ward.clock.at = SATURDAY_EVENING
    ward.says(ANNA, "", media="photo")
    assert "by 18:00 on Monday" in ward.last(ANNA)

    ward.later(hours=46)
    assert sorry(ward) == 0
    ward.later(hours=1)

    assert sorry(ward) == 1


def test_two_things_unanswered_are_one_apology() -> None:
    ward = a_photo_at_ten()
    ward.later(hours=2)
    ward.says(ANNA, BLISTER)

    ward.later(hours=6)

    assert (len(broken(ward)), sorry(ward)) == (2, 1)


def test_what_cannot_wait_has_its_ladder_and_no_apology_at_closing() -> None:
    ward = a_ward()
    ward.says(ANNA, PUS)
    ward.tap(at_desk(CLARA), "I have it")
    ward.tap(at_desk(CLARA), "I have called")

    ward.later(hours=8)

    assert sorry(ward) == 0


def test_what_was_closed_is_nobodys_broken_promise() -> None:
    ward = a_photo_at_ten()
    ward.tap(at_desk(CLARA), "Close")
    ward.tap(at_desk(CLARA), "Advice given")

    ward.later(hours=8)

    assert (broken(ward), sorry(ward)) == ([], 0)


def test_the_clock_knows_when_a_promise_ends() -> None:
    ward = a_photo_at_ten()

    found = ward.escalating.next_moment(ward.work, after=ward.clock.now())

    assert found == datetime(2026, 11, 23, 18, tzinfo=ZoneInfo("Europe/London"))


def test_where_the_desk_does_not_take_it_people_hear_privately_of_a_promise_that_was_not_kept() -> None:
    ward = a_photo_at_ten()
    ward.clock.later(hours=8)
    ward.escalating.overdue(ward.work, at=ward.clock.now())

    ward.fails(Purpose.PROMISE_BROKEN, DeliveryState.FAILED)
    ward.later(minutes=1)

    assert len(broken(ward, CLARA.chat)) == 1
