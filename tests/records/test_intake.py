"""What came in is kept until it is done, and what was said is kept as it was said."""

from dataclasses import replace

import pytest

from bot.care.model.escalation import Closing, Escalation
from bot.care.model.inbound import AuditEvent, CheckInAnswer, Entry, Flow, Heard
from bot.care.model.triage import Level
from bot.care.ports.records import NotRemembered, Records, Work
from tests.records.builders import NOW, a_patient, an_enrolment, an_update, later


def a_patient_in_care(work: Work) -> tuple[int, int]:
    patient = work.patients.add(a_patient())
    return patient.id, work.enrolments.add(an_enrolment(patient.id)).id


async def test_an_update_is_stored_once_and_waits_in_order(records: Records) -> None:
    first, second = an_update(11), an_update(12, order="7:8", raw='{"a": "\ud83d half an emoji"}')

    stored = await records.write(lambda work: [work.inbox.store(one) for one in (second, first, second)])

    assert stored == [True, True, False]
    assert await records.read(lambda work: work.inbox.waiting()) == [first, second]


async def test_an_update_is_done_once(records: Records) -> None:
    await records.write(lambda work: work.inbox.store(an_update(11)))

    done = [await records.write(lambda work: work.inbox.done(11, at=NOW)) for _ in range(2)]

    assert done == [True, False]
    assert await records.read(lambda work: work.inbox.waiting()) == []
    assert not await records.write(lambda work: work.inbox.store(an_update(11)))
    assert not await records.write(lambda work: work.inbox.done(99, at=NOW))


async def test_an_update_that_keeps_failing_is_quarantined_and_can_still_be_done(records: Records) -> None:
    await records.write(lambda work: work.inbox.store(an_update(11)))

    ends = [await records.write(lambda work: work.inbox.failed(11, most=2)) for _ in range(3)]

    assert ends == [False, True, True]
    assert await records.read(lambda work: (work.inbox.waiting(), work.inbox.quarantined())) == ([], [11])
    assert await records.write(lambda work: work.inbox.done(11, at=NOW, erase=True))
    assert await records.read(lambda work: work.inbox.quarantined()) == []


async def test_a_try_that_failed_is_counted(records: Records) -> None:
    await records.write(lambda work: (work.inbox.store(an_update(11)), work.inbox.failed(11, most=5)))

    waiting = await records.read(lambda work: work.inbox.waiting())

    assert waiting == [an_update(11, tries=1)]


async def test_an_update_that_is_done_can_no_longer_fail(records: Records) -> None:
    await records.write(lambda work: (work.inbox.store(an_update(11)), work.inbox.done(11, at=NOW)))

    assert not await records.write(lambda work: work.inbox.failed(11, most=1))


async def test_an_escalation_comes_back_through_its_whole_life(records: Records) -> None:
    patient, enrolment = await records.write(a_patient_in_care)
    raised = Escalation(
        patient,
        NOW,
        Level.URGENT,
        "RF-U2",
        "pus since noon",
        told="call us",
        enrolment_id=enrolment,
        confirmed=False,
        promised_at=NOW,
        private_since=NOW,
        told_with=7,
    )

    added = await records.write(lambda work: work.escalations.add(raised))
    seen = added.acknowledge(77, at=later(minutes=3)).call(at=later(minutes=9))
    closed = replace(seen.close(77, Closing.SEEN, at=later(hours=1)), note="came at noon")
    await records.write(lambda work: work.escalations.save(closed))

    assert added == replace(raised, id=added.id)
    assert await records.read(lambda work: work.escalations.get(added.id)) == closed
    assert await records.read(lambda work: work.escalations.of_patient(patient)) == [closed]
    assert await records.read(lambda work: work.escalations.open()) == []


async def test_what_somebody_has_rings_with_no_other_alert(records: Records) -> None:
    patient, _ = await records.write(a_patient_in_care)
    raised = Escalation(patient, NOW, Level.URGENT, "RF-U1", "pus")
    first, second = await records.write(lambda work: [work.escalations.add(raised) for _ in range(2)])

    assert await records.write(lambda work: work.escalations.join(first.id, second.id))
    joined = await records.read(lambda work: work.escalations.get(first.id))
    assert joined == replace(first, told_with=second.id)
    await records.write(lambda work: work.escalations.save(joined.acknowledge(7, at=NOW)))

    assert not await records.write(lambda work: work.escalations.join(first.id, first.id))
    assert (await records.read(lambda work: work.escalations.get(first.id))).told_with == second.id


async def test_open_escalations_are_worst_first_then_oldest(records: Records) -> None:
    levels = (None, Level.SAME_DAY, Level.EMERGENCY, Level.URGENT, Level.EMERGENCY)
    raised = [Escalation(None, later(minutes=-n), level, "help", "") for n, level in enumerate(levels)]

    await records.write(lambda work: [work.escalations.add(one) for one in raised])

    held = await records.read(lambda work: work.escalations.open())
    assert [(one.level, one.opened_at) for one in held] == [
        (Level.EMERGENCY, later(minutes=-4)),
        (Level.EMERGENCY, later(minutes=-2)),
        (Level.URGENT, later(minutes=-3)),
        (Level.SAME_DAY, later(minutes=-1)),
        (None, NOW),
    ]


async def test_an_escalation_nobody_opened_is_not_remembered(records: Records) -> None:
    with pytest.raises(NotRemembered):
        await records.read(lambda work: work.escalations.get(5))
    with pytest.raises(NotRemembered):
        await records.write(lambda work: work.escalations.save(Escalation(None, NOW, None, "help", "", id=5)))


async def test_the_diary_gives_the_newest_lines_in_the_order_they_were_written(records: Records) -> None:
    patient, _ = await records.write(a_patient_in_care)
    lines = [Entry(patient, later(minutes=n), Heard.UNMATCHED, f"line {n}", 501, n, topic="sun") for n in range(3)]

    added = await records.write(lambda work: [work.diary.add(line) for line in lines])

    assert await records.read(lambda work: work.diary.of_patient(patient)) == added
    assert await records.read(lambda work: work.diary.of_patient(patient, limit=2)) == added[1:]
    assert await records.read(lambda work: work.diary.by_message(501, 1)) == added[1]
    assert await records.read(lambda work: work.diary.by_message(502, 1)) is None


async def test_of_an_edited_message_the_newest_line_counts(records: Records) -> None:
    patient, _ = await records.write(a_patient_in_care)
    lines = [Entry(patient, NOW, Heard.UNMATCHED, words, 501, 9) for words in ("ok", "not ok")]

    added = await records.write(lambda work: [work.diary.add(line) for line in lines])

    assert await records.read(lambda work: work.diary.by_message(501, 9)) == added[1]
    assert await records.read(lambda work: work.diary.before(added[1])) == added[0]
    assert await records.read(lambda work: work.diary.before(added[0])) is None


async def test_an_ask_is_answered_once(records: Records) -> None:
    patient, enrolment = await records.write(a_patient_in_care)
    first = CheckInAnswer(patient, enrolment, "PS-01", "pain", "7", NOW, 1)

    added = await records.write(lambda work: [work.answers.add(first), work.answers.add(replace(first, value="2"))])

    assert added == [True, False]
    held = await records.read(lambda work: work.answers.of_enrolment(enrolment))
    assert held == [replace(first, id=held[0].id)]


async def test_what_somebody_else_answered_is_kept_and_stands_in_the_way_of_nobody(records: Records) -> None:
    patient, enrolment = await records.write(a_patient_in_care)
    first = CheckInAnswer(patient, enrolment, "PS-01", "pain", "7", NOW, 1)
    own = replace(first, value="2")

    async def held() -> list[str]:
        return await records.read(lambda work: [one.value for one in work.answers.of_enrolment(enrolment)])

    await records.write(lambda work: work.answers.add(first))
    await records.write(lambda work: work.answers.set_aside(patient, 501))
    assert await held() == []
    assert await records.write(lambda work: work.answers.add(own))
    assert await held() == ["2"]

    await records.write(lambda work: work.answers.set_aside(patient, 502))
    await records.write(lambda work: work.answers.give_back(patient, 501))
    assert await held() == ["7"]


async def test_what_was_asked_last_takes_the_place_of_what_was_asked_before(records: Records) -> None:
    flow = Flow(501, 501, "date", {"step": "PS-01", "name": "Ann\u00e9"}, later(hours=1))
    for asked in (replace(flow, kind="pain"), flow):
        await records.write(lambda work, asked=asked: work.flows.put(asked))  # type: ignore[misc]

    assert await records.read(lambda work: work.flows.current(501, 501, at=NOW)) == flow
    assert await records.read(lambda work: work.flows.current(501, 77, at=NOW)) is None
    assert await records.read(lambda work: work.flows.current(501, 501, at=later(hours=1))) is None


async def test_a_flow_that_is_cleared_is_gone(records: Records) -> None:
    flow = Flow(501, 501, "date", {}, later(hours=1))
    await records.write(lambda work: work.flows.put(flow))

    await records.write(lambda work: work.flows.clear(501, 501))

    assert await records.read(lambda work: work.flows.current(501, 501, at=NOW)) is None


async def test_the_audit_keeps_order_and_its_chain_holds(records: Records) -> None:
    events = [AuditEvent(later(minutes=n), "member:77", "enrolled", f"patient:A-{n}", "form") for n in range(4)]
    assert await records.read(lambda work: work.audit.verify()) is None

    for event in events:
        await records.write(lambda work, event=event: work.audit.add(event))  # type: ignore[misc]

    assert await records.read(lambda work: work.audit.tail(3)) == events[1:]
    assert await records.read(lambda work: work.audit.verify()) is None
