"""Afterwards: what the records say was due, against what people really got."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from bot.care.model.delivery import Delivery, DeliveryState, Lane
from bot.care.model.inbound import CheckInAnswer, Entry
from bot.care.ports import Work
from bot.chat.markup import plain
from tests.faults.clinic import Clinic

AGAIN = "\n\nSent again in case it did not arrive."
SPOKEN = frozenset({DeliveryState.SENT, DeliveryState.UNCERTAIN})


@dataclass(frozen=True)
class Arrival:
    """A message of ours as it first read: `seq` orders everything that happened, and a later edit changes nothing."""

    seq: int
    text: str


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
        """To the patient, as messages of their own; not those that nothing came of."""
        mine = [row for row in self.rows if row.contact.chat == self.chat and row.act is not None]
        return [row for row in mine if row.act and row.act.target is None and row.after is None and row.state in SPOKEN]

    @property
    def unclear(self) -> list[Delivery]:
        return [row for row in self.sends if row.state is DeliveryState.UNCERTAIN]

    @property
    def told(self) -> int:
        """How often staff were told of this patient."""
        return sum(row.purpose == "notice" and row.contact.chat != self.chat for row in self.rows)

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


def arrivals(clinic: Clinic, chat: int) -> list[Arrival]:
    """Oldest first, without the line that marks a second copy."""
    ours = clinic.playground.telegram.bot.id
    events = (event for event in clinic.playground.telegram.journal.since(0) if event["kind"] == "message")
    here = (event for event in events if event["chat_id"] == chat and event["message"]["from"]["id"] == ours)
    return [Arrival(event["seq"], event["message"]["text"].removesuffix(AGAIN)) for event in here]


def said(row: Delivery) -> str:
    return plain(row.act.text).strip() if row.act else ""


def missing(clinic: Clinic, one: Held) -> list[Delivery]:
    """Rows whose message never came, though their state does not say that it may not have."""
    left = Counter(arrival.text for arrival in arrivals(clinic, one.chat))
    lost = []
    for row in sorted(one.sends, key=lambda each: each.state is DeliveryState.UNCERTAIN):
        left[said(row)] -= 1
        if left[said(row)] < 0 and row.state is not DeliveryState.UNCERTAIN:
            lost.append(row)
    return lost


def copies(clinic: Clinic, one: Held) -> float:
    """The most copies of one text, for each row that says it."""
    wanted, got = _counts(clinic, one)
    assert set(got) <= set(wanted), f"nobody sent {set(got) - set(wanted)}"
    return max((got[text] / wanted[text] for text in got), default=0.0)


def repeats(clinic: Clinic, one: Held) -> list[Arrival]:
    """The first copy of everything that came twice: the process that sent it did not live to note it down."""
    wanted, got = _counts(clinic, one)
    firsts = {arrival.text: arrival for arrival in reversed(arrivals(clinic, one.chat))}
    return [firsts[text] for text in got if got[text] > wanted[text]]


def in_order(clinic: Clinic, one: Held) -> bool:
    """What a plan or a calendar sends arrives as it falls due, first copies counted."""
    line = [row for row in one.sends if row.lane is Lane.SCHEDULED]
    due = [said(row) for row in sorted(line, key=lambda row: (row.due_at, row.id))]
    came = list(dict.fromkeys(arrival.text for arrival in arrivals(clinic, one.chat)))
    places = [came.index(text) for text in due if text in came]
    return places == sorted(places)


def _counts(clinic: Clinic, one: Held) -> tuple[Counter[str], Counter[str]]:
    """Text -> how many rows say it, and how many messages."""
    wanted = Counter(said(row) for row in one.sends)
    return wanted, Counter(arrival.text for arrival in arrivals(clinic, one.chat))
