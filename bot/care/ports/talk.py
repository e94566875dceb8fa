"""What was said and asked, and what a person has to see to."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.care.model.escalation import Escalation
from bot.care.model.inbound import CheckInAnswer, Entry, Flow, Heard
from bot.care.model.thread import Thread
from bot.care.model.unanswered import Filing, FilingState, Unanswered


class Threads(Protocol):
    """Patients' own topics in the desk's forum; `chat` is always the desk's."""

    def save(self, thread: Thread, *, was: Thread | None) -> bool:
        """In the place of `was`; False when there is something else by now: another process was quicker."""
        ...

    def of(self, patient_id: int) -> Thread | None: ...

    def opened_by(self, delivery_id: int) -> Thread | None: ...

    def missing(self, chat: int, *, limit: int) -> Sequence[int]:
        """Patients in care who have agreed and have no open one there, oldest first."""
        ...

    def behind(self, chat: int, *, limit: int) -> Sequence[int]:
        """Patients with lines in the diary that were not shown."""
        ...

    def unsummed(self, chat: int, *, before: datetime, limit: int) -> Sequence[int]:
        """Patients to whom something was sent by plan since a summary that was made `before`, or never."""
        ...

    def ended(self, chat: int, *, before: datetime, limit: int) -> Sequence[int]:
        """Patients no longer in care, of whom nothing was heard since `before`, and whose topic is still open."""
        ...


class Escalations(Protocol):
    def add(self, escalation: Escalation) -> Escalation: ...

    def save(self, escalation: Escalation) -> None: ...

    def join(self, escalation_id: int, head: int) -> bool:
        """It rings with this alert from now on; False where somebody has it by now, and nothing else of it changes."""
        ...

    def get(self, escalation_id: int) -> Escalation: ...

    def open(self) -> Sequence[Escalation]:
        """Not closed, worst level first, then oldest."""
        ...

    def of_patient(self, patient_id: int) -> Sequence[Escalation]: ...


class Diary(Protocol):
    def add(self, entry: Entry) -> Entry: ...

    def of_patient(self, patient_id: int, *, limit: int = 50) -> Sequence[Entry]:
        """Newest last."""
        ...

    def by_message(self, chat: int, message_id: int) -> Entry | None: ...

    def before(self, entry: Entry) -> Entry | None:
        """The newest earlier line of the same patient and message: what it said before it was changed."""
        ...

    def with_files(self, patient_id: int) -> Sequence[Entry]:
        """All to which a file belongs, oldest first."""
        ...

    def later(self, patient_id: int, *, than: int, limit: int) -> Sequence[Entry]:
        """The first ones after the one of this id."""
        ...

    def decide(self, entry: Entry, heard: Heard) -> bool:
        """What became of a SUGGESTED one; False when it was decided before."""
        ...

    def held(self) -> Sequence[Entry]:
        """SUGGESTED ones, of all patients, oldest first."""
        ...


class Answers(Protocol):
    def add(self, answer: CheckInAnswer) -> bool:
        """False when this step's ask was answered already."""
        ...

    def of_enrolment(self, enrolment_id: int) -> Sequence[CheckInAnswer]:
        """The patient's own."""
        ...

    def set_aside(self, patient_id: int, chat: int) -> None:
        """All until now came from this chat, which is not the patient's: kept, and theirs no more."""
        ...

    def give_back(self, patient_id: int, chat: int) -> None:
        """This chat is the patient's after all."""
        ...


class Flows(Protocol):
    def put(self, flow: Flow) -> None:
        """Replaces what was open in this chat with this person."""
        ...

    def current(self, chat: int, person: int, *, at: datetime) -> Flow | None: ...

    def clear(self, chat: int, person: int) -> None: ...


class UnansweredOnes(Protocol):
    """Messages without a person: only those that wait are ever listed."""

    def add(self, row: Unanswered, *, whose: int) -> Unanswered:
        """`whose`: the patient's id, kept only as a keyed hash: nobody is found by it, but `forget` can be asked."""
        ...

    def waiting(self, *, limit: int = 500) -> Sequence[Unanswered]:
        """Newest last."""
        ...

    def uncompared(self) -> Sequence[Unanswered]:
        """Those that wait and whose kin nobody has looked for."""
        ...

    def choose(self, row_id: int, topic: str) -> None:
        """What the patient took; nothing happens when the row is gone."""
        ...

    def join(self, row_id: int, kin: int) -> None: ...

    def file(self, group: int, filing_id: int) -> int:
        """All of the group that wait; how many."""
        ...

    def unfile(self, filing_id: int) -> None:
        """They wait again."""
        ...

    def drop(self, group: int) -> int:
        """Erases those that wait; how many."""
        ...

    def forget(self, whose: int) -> int:
        """Erases whatever this patient wrote, filed or not; how many."""
        ...

    def erase(self, *, before: date) -> int:
        """Whatever was heard before this day, filed or not, and the filings begun before it."""
        ...


class Filings(Protocol):
    def add(self, filing: Filing) -> Filing: ...

    def get(self, filing_id: int) -> Filing: ...

    def turn(self, filing: Filing, *, was: FilingState) -> bool:
        """Saves it and lets go of it; False when it is no longer in that state: somebody else was quicker."""
        ...

    def claim(self, filing: Filing, *, lease: timedelta) -> bool:
        """True for one caller, until the filing turns or the lease (machine time) has run out."""
        ...

    def in_state(self, *states: FilingState) -> Sequence[Filing]:
        """Oldest first."""
        ...
