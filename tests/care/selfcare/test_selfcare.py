"""What patients look up and set by themselves."""

from dataclasses import replace
from datetime import time

from tests.care.listening.ward import STRANGER, a_ward
from tests.care.scene import ANNA, at_desk


def test_today_says_what_is_on_and_off() -> None:
    ward = a_ward()

    ward.selfcare.today(ward.work, ANNA)

    assert "<b>Off today</b>" in ward.last(ANNA)
    assert "Direct sun: off; back on" in ward.last(ANNA)


def test_the_plan_names_what_is_coming() -> None:
    ward = a_ward()

    ward.selfcare.plan(ward.work, ANNA)

    assert "What is coming" in ward.last(ANNA)


def test_topics_are_turned_in_their_place() -> None:
    ward = a_ward()
    ward.selfcare.faq(ward.work, ANNA)
    first = ward.buttons(ANNA)

    ward.tap(ANNA, "▶")

    assert ward.buttons(ANNA) != first
    assert "page 2" in ward.last(ANNA)


def test_every_topic_can_be_reached() -> None:
    ward = a_ward()
    ward.selfcare.faq(ward.work, ANNA)
    seen = set(ward.buttons(ANNA))

    while "▶" in ward.buttons(ANNA):
        ward.tap(ANNA, "▶")
        seen |= set(ward.buttons(ANNA))

    assert {topic.title for topic in ward.library.shelf.topics("en").values()} <= seen


def test_every_topic_has_an_answer_for_her_today() -> None:
    ward = a_ward()

    for topic in ward.library.shelf.topics("en"):
        assert ward.selfcare.topics.tell(ward.work, ward.anna(), topic, at=ward.clock.now())


def test_the_morning_hour_is_set_and_everything_is_planned_anew() -> None:
    ward = a_ward()
    ward.selfcare.planning.replan(ward.work, ward.anna(), ward.enrolment(), at=ward.clock.now())
    before = {row.step: row.due_at for row in ward.planned(ward.anna())}
    ward.selfcare.preferences.show(ward.work, ANNA)

    ward.tap(ANNA, "Morning hour")
    ward.tap(ANNA, "11:00")

    assert ward.anna().morning == time(11)
    assert "Morning messages: 11:00" in ward.last(ANNA)
    assert {row.step: row.due_at for row in ward.planned(ward.anna())} != before


def test_a_person_stands_on_top_of_the_menu() -> None:
    ward = a_ward()

    ward.selfcare.help(ward.work, ANNA)

    assert ward.buttons(ANNA)[0] == "Talk to a person"


def test_a_stranger_gets_a_strangers_answer() -> None:
    ward = a_ward()

    ward.selfcare.today(ward.work, STRANGER)

    assert "Off today" not in ward.last(STRANGER)
    assert len(ward.heard(STRANGER)) == 1


def test_nothing_of_a_patient_is_shown_in_a_group() -> None:
    ward = a_ward()

    ward.selfcare.today(ward.work, at_desk(ANNA))

    assert not ward.heard(at_desk(ANNA))


def test_two_taps_ask_for_one_person() -> None:
    ward = a_ward()
    ward.selfcare.help(ward.work, ANNA)
    ward.tap(ANNA, "Talk to a person")
    ward.tap(ANNA, "It can wait")

    ward.tap(ANNA, "It can wait")

    assert len(ward.cases()) == 1
    assert len(ward.alerts()) == 1


def test_a_patient_whose_treatment_left_the_shelf_gets_a_person_not_silence() -> None:
    ward = a_ward()
    ward.work.enrolments.save(replace(ward.enrolment(), treatment="no-longer-there"))

    ward.says(ANNA, "when can I wear makeup again?")
    ward.selfcare.today(ward.work, ANNA)

    assert len(ward.heard(ANNA)) == 2
    assert "Talk to a person" in ward.buttons(ANNA)
