"""What staff read in the morning, who reads it, and what their taps do."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.care.model.delivery import Delivery, DeliveryState, Lane
from bot.care.model.enrolment import Enrolment
from bot.care.model.escalation import Escalation
from bot.care.model.inbound import RawUpdate, Sender
from bot.care.model.people import Contact, Patient
from bot.care.model.purpose import Purpose
from bot.care.model.raising import SELF_HARM
from bot.care.model.texts import units
from bot.care.model.triage import Level
from bot.care.services.posting import post
from tests.care.scene import ANNA, BERT, CLARA, DESK, FRIDAY_NOON, MARIA, RITA, Scene, a_scene, at_desk

OPENING = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
"""The next morning, a Saturday."""
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def morning(scene: Scene, at: datetime = OPENING) -> None:
    """As the round does."""
    scene.deliver()
    scene.clock.at = at
    digesting = scene.office.digesting
    if digesting.is_due(scene.work, at=at):
        digesting.tell(scene.work, digesting.write(scene.work, at=at), at=at)
    scene.deliver()


def digests(scene: Scene) -> list[str]:
    """Without the pictures of the weeks."""
    return [act.text for chat, act in scene.arrived if chat == DESK and act.chart is None]


def ask(scene: Scene, who: Sender = RITA, words: str = "") -> str:
    scene.office.digesting.command(scene.work, who, words)
    return scene.last(who)


def without_desk(scene: Scene) -> None:
    scene.records.memory.desks.clear()
    for member in scene.work.team.members():
        scene.work.team.save(replace(member, tested_at=FRIDAY_NOON))


def of(scene: Scene, patient: Patient) -> Enrolment:
    return scene.work.enrolments.course(patient.id)[-1]


def lost(scene: Scene, patient: Patient, state: DeliveryState, step: str = "") -> Delivery:
    """A message to the patient that ended badly; of a step, if one is named."""
    contact, now = patient.contact or Contact(0), scene.clock.now()
    if step:
        enrolment = of(scene, patient)
        row = Delivery(
            Lane.SCHEDULED, contact, now, patient_id=patient.id, enrolment_id=enrolment.id, step=step, occurrence="x"
        )
        scene.work.outbox.plan(row)
        planned = next(one for one in scene.work.outbox.of_enrolment(enrolment.id) if one.occurrence == "x")
    else:
        planned = post(scene.work, contact, "Hello", at=now, purpose=Purpose.ANSWER, patient_id=patient.id)
    scene.work.outbox.settle(planned.id, state, at=now)
    return scene.work.outbox.get(planned.id)


def joined(scene: Scene, line: str = "Anna picosure phone=+442079460111", who: Sender = ANNA) -> Patient:
    patient = scene.enrol(line)
    scene.join(who)
    return scene.work.patients.get(patient.id)


def test_a_quiet_day_is_one_friendly_line() -> None:
    scene = a_scene()

    morning(scene)

    assert scene.last(DESK).startswith("Good morning. Saturday 21 November is a quiet day")
    assert "\n" not in scene.last(DESK)


def test_it_comes_once_a_day_and_only_on_open_days() -> None:
    scene = a_scene()

    for at in (OPENING, OPENING + timedelta(hours=1), OPENING + timedelta(days=1), MONDAY):
        morning(scene, at)

    assert [text.count("quiet day") for text in scene.heard(DESK)] == [1, 1]


def test_every_section_says_who_and_what_to_do() -> None:
    scene = a_scene()
    anna = joined(scene)
    enrolled = scene.enrol("Bert pico")
    scene.work.enrolments.save(replace(of(scene, anna), next_on=OPENING.date() + timedelta(days=2), next_at=time(14)))
    scene.work.escalations.add(Escalation(anna.id, OPENING - timedelta(hours=3), Level.URGENT, "RF-U1", "hot"))
    scene.work.escalations.add(Escalation(anna.id, OPENING - timedelta(minutes=4), Level.EMERGENCY, "RF-E1", "throat"))
    lost(scene, anna, DeliveryState.FAILED, "PS-02")
    update = RawUpdate(7, f"{ANNA.chat}:{ANNA.account}:None", "{}", OPENING - timedelta(hours=2))
    scene.work.inbox.store(update)
    scene.work.inbox.failed(7, most=1)

    morning(scene)

    said = scene.last(DESK)
    assert "<b>Alerts open: 2</b>\n🔴 EMERGENCY A-1 Anna" in said
    assert "4 min · nobody has it" in said
    assert "3 h · nobody has it" in said
    assert "1. A-1 Anna, message of day 2 (PS-02): <b>could not be sent</b>. +442079460111" in said
    assert "A-1 Anna: please ask what it was. +442079460111" in said
    assert "<b>Hear from me today: 1</b> (1 with a check-in)\nday 1: A-1 Anna, PicoSure, check-in" in said
    assert "Monday 23 November, 14:00: A-1 Anna, PicoSure" in said
    assert f"{enrolled.code} Bert, Pico laser: waiting for consent. No phone number." in said
    assert "Silent" not in said
    assert "Cannot be reached" not in said


def test_the_silent_and_the_unreachable_are_a_call_list_with_phone_and_reason() -> None:
    scene = a_scene()
    anna = joined(scene, "Anna picosure 2026-11-14 phone=+442079460111")
    bert = joined(scene, "Bert picosure phone=+442079460122", BERT)
    scene.work.patients.save(replace(bert, unreachable_since=FRIDAY_NOON))
    for days, step in ((5, "PS-01"), (3, "PS-03")):
        asked_at = FRIDAY_NOON - timedelta(days=days)
        number = scene.records.memory.next_id("deliveries")
        row = Delivery(Lane.SCHEDULED, Contact(ANNA.chat), asked_at, number, state=DeliveryState.SENT, step=step)
        row = replace(row, patient_id=anna.id, enrolment_id=of(scene, anna).id, sent_at=asked_at, occurrence=step)
        scene.records.memory.deliveries[number] = row
    scene.records.memory.entries.clear()

    morning(scene)

    said = digests(scene)[-1]
    assert "A-1 Anna, day 7, PicoSure, last asked 17 November: +442079460111" in said
    assert "A-2 Bert, day 1: chat blocked or gone since 20 November. +442079460122" in said


def test_at_the_desk_self_harm_is_counted_and_not_named() -> None:
    scene = a_scene()
    anna = joined(scene)
    scene.work.escalations.add(Escalation(anna.id, OPENING, Level.EMERGENCY, SELF_HARM, "I cannot go on"))

    morning(scene)
    at_the_desk = scene.last(DESK)
    ask(scene, CLARA)
    ask(scene, RITA)

    alerts = [text.split("\n\n")[1] for text in (at_the_desk, scene.last(RITA))]
    assert alerts == ["<b>Alerts open: 1</b>\n🔴 EMERGENCY one that only clinicians are told"] * 2
    assert "🔴 EMERGENCY A-1 Anna" in scene.last(CLARA)


def test_without_a_desk_admins_and_clinicians_get_it_privately() -> None:
    scene = a_scene()
    without_desk(scene)

    morning(scene)

    assert "quiet day" in scene.last(MARIA)
    assert "quiet day" in scene.last(CLARA)
    assert scene.heard(RITA) == []


def test_a_desk_that_cannot_be_written_to_does_not_swallow_it() -> None:
    scene = a_scene()
    morning(scene)
    row = next(row for row in scene.records.memory.deliveries.values() if row.purpose is Purpose.DIGEST)

    scene.office.digesting.lost(scene.work, replace(row, state=DeliveryState.FAILED), at=OPENING)

    assert "quiet day" in scene.last(MARIA)
    assert "quiet day" in scene.last(CLARA)


def test_a_long_morning_is_one_message_that_names_the_lists() -> None:
    scene = a_scene()
    for number in range(60):
        scene.enrol(f"{'Wilhelmina' * 3}{number} picosure phone=+4420794{number:05}")

    morning(scene)

    said = scene.last(DESK)
    assert units(said) <= 4096
    assert "<b>Have not agreed yet: 60</b>" in said
    assert "and 48 more: /patients waiting" in said


def test_the_commands_it_names_show_those_lists() -> None:
    scene = a_scene()
    joined(scene)
    scene.enrol("Bert pico")

    scene.office.seeing.patients(scene.work, RITA, "waiting")
    assert "<b>Have not agreed yet: 1</b>" in scene.last(RITA)
    assert "A-2 Bert" in scene.last(RITA)
    assert "Anna" not in scene.last(RITA)
    lost(scene, scene.work.patients.get(1), DeliveryState.EXPIRED)
    scene.office.seeing.patients(scene.work, RITA, "undelivered")
    assert "A-1 Anna" in scene.last(RITA)
    scene.office.seeing.patients(scene.work, RITA, "Silent")
    assert scene.last(RITA) == "Nobody is silent."
    scene.office.seeing.patients(scene.work, RITA, "everybody")
    assert "/patients unreachable" in scene.last(RITA)


def test_a_list_goes_on_with_the_number_of_its_page() -> None:
    scene = a_scene()
    for number in range(12):
        scene.enrol(f"Anna{number} picosure")

    scene.office.seeing.patients(scene.work, RITA, "waiting")
    assert scene.last(RITA).endswith("More: /patients waiting 2")
    scene.office.seeing.patients(scene.work, RITA, "waiting 2")

    assert "page 2 of 2" in scene.last(RITA)
    assert "A-12 Anna11" in scene.last(RITA)
    assert "More" not in scene.last(RITA)


def test_what_did_not_arrive_is_told_once_and_what_is_unclear_until_it_is_decided() -> None:
    scene = a_scene()
    anna = joined(scene)
    lost(scene, anna, DeliveryState.EXPIRED)
    lost(scene, anna, DeliveryState.UNCERTAIN)

    morning(scene)
    assert "<b>Did not arrive: 2</b>" in scene.last(DESK)
    morning(scene, MONDAY)

    assert "<b>Did not arrive: 1</b>" in digests(scene)[-1]


def test_a_decision_is_written_below_and_leaves_the_other_buttons() -> None:
    scene = a_scene()
    anna = joined(scene)
    unclear, refused = lost(scene, anna, DeliveryState.UNCERTAIN), lost(scene, anna, DeliveryState.FAILED)
    morning(scene)
    assert scene.buttons(DESK) == ["1 arrived", "1 send again", "1 let it be", "2 send again", "2 let it be"]

    scene.tap(at_desk(RITA), "1 arrived")

    assert scene.work.outbox.get(unclear.id).state is DeliveryState.SENT
    assert scene.last(DESK).endswith("1. Rita: it arrived.")
    assert scene.last(DESK).startswith("<b>Good morning.")
    assert scene.buttons(DESK) == ["2 send again", "2 let it be"]
    scene.tap(at_desk(CLARA), "2 send again")
    assert scene.last(ANNA) == "Hello"
    assert scene.work.outbox.get(refused.id).state is DeliveryState.SENT
    assert scene.last(DESK).endswith("1. Rita: it arrived.\n\n2. Clara: sent again.")
    assert {"unclear-arrived", "unclear-send-again"} <= set(scene.audited())


def test_two_quick_taps_under_one_digest_are_both_written_below() -> None:
    scene = a_scene()
    anna = joined(scene)
    lost(scene, anna, DeliveryState.UNCERTAIN)
    lost(scene, anna, DeliveryState.FAILED)
    morning(scene)
    under = [tap for tap in scene.records.memory.taps.values() if tap.label in ("1 arrived", "2 let it be")]
    digest = next(row for row in scene.records.memory.deliveries.values() if row.purpose is Purpose.DIGEST)

    for tap in under:
        scene.office.digesting.decide(scene.work, at_desk(RITA), replace(tap, message_id=digest.message_id))

    assert scene.last(DESK).endswith("1. Rita: it arrived.\n\n2. Rita: left as it is.")
    assert scene.buttons(DESK) == []


def test_a_message_of_the_plan_that_goes_again_is_useful_until_the_patients_day_ends() -> None:
    scene = a_scene()
    anna = joined(scene)
    row, member = lost(scene, anna, DeliveryState.FAILED, "PS-01"), scene.work.team.member(CLARA.account)
    assert member is not None

    scene.office.unclear.decided(scene.work, member, row.id, "send-again", at=FRIDAY_NOON)

    again = scene.work.outbox.get(row.id)
    assert (again.state, again.due_at) == (DeliveryState.SCHEDULED, FRIDAY_NOON)
    assert again.useful_until == datetime(2026, 11, 21, 0, 0, tzinfo=UTC)
    assert not again.unasked


def test_what_was_for_another_day_is_not_sent_again() -> None:
    scene = a_scene()
    anna = joined(scene)
    late = lost(scene, anna, DeliveryState.EXPIRED, "PS-03")

    morning(scene)

    assert scene.buttons(DESK) == ["1 let it be"]
    scene.tap(at_desk(RITA), "1 let it be")
    assert scene.work.outbox.get(late.id).state is DeliveryState.EXPIRED
    assert "left as it is" in scene.last(DESK)


def test_the_plan_does_not_go_on_for_somebody_who_stopped() -> None:
    scene = a_scene()
    anna = joined(scene)
    scene.work.patients.save(anna.stop(at=FRIDAY_NOON))
    lost(scene, anna, DeliveryState.FAILED, "PS-00")

    morning(scene)

    assert scene.buttons(DESK) == ["1 let it be"]


def test_two_who_decide_the_same_at_once_do_it_once() -> None:
    scene = a_scene()
    without_desk(scene)
    anna = joined(scene)
    unclear = lost(scene, anna, DeliveryState.UNCERTAIN)
    morning(scene)

    scene.tap(MARIA, "1 let it be")
    scene.tap(CLARA, "1 send again")

    assert scene.work.outbox.get(unclear.id).state is DeliveryState.CANCELLED
    assert scene.last(CLARA).endswith("1. That was decided before.")


def test_anybody_of_the_team_may_ask_at_any_hour_and_it_is_on_record() -> None:
    scene = a_scene()

    assert ask(scene).startswith("Friday 20 November: all quiet")
    assert scene.audited() == ["digest"]


def test_only_an_admin_sets_the_hour() -> None:
    scene = a_scene()

    assert "This is for: admin." in ask(scene, RITA, "08:15")
    assert "at 08:15 from now on" in ask(scene, MARIA, "08:15")
    morning(scene, datetime(2026, 11, 21, 8, 15, tzinfo=UTC))
    assert "quiet day" in scene.last(DESK)
    assert "when the clinic opens" in ask(scene, MARIA, "opening")
    assert scene.work.digests.wish().hour is None


def test_it_can_be_turned_off_and_on() -> None:
    scene = a_scene()

    assert "No digest" in ask(scene, MARIA, "off")
    morning(scene)
    assert scene.heard(DESK) == []
    assert "every open day at the opening hour" in ask(scene, MARIA, "ON")
    morning(scene, MONDAY)
    assert "quiet day" in scene.heard(DESK)[0]


@pytest.mark.parametrize("words", ["25:00", "later", "8", "08:15 please"])
def test_what_is_no_hour_is_answered_with_how_it_is_used(words: str) -> None:
    scene = a_scene()

    assert "/digest 08:15" in ask(scene, MARIA, words)
    assert scene.work.digests.wish().hour is None


def test_the_first_digest_of_a_week_brings_the_picture_with_the_same_words() -> None:
    scene = a_scene()
    anna = joined(scene)
    opened = scene.work.escalations.add(Escalation(anna.id, FRIDAY_NOON, Level.URGENT, "RF-U1", "hot"))
    scene.work.escalations.save(opened.acknowledge(2, at=FRIDAY_NOON + timedelta(minutes=31)))
    morning(scene)

    morning(scene, MONDAY)
    morning(scene, MONDAY + timedelta(days=1))

    pictures = [act for chat, act in scene.arrived if act.chart is not None]
    assert len(pictures) == 1
    said, chart = pictures[0].text, pictures[0].chart
    assert "Week of 16 November: 1 enrolled, 1 agreed" in said
    assert "1 urgent, half of them waited 31 min at most, the longest 31 min." in said
    assert units(said) <= 1024
    assert chart is not None
    assert chart.columns == ("26 October", "2 November", "9 November", "16 November")
    assert [bar.said for bar in chart.panels[2].series[1].bars] == ["0", "0", "0", "1"]


def test_a_red_flag_that_nobody_has_yet_is_not_called_taken() -> None:
    scene = a_scene()
    anna = joined(scene)
    scene.work.escalations.add(Escalation(anna.id, FRIDAY_NOON, Level.URGENT, "RF-U1", "hot"))
    morning(scene)

    morning(scene, MONDAY)

    picture = next(act for _, act in scene.arrived if act.chart is not None)
    assert picture.text.endswith("the longest 2 days, 1 still waits.")
    assert picture.chart is not None
    assert picture.chart.panels[3].series[1].bars[3].said.endswith("+")


def test_a_clinic_without_a_past_gets_no_picture() -> None:
    scene = a_scene()

    morning(scene, MONDAY)

    assert all(act.chart is None for _, act in scene.arrived)


def test_nothing_is_even_looked_up_for_a_patient() -> None:
    scene = a_scene()
    joined(scene)

    assert scene.office.digesting.look(scene.work, ANNA, "") is None
    assert scene.office.seeing.look(scene.work, ANNA, "silent") is None
