"""The list of open alerts: every line and button can be told from the others."""

from datetime import timedelta

from bot.care.model.escalation import Escalation
from bot.care.model.triage import Level
from tests.care.listening.ward import a_ward
from tests.care.scene import CLARA, DESK, FRIDAY_NOON, RITA, at_desk


def test_no_two_buttons_of_a_list_say_the_same_and_a_long_one_shows_how_to_see_the_rest() -> None:
    ward = a_ward()
    for minute in range(17):
        opened_at = FRIDAY_NOON + timedelta(minutes=minute)
        ward.work.escalations.add(Escalation(ward.anna().id, opened_at, Level.URGENT, "RF-U1", "pus"))

    ward.escalating.alerts(ward.work, at_desk(RITA))

    buttons = ward.buttons(DESK)
    assert len(set(buttons)) == len(buttons) == 15
    assert "Open alerts: 17" in ward.last(DESK)
    assert ward.audited()[-1] == "alerts"
    assert "and 2 more" in ward.last(DESK)


def test_an_alert_that_nobody_has_leads_those_of_its_level() -> None:
    ward = a_ward()
    for minute in range(2):
        opened_at = FRIDAY_NOON + timedelta(minutes=minute)
        ward.work.escalations.add(Escalation(ward.anna().id, opened_at, Level.URGENT, "RF-U1", "pus"))
    ward.escalating.alerts(ward.work, at_desk(CLARA))

    ward.tap(at_desk(CLARA), "1 A-17 Infection: I have it")

    assert ward.buttons(DESK) == ["1 A-17 Infection: I have it", "2 A-17 Infection: close"]
