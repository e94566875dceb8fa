"""Only a reply to an alert or to a patient's message leaves the desk."""

from dataclasses import replace

from bot.care.model.delivery import Act, ActKind, MessageRef
from bot.care.model.escalation import EscalationState
from bot.care.model.inbound import Heard
from bot.care.model.people import Contact
from bot.care.model.purpose import Purpose
from bot.care.model.texts import flat
from bot.care.services.posting import put
from tests.builders import a_patient
from tests.care.listening.ward import STRANGER, Ward, a_ward
from tests.care.scene import ANNA, CLARA, DESK, MARIA, RITA, at_desk

PUS = "pus is coming out and I have fever"


def an_alarmed_ward() -> Ward:
    ward = a_ward()
    ward.says(ANNA, PUS)
    return ward


def test_a_reply_to_the_alert_reaches_the_patient_signed() -> None:
    ward = an_alarmed_ward()

    ward.says(at_desk(CLARA), "Please come in at 15:00 <today>", reply_to=ward.message_of(Purpose.ALERT))

    assert "Clara, " in ward.last(ANNA)
    assert "Please come in at 15:00 &lt;today&gt;" in ward.last(ANNA)


def test_the_reply_is_marked_as_delivered() -> None:
    ward = an_alarmed_ward()

    message = ward.says(at_desk(CLARA), "Please come in", reply_to=ward.message_of(Purpose.ALERT))

    marks = [act for chat, act in ward.arrived if act.kind is ActKind.REACT and chat == DESK]
    assert [act.target.message for act in marks if act.target] == [message]


def test_a_reply_to_a_copy_whose_number_was_lost_reaches_the_patient_too() -> None:
    """An alert that came twice, since nobody knew whether the first one had arrived."""
    ward = an_alarmed_ward()
    alert = next(row for row in ward.records.memory.deliveries.values() if row.purpose is Purpose.ALERT)
    assert alert.act is not None
    for words, reaches in ((f"{flat(alert.act.text)} ", "Too early"), (flat(alert.act.text), "Please come in")):
        ward.says(at_desk(CLARA), reaches, reply_to=987_654, reply_text=words)
        ward.records.memory.deliveries[alert.id] = replace(alert, ambiguous=1)

    assert "Too early" not in "".join(ward.heard(ANNA))
    assert "Please come in" in ward.last(ANNA)


def test_a_reply_to_what_says_nothing_or_could_be_of_two_patients_is_nobody_s() -> None:
    ward = an_alarmed_ward()
    bert = ward.work.patients.add(replace(a_patient(), code="B-18", contact=Contact(77)))
    now = ward.clock.now()
    for patient_id in (ward.anna().id, bert.id):
        for words in ("", "Picture"):
            act = Act(ActKind.COPY, Contact(DESK), words, source=MessageRef(77, 7))
            row = put(ward.work, act, at=now, purpose=Purpose.RELAY, patient_id=patient_id)
            ward.records.memory.deliveries[row.id] = replace(row, ambiguous=1)

    for words in ("", "Picture"):
        ward.says(at_desk(CLARA), "Your blister is fine", reply_to=987_654, reply_text=words)

    assert "blister" not in "".join(ward.heard(ANNA))
    assert ward.last(DESK).startswith("Not sent")


def test_a_reply_takes_the_alert() -> None:
    ward = an_alarmed_ward()

    ward.says(at_desk(CLARA), "Please come in", reply_to=ward.message_of(Purpose.ALERT))

    assert ward.cases()[0].state is EscalationState.ACKNOWLEDGED
    assert ward.work.diary.of_patient(ward.anna().id)[-1].heard is Heard.REPLY


def test_a_reply_to_the_patients_photo_reaches_the_patient() -> None:
    ward = a_ward()
    photo = ward.says(ANNA, "", media="photo")

    ward.says(at_desk(CLARA), "That looks fine", reply_to=ward.message_of(Purpose.COPY))

    (answer,) = [act for chat, act in ward.arrived if chat == ANNA.chat and "That looks fine" in act.text]
    assert answer.reply_to == photo


def test_a_private_reply_of_a_clinician_works_the_same() -> None:
    ward = a_ward(desk=False)
    ward.says(ANNA, PUS)

    ward.says(CLARA, "Please come in", reply_to=ward.message_of(Purpose.ALERT, CLARA.chat))

    assert "Please come in" in ward.last(ANNA)


def test_talk_at_the_desk_is_marked_as_not_sent() -> None:
    ward = an_alarmed_ward()
    before = len(ward.heard(ANNA))

    ward.says(at_desk(CLARA), "I think she should come in")

    assert len(ward.heard(ANNA)) == before
    assert [act.emoji for chat, act in ward.arrived if act.kind is ActKind.REACT] == ["🙈"]


def test_a_reply_to_something_else_is_said_to_be_not_sent() -> None:
    ward = an_alarmed_ward()
    ward.escalating.alerts(ward.work, at_desk(CLARA))
    ward.deliver()

    ward.says(at_desk(CLARA), "thanks", reply_to=ward.message_of(Purpose.LIST))

    assert ward.last(DESK).startswith("Not sent")


def test_a_change_of_a_reply_changes_what_the_patient_reads() -> None:
    ward = an_alarmed_ward()
    message = ward.says(at_desk(CLARA), "Come at 15:00", reply_to=ward.message_of(Purpose.ALERT))
    sent = ward.message_of(Purpose.STAFF_REPLY, ANNA.chat)

    ward.says(at_desk(CLARA), "Come at 16:00", edits=message, reply_to=ward.message_of(Purpose.ALERT))

    changed = [act for chat, act in ward.arrived if chat == ANNA.chat and act.kind is ActKind.EDIT]
    assert [act.target.message for act in changed if act.target] == [sent]
    assert "Come at 16:00" in changed[0].text


def test_a_colleague_who_is_no_clinician_cannot_take_back_what_somebody_else_wrote() -> None:
    ward = an_alarmed_ward()
    words = ward.says(at_desk(CLARA), "Anna, go to A&E now", reply_to=ward.message_of(Purpose.ALERT))

    ward.takes_back(at_desk(RITA), words)

    assert not any(act.kind is ActKind.DELETE for _, act in ward.arrived)
    assert ward.last(DESK) == "Not taken back: whoever wrote this can do that, or a clinician."
    assert ward.audited()[-1] == "refused"


def test_who_wrote_it_takes_it_back_whatever_their_role() -> None:
    ward = an_alarmed_ward()
    words = ward.says(at_desk(RITA), "Come at fife", reply_to=ward.message_of(Purpose.ALERT))

    ward.takes_back(at_desk(RITA), words)

    assert any(act.kind is ActKind.DELETE for chat, act in ward.arrived if chat == ANNA.chat)


def test_a_clinician_may_take_back_what_reception_wrote_and_its_writer_hears_of_it() -> None:
    ward = an_alarmed_ward()
    words = ward.says(at_desk(RITA), "Nothing to worry about", reply_to=ward.message_of(Purpose.ALERT))

    ward.takes_back(at_desk(CLARA), words)

    assert any(act.kind is ActKind.DELETE for chat, act in ward.arrived if chat == ANNA.chat)
    assert ward.last(RITA).startswith("⚠️ Clara took back what you wrote to A-17")


def test_a_picture_by_staff_cannot_be_changed() -> None:
    ward = an_alarmed_ward()
    message = ward.says(at_desk(CLARA), "Look", reply_to=ward.message_of(Purpose.ALERT), media="photo")

    ward.says(at_desk(CLARA), "Look here", edits=message, reply_to=ward.message_of(Purpose.ALERT), media="photo")

    assert ward.last(DESK).startswith("Not changed")


def test_somebody_who_is_no_member_cannot_answer_a_patient() -> None:
    ward = an_alarmed_ward()
    before = len(ward.heard(ANNA))

    ward.says(at_desk(STRANGER), "Take two aspirin", reply_to=ward.message_of(Purpose.ALERT))

    assert len(ward.heard(ANNA)) == before


def test_another_group_is_none_of_ours() -> None:
    ward = an_alarmed_ward()
    arrived = len(ward.arrived)
    elsewhere = at_desk(CLARA).__class__(CLARA.account, -999, "Clara", private=False)

    ward.says(elsewhere, "hello", reply_to=ward.message_of(Purpose.ALERT))

    assert len(ward.arrived) == arrived


def test_a_lost_desk_alarms_the_admins() -> None:
    ward = a_ward()

    ward.desk.group_changed(ward.work, chat=DESK, there=False)

    assert "no longer in the staff chat" in ward.last(MARIA)


def test_a_clinician_who_is_a_patient_too_is_heard_as_one() -> None:
    ward = a_ward()
    nurse = ward.anna()
    ward.work.patients.save(replace(nurse, contact=Contact(CLARA.chat)))

    ward.says(CLARA, PUS)

    assert ward.work.escalations.of_patient(nurse.id)


def test_her_reply_to_an_alert_is_work_all_the_same() -> None:
    ward = an_alarmed_ward()
    ward.later(minutes=10)
    other = ward.work.patients.add(a_patient(code="A-18", contact=Contact(CLARA.chat)))

    ward.says(CLARA, "call an ambulance if you cannot breathe", reply_to=ward.message_of(Purpose.CLIMB, CLARA.chat))

    assert not ward.work.escalations.of_patient(other.id)
    assert "call an ambulance" in ward.last(ANNA)
