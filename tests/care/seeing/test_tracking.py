"""How pain and redness went, as a picture below a patient's card, and what was read and answered on it."""

from datetime import timedelta

from bot.care.model.chart import Bar
from bot.care.model.delivery import Act, ActKind, DeliveryState, Outcome, Result
from bot.care.model.inbound import CheckInAnswer
from bot.care.model.people import Patient
from tests.care.scene import CLARA, FRIDAY_NOON, Scene, a_scene

LABEL = "Pain and redness"


def in_care() -> tuple[Scene, Patient]:
    scene = a_scene()
    scene.enrol("Anna picosure next=+6w")
    scene.join()
    return scene, scene.people()[0]


def answers(scene: Scene, anna: Patient, step: str, ask: str, value: str, *, day: int) -> None:
    enrolment = scene.work.enrolments.course(anna.id)[-1]
    at = FRIDAY_NOON + timedelta(days=day)
    scene.work.answers.add(CheckInAnswer(anna.id, enrolment.id, step, ask, value, at, day))


def test_what_was_answered_by_number_is_drawn_day_by_day_on_its_own_scale() -> None:
    scene, anna = in_care()
    for day, step, pain, redness in ((1, "PS-01", "6", "3"), (3, "PS-03", "2", "1")):
        answers(scene, anna, step, "pain", pain, day=day)
        answers(scene, anna, step, "redness", redness, day=day)
    answers(scene, anna, "PS-02", "pain", "4", day=2)

    scene.office.seeing.patient(scene.work, CLARA, "A-1")
    scene.tap(CLARA, LABEL)

    act = next(act for _, act in reversed(scene.arrived) if act.chart is not None)
    assert act.chart is not None
    assert act.chart.columns == ("day 1", "day 2", "day 3")
    assert [(panel.title, panel.full) for panel in act.chart.panels] == [("Pain", 10), ("Redness", 4)]
    assert act.chart.panels[1].series[0].bars == (Bar(3, "3"), Bar(0, "-"), Bar(1, "1"))
    assert "Pain: day 1 6, day 2 4, day 3 2" in act.text
    assert "Anna" not in f"{act.chart}"
    assert scene.audited()[-2:] == ["patient", "track"]


def test_without_a_number_there_is_no_button() -> None:
    scene, anna = in_care()
    answers(scene, anna, "PS-02", "compared", "better-calm", day=2)

    scene.office.seeing.patient(scene.work, CLARA, "A-1")

    assert LABEL not in scene.buttons(CLARA)


def test_the_newest_days_are_shown_when_there_are_many() -> None:
    scene, anna = in_care()
    for day in range(1, 12):
        answers(scene, anna, f"PS-01-again@{day}", "pain", "1", day=day)

    scene.office.seeing.patient(scene.work, CLARA, "A-1")
    scene.tap(CLARA, LABEL)

    chart = next(act.chart for _, act in reversed(scene.arrived) if act.chart is not None)
    assert chart is not None
    assert chart.columns[0] == "day 4"
    assert len(chart.columns) == 8


def test_the_card_says_which_message_was_answered() -> None:
    scene, anna = in_care()
    row = next(one for one in scene.work.outbox.of_patient(anna.id) if one.step == "PS-01")
    scene.clock.at = row.due_at
    attempt = scene.work.outbox.begin(
        row, Act(ActKind.SEND, row.contact, "hello"), attempt_id="one", lease=timedelta(minutes=1), alert=False
    )
    assert attempt is not None
    result = Result(Outcome.SENT, message_id=99)
    scene.work.outbox.finish(row.id, "one", DeliveryState.SENT, at=scene.clock.now(), result=result)

    scene.office.seeing.patient(scene.work, CLARA, "A-1")
    unanswered = scene.last(CLARA)
    scene.work.answers.add(
        CheckInAnswer(anna.id, row.enrolment_id or 0, "PS-01", "pain", "2", row.due_at + timedelta(minutes=5), 1)
    )
    scene.office.seeing.patient(scene.work, CLARA, "A-1")

    assert "message of day 1 (PS-01): sent, not answered" in unanswered
    assert "message of day 1 (PS-01): sent, answered" in scene.last(CLARA)
