"""Afterwards: what the records say was due, against what people really got."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from bot.care.model.delivery import ActKind, Delivery, DeliveryState, Lane
from bot.care.model.inbound import CheckInAnswer, Entry
from bot.care.ports.records import Work
from bot.chat.markup import plain
from tests.faults.clinic import Clinic

AGAIN = "\n\nSent again in case it did not arrive."


@dataclass(frozen=True)
class Held:
    """Everything that is remembered of one patient."""

    chat: int
    rows: tuple[Delivery, ...]
    answers: tuple[CheckInAnswer, ...]
    entries: tuple[Entry, ...]
    cases: int

    @property
    def sends(self) -> list[Delivery]:
        """Whatever was due to the patient as a message of its own, whatever became of it."""
        mine = [row for row in self.rows if row.contact.chat == self.chat]
        return [row for row in mine if row.act is None or row.act.kind is ActKind.SEND]

    @property
    def unclear(self) -> list[Delivery]:
        return [row for row in self.sends if row.state is DeliveryState.UNCERTAIN]

    @property
    def asked_about(self) -> set[int]:
        """The rows that staff were shown, with buttons that say what shall become of them."""
        notices = [row.act for row in self.rows if row.contact.chat != self.chat and row.act is not None]
        buttons = [button for act in notices for row in act.keyboard for button in row]
        return {int(button.args[0]) for button in buttons if button.deed == "unclear"}

    @property
    def replies(self) -> list[Delivery]:
        return [row for row in self.sends if row.lane is not Lane.SCHEDULED]


def held(work: Work, patient_id: int, chat: int) -> Held:
    course = work.enrolments.course(patient_id)
    return Held(
        chat,
        tuple(work.outbox.of_patient(patient_id)),
        tuple(answer for one in course for answer in work.answers.of_enrolment(one.id)),
        tuple(work.diary.of_patient(patient_id)),
        len(work.escalations.of_patient(patient_id)),
    )


def everything_is_over(work: Work, chats: dict[int, int], *, at: datetime) -> bool:
    """For the patients; what staff are told of them may still wait for its group's pace."""
    if work.inbox.waiting():
        return False
    rows = (row for patient, chat in chats.items() for row in work.outbox.of_patient(patient) if _is_for(row, chat))
    return all(row.state.final or row.due_at > at for row in rows)


def _is_for(row: Delivery, chat: int) -> bool:
    return row.contact.chat == chat


def arrivals(clinic: Clinic, chat: int) -> list[str]:
    """Oldest first as each first read, without the line that marks a second copy."""
    ours = clinic.playground.telegram.bot.id
    events = (event for event in clinic.playground.telegram.journal.since(0) if event["kind"] == "message")
    here = (event for event in events if event["chat_id"] == chat and event["message"]["from"]["id"] == ours)
    return [event["message"]["text"].removesuffix(AGAIN) for event in here]


def said(row: Delivery) -> str:
    return plain(row.act.text).strip() if row.act else ""


def copies(clinic: Clinic, one: Held) -> dict[int, int]:
    """Row -> how many times the patient got it; possible because no two rows of one patient read the same."""
    rows = {said(row): row.id for row in one.sends}
    assert len(rows) == len(one.sends), f"two rows read the same: {Counter(said(row) for row in one.sends)}"
    got = Counter(arrivals(clinic, one.chat))
    assert set(got) <= set(rows), f"nobody sent {set(got) - set(rows)}"
    return {row: got[text] for text, row in rows.items()}


def lost(clinic: Clinic, one: Held) -> list[Delivery]:
    """Rows that never came and of which nobody says that they may not have."""
    came = copies(clinic, one)
    return [row for row in one.sends if not came[row.id] and row.state is not DeliveryState.UNCERTAIN]


def in_order(clinic: Clinic, one: Held) -> bool:
    """What a plan or a calendar sends arrives as it falls due, first copies counted."""
    line = [row for row in one.sends if row.lane is Lane.SCHEDULED]
    due = [said(row) for row in sorted(line, key=lambda row: (row.due_at, row.id))]
    came = {text: place for place, text in reversed(list(enumerate(arrivals(clinic, one.chat))))}
    places = [came[text] for text in due if text in came]
    return places == sorted(places)
