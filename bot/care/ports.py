"""What care needs from outside, in care's words; every other room fills one of these."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Protocol, Self, TypeVar

from bot.care.model.chart import Chart
from bot.care.model.clinic import Clinic
from bot.care.model.delivery import Act, Delivery, DeliveryState, Lane, MessageRef, Result
from bot.care.model.digest import DigestWish
from bot.care.model.drill import Drill
from bot.care.model.enrolment import Enrolment
from bot.care.model.escalation import Escalation
from bot.care.model.hold import Hold
from bot.care.model.in_use import InUse
from bot.care.model.inbound import (
    AuditEvent,
    CheckInAnswer,
    Entry,
    Flow,
    Heard,
    Invitation,
    RawUpdate,
    Tap,
)
from bot.care.model.leaflet import Leaflet
from bot.care.model.on_call import Shift, Turn
from bot.care.model.people import Desk, Guest, Member, Patient
from bot.care.model.protocol import Protocol as TreatmentProtocol
from bot.care.model.revision import Checked, Draft, DraftState, Revision, Written
from bot.care.model.sheet import Sheet
from bot.care.model.sign_off import SignOff
from bot.care.model.staff_link import StaffLink
from bot.care.model.survey import Alerted, Given, Joined, PlanRow, StepRow
from bot.care.model.thread import Thread
from bot.care.model.triage import Assessment
from bot.care.model.unanswered import Filing, FilingState, Outcome, Phrasing, Unanswered
from bot.care.model.words import Facts, Html

T = TypeVar("T")


class Clock(Protocol):
    """Clinic time; may be turned in trials."""

    def now(self) -> datetime: ...


class Channel(Protocol):
    """Where acts leave. Never raises for what the far side did: that is a `Result`."""

    async def perform(self, act: Act) -> Result: ...


class Pictures(Protocol):
    def qr(self, words: str) -> bytes:
        """A PNG of a QR code with its quiet zone."""
        ...

    def chart(self, chart: Chart) -> bytes:
        """A PNG that is readable on a phone, whoever's eyes read it."""
        ...

    def sheet(self, sheet: Sheet, *, drawn: Callable[[int], None] = ...) -> bytes:
        """A PDF to print; takes about as many milliseconds a card as fingers. `drawn` hears how many are done."""
        ...

    def leaflet(self, leaflet: Leaflet) -> bytes:
        """A PDF of one page; takes tenths of a second."""
        ...

    def side_by_side(self, left: bytes, right: bytes) -> bytes:
        """A JPEG of two cleaned pictures."""
        ...

    def clean(self, content: bytes) -> bytes | None:
        """The picture redrawn as a JPEG with nothing hidden in it; None when it cannot be read. Takes up to seconds."""
        ...

    def strip(self, content: bytes) -> bytes | None:
        """The video, voice message or sound with nothing said beside it; None when that cannot be made sure."""
        ...


class Album(Protocol):
    """Patients' redrawn pictures, encrypted on this machine's disk; each call may take tenths of a second."""

    def keep(self, patient_id: int, file_id: str, content: bytes) -> bool:
        """False where a limit or the disk is against it: nothing else depends on it."""
        ...

    def find(self, patient_id: int, file_id: str) -> bytes | None:
        """None when it was never kept here, or is gone."""
        ...

    def owners(self) -> Sequence[int]:
        """Patients of whom anything is kept."""
        ...

    def erase(self, patient_id: int) -> None:
        """All of theirs."""
        ...


class Keys(Protocol):
    """One-time secrets; only their keyed hashes are ever stored."""

    def hash(self, text: str) -> str: ...

    def token(self) -> str:
        """256 bits, 43 characters that Telegram allows after `?start=`."""
        ...

    def code(self) -> str:
        """Eight Crockford characters for typing."""
        ...


# --- words -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Topic:
    """An FAQ topic as the patient may browse it. `also`: accepted neighbours, offered as related.

    `symptom`: about something felt or seen, so that only a clinician changes what is understood as it.
    """

    id: str
    title: str
    also: tuple[str, ...]
    symptom: bool = False


class Shelf(Protocol):
    """One consistent set of content: what a deed started with it ends with."""

    @property
    def version(self) -> str:
        """Content hash, stamped on every message."""
        ...

    @property
    def clinic(self) -> Clinic: ...

    @property
    def protocols(self) -> Mapping[str, TreatmentProtocol]: ...

    @property
    def approved(self) -> frozenset[str]:
        """Treatments whose plan and words, as they are, a clinician stands for; and `ANSWERS`, for all answers."""
        ...

    @property
    def aliases(self) -> Mapping[str, str]:
        """What staff may type for a treatment, lower case -> its id."""
        ...

    def topics(self, language: str) -> Mapping[str, Topic]: ...

    def families(self, language: str) -> Sequence[str]:
        """What is not ours to answer, by kind."""
        ...

    def has(self, key: str, language: str) -> bool: ...

    def say(self, key: str, language: str, facts: Facts) -> Html:
        """The words at `key` for these facts; raises `MissingWords`. Falls back to the clinic's first language."""
        ...

    def bare_words(self) -> Mapping[str, str]:
        """A word typed alone, any language, casefolded -> deed: `help`, `stop`, `pause`, `today` ..."""
        ...


class MissingWords(LookupError):
    """No approved words at this key, or a placeholder without a value."""


class Library(Protocol):
    @property
    def shelf(self) -> Shelf: ...


class Editable(Shelf, Protocol):
    """A shelf whose words can be looked at as they are written."""

    @property
    def sign_offs(self) -> Mapping[str, SignOff]:
        """How each treatment stands with the clinicians, and how all answers do."""
        ...

    def keys(self, language: str) -> Sequence[str]:
        """Every key with words of this language, in order."""
        ...

    def written(self, key: str, language: str) -> Sequence[Written]:
        """All variants at a key of this very language; empty for an unknown one."""
        ...

    def fill(self, key: str, text: str, facts: Facts) -> Html:
        """Any text as if it stood at this key; raises `MissingWords` also for what may not stand there."""
        ...


class EditableLibrary(Protocol):
    @property
    def shelf(self) -> Editable: ...


class Dates(Protocol):
    """How a day or an hour is said in a language."""

    def say_day(self, day: date, language: str, *, year: int) -> str:
        """`24 November`; with its year when that is not `year`."""
        ...

    def say_weekday(self, day: date, language: str) -> str:
        """`Friday`."""
        ...

    def say_time(self, at: time, language: str) -> str:
        """`9:30`, or however the language says it."""
        ...


@dataclass(frozen=True)
class Candidate:
    topic: str
    score: float


@dataclass(frozen=True)
class Match:
    """Topics best first. `confident`: the first may be answered with. `family`: out of scope, and which kind."""

    candidates: tuple[Candidate, ...]
    confident: bool
    family: str | None = None
    reason: str = ""
    also: tuple[str, ...] = ()
    """Further topics that the message asks for as clearly: answered as well, in this order."""


@dataclass(frozen=True)
class Situation:
    """What of the patient takes part in triage; `protocol` is the leading one's column of days (facts 5.2), `day`
    days after the session."""

    language: str
    protocol: str | None = None
    day: int | None = None
    days_to_next: int | None = None
    before: str = ""
    """What was said just before, for "is this normal"."""


class Understanding(Protocol):
    def triage(self, text: str, situation: Situation) -> Assessment: ...

    def match(self, text: str, situation: Situation) -> Match: ...


class Likeness(Protocol):
    """How the words of messages relate to each other and to the content's own."""

    def knows(self, word: str, language: str) -> bool:
        """The content's own lines use this word, in any form."""
        ...

    def kin(self, words: str, others: Sequence[str], language: str) -> int | None:
        """The place of the one that asks the same; None when none does. Takes some milliseconds for each."""
        ...


class Hearing(Understanding, Likeness, Protocol):
    """All that understanding does for a running clinic."""


class Cabinet(Protocol):
    """The content files as lists of phrasings. Each call may take many seconds: for a thread of its own."""

    def weigh(self, phrasing: Phrasing) -> Outcome:
        """What filing it would do to the content's own lines; nothing is changed."""
        ...

    def file(self, phrasing: Phrasing, *, print: str) -> Outcome:  # noqa: A002 - the file's
        """Writes it, unless the file is no longer the one with this `print`."""
        ...

    def take_out(self, phrasing: Phrasing) -> Outcome: ...


class Press(Protocol):
    """The content files, one item at a time. Each call may take many seconds: for a thread of its own."""

    def check(self, draft: Draft, undone: Revision | None) -> Checked:
        """What the whole content would have against it; nothing is changed. `undone`: what the draft takes back."""
        ...

    def publish(self, draft: Draft, undone: Revision | None) -> Checked:
        """Writes it, unless the file is no longer the one with the draft's `print`."""
        ...


# --- what we remember ------------------------------------------------------------------------------------------------


class NotRemembered(LookupError):
    """There is no such row."""


class Inbox(Protocol):
    def store(self, update: RawUpdate) -> bool:
        """False when this id was stored before."""
        ...

    def waiting(self) -> Sequence[RawUpdate]: ...

    def done(self, update_id: int, *, at: datetime, erase: bool = False) -> bool:
        """False when it was done before; `erase` leaves only the id."""
        ...

    def failed(self, update_id: int, *, most: int) -> bool:
        """One more try failed; True once it is quarantined."""
        ...

    def quarantined(self) -> Sequence[int]: ...


class Patients(Protocol):
    def add(self, patient: Patient) -> Patient:
        """Returned with its id and, where `code` is empty, the next short code (`A-17`)."""
        ...

    def save(self, patient: Patient) -> None: ...

    def get(self, patient_id: int) -> Patient: ...

    def by_code(self, code: str) -> Patient | None: ...

    def by_chat(self, chat: int) -> Patient | None: ...

    def by_ref(self, ref: str) -> Patient | None: ...

    def with_refs(self, refs: Sequence[str]) -> Sequence[Patient]:
        """All of them in one go, oldest first."""
        ...

    def named(self, first_name: str) -> Sequence[Patient]:
        """Exact first name, any case (blind index)."""
        ...

    def unconnected(self, *, since: datetime, until: datetime) -> Sequence[Patient]:
        """Whose running enrolment was begun from `since` on and before `until`, who has not agreed, and of whom nobody
        said that they have no Telegram; oldest first."""
        ...


@dataclass(frozen=True)
class Newcomer:
    """All that one row of a file adds."""

    patient: Patient
    enrolment: Enrolment
    invitation: Invitation

    def of(self, patient: Patient) -> Self:
        """Once the patient has an id."""
        enrolment = replace(self.enrolment, patient_id=patient.id)
        return replace(
            self, patient=patient, enrolment=enrolment, invitation=replace(self.invitation, patient_id=patient.id)
        )


class Batches(Protocol):
    """Patients enrolled from one file: added in many short deeds, hidden from every look-up until one flag is set."""

    def begin(self, file_hash: str, *, rested: timedelta) -> int | None:
        """None while somebody is at work on this very file: added to it less than `rested` ago (machine time)."""
        ...

    def left_over(self, *, rested: timedelta) -> Sequence[int]:
        """Batches that never went live, and to which nobody has added for so long (machine time)."""
        ...

    def add(self, batch: int, newcomers: Sequence[Newcomer]) -> Sequence[Newcomer]:
        """With their ids and codes; raises `NotRemembered` once the batch is live, given up or gone."""
        ...

    def give_up(self, batch: int) -> None:
        """Nobody is at work on it any more, and it never goes live."""
        ...

    def clear(self, batch: int, *, most: int) -> bool:
        """Give it up, and forget up to so many of its hidden patients, with all that was added for them, at last the
        batch itself; True while there are more."""
        ...

    def first_unseen(self) -> int:
        """From this patient on, by number, there may be some whom nobody sees yet."""
        ...

    def seen(self, *, since: int) -> Sequence[Patient]:
        """Patients from that number on whom everybody sees; until the commit nobody joins them."""
        ...

    def go_live(self, batch: int, *, at: datetime) -> bool:
        """The flag: all of them are there at once. True for exactly one caller."""
        ...


class Enrolments(Protocol):
    def add(self, enrolment: Enrolment) -> Enrolment: ...

    def save(self, enrolment: Enrolment) -> None: ...

    def get(self, enrolment_id: int) -> Enrolment: ...

    def course(self, patient_id: int) -> Sequence[Enrolment]:
        """All of a patient's enrolments, oldest first."""
        ...

    def current(self, patient_id: int) -> Enrolment | None:
        """The newest that is booked or active."""
        ...

    def running(self) -> Sequence[Enrolment]:
        """Every booked or active one."""
        ...

    def awaiting(self, *, until: date) -> Sequence[Enrolment]:
        """Booked or active ones whose next session is planned for this day or earlier, or whose day 0 is provisional;
        oldest first."""
        ...


class Invitations(Protocol):
    def add(self, invitation: Invitation) -> Invitation: ...

    def find(self, keyed_hash: str) -> Invitation | None:
        """By token hash or code hash."""
        ...

    def redeem(self, invitation_id: int, *, by: int, at: datetime) -> bool:
        """One conditional UPDATE: True for exactly one caller, before it expires and unless revoked."""
        ...

    def revoke_all(self, patient_id: int, *, at: datetime) -> None: ...

    def latest(self, patient_id: int) -> Invitation | None: ...

    def rejected(self, chat: int, *, at: datetime) -> int:
        """Counts a bad token and says how many this chat tried within the last hour."""
        ...


@dataclass(frozen=True)
class Spent:
    """An attempt that used up some of the pace: machine time."""

    chat: int
    at: datetime
    """When it was answered, for Telegram counts a call when it arrives; while it flies, when it began."""
    alert: bool


class Outbox(Protocol):
    def add(self, delivery: Delivery) -> Delivery:
        """An immediate act; buttons of its keyboard become taps."""
        ...

    def plan(self, delivery: Delivery) -> bool:
        """A step's row, unless (enrolment, step, occurrence) exists. An unsent cancelled one is revived; one never
        tried is moved to the new dates and contact. True when it changed anything."""
        ...

    def get(self, delivery_id: int) -> Delivery: ...

    def due(self, *, at: datetime, limit: int, lanes: Collection[Lane] = tuple(Lane)) -> Sequence[Delivery]:
        """Rows that may leave now, by lane, urgent first, oldest first; per chat and lane only the head of the line,
        none whose `after` is unfinished, none whose retry time (machine time) is not reached."""
        ...

    def is_due(self, *, at: datetime, lanes: Collection[Lane] = tuple(Lane)) -> bool:
        """Something in these lanes is due and has not ended, whether or not it may leave."""
        ...

    def begin(self, delivery: Delivery, act: Act, *, attempt_id: str, lease: timedelta, alert: bool) -> Act | None:
        """Freeze the act with its taps, and `content_hash` and `rendered_on` of `delivery`, and move to SENDING.

        Records the attempt in machine time. Gives the act as frozen, buttons with their tokens; None if the row is
        no longer waiting.
        """
        ...

    def depart(self, delivery_id: int, attempt_id: str) -> bool:
        """From now on its bytes may have left. Fenced: False when the row is no longer this attempt's to send."""
        ...

    def finish(
        self,
        delivery_id: int,
        attempt_id: str,
        state: DeliveryState,
        *,
        at: datetime,
        result: Result,
        retry_in: timedelta | None = None,
        ambiguous: bool = False,
        counted: bool = True,
    ) -> bool:
        """Fenced by attempt id; a late success of a lost attempt is only written to its attempt. True when applied."""
        ...

    def abandoned(self) -> Sequence[Delivery]:
        """SENDING rows whose lease (machine time) has run out; when writing, none can depart before the commit."""
        ...

    def settle(self, delivery_id: int, state: DeliveryState, *, at: datetime, reason: str = "") -> bool:
        """Move a row that is waiting (or, for staff, uncertain) to a final state; False if it is no longer there."""
        ...

    def postpone(self, delivery_id: int, *, to: datetime) -> bool:
        """A waiting row becomes due later (clinic time); False if it is no longer waiting."""
        ...

    def reopen(self, delivery_id: int, *, at: datetime, until: datetime | None = None) -> bool:
        """Staff's *resend* of an uncertain, failed or expired row: back to SCHEDULED, due now, useful `until` then.

        It is no longer `unasked`, and no plan made anew moves it.
        """
        ...

    def forget_tries(self, delivery_id: int) -> bool:
        """A plan's row that ended unreachable or cancelled: as one cancelled unsent, which a plan made anew revives."""
        ...

    def of_enrolment(self, enrolment_id: int) -> Sequence[Delivery]: ...

    def of_patient(self, patient_id: int, purposes: Collection[str] = ()) -> Sequence[Delivery]:
        """By when they fall due; of these purposes only, where any are named: a patient may have thousands of rows."""
        ...

    def of_escalation(self, escalation_id: int, purposes: Collection[str] = ()) -> Sequence[Delivery]:
        """By when they fall due; of these purposes only, where any are named: a case may have hundreds of notes."""
        ...

    def latest(self, patient_id: int, purpose: str) -> datetime | None:
        """When the last row for this purpose fell due, whatever became of it."""
        ...

    def by_message(self, chat: int, message_id: int) -> Delivery | None: ...

    def unclear_in(self, chat: int) -> Sequence[Delivery]:
        """All to this chat of which a try ended unclear: a copy may stand there whose number is not known."""
        ...

    def shown(self, message: MessageRef) -> Act | None:
        """What wrote a message of ours last: an edit that has not left yet before one that has, else its sending."""
        ...

    def in_state(self, state: DeliveryState, *, limit: int = 200) -> Sequence[Delivery]: ...

    def next_due(self, *, after: datetime) -> datetime | None:
        """When the next waiting row falls due, later than `after`."""
        ...

    def waiting_for(self, chat: int) -> Sequence[Delivery]:
        """All that has not begun to leave for this chat, whenever it is due, in the order in which it was written."""
        ...

    def last_in_line(self, chat: int, lane: Lane, *, patient_id: int) -> Delivery | None:
        """Of what is about this patient for this chat in this lane, and has not ended, what leaves last."""
        ...

    def is_waiting(self, chat: int, lane: Lane, *, at: datetime) -> bool:
        """Something for this chat is due in this lane and has not ended."""
        ...

    def unfinished(self, *, at: datetime) -> int:
        """How many rows due by `at` are not yet final."""
        ...

    def spent(self, *, within: timedelta, in_groups: timedelta) -> Sequence[Spent]:
        """Attempts so lately (machine time), oldest first; those in groups count longer."""
        ...

    def paused_until(self) -> datetime | None:
        """Machine time until which the channel told everybody to be silent."""
        ...

    def pause(self, seconds: float) -> None: ...

    def machine_now(self) -> datetime:
        """The database's own clock, shared by replicas."""
        ...

    def move_chat(self, old: int, new: int) -> None:
        """A group became a supergroup: rewrite it everywhere."""
        ...

    def tap(self, token: str) -> Tap | None: ...

    def use_tap(self, token: str, *, at: datetime) -> bool:
        """True for exactly one caller."""
        ...


class Team(Protocol):
    def add(self, member: Member) -> Member: ...

    def save(self, member: Member) -> None: ...

    def remove(self, account: int) -> None: ...

    def member(self, account: int) -> Member | None: ...

    def members(self) -> Sequence[Member]: ...

    def hold_admins(self) -> Sequence[Member]:
        """Nobody else changes who is an admin until the commit."""
        ...

    def desk(self) -> Desk | None: ...

    def set_desk(self, desk: Desk) -> None: ...

    def guests(self, chat: int) -> Sequence[Guest]:
        """Who joined this group and is not known to have left it, oldest first."""
        ...

    def greet(self, guest: Guest) -> bool:
        """True for exactly one caller until they are forgotten: several updates tell of one arrival."""
        ...

    def decide(self, guest: Guest) -> bool:
        """Keeps who decided what; False when somebody was quicker, or they are gone."""
        ...

    def undecide(self, chat: int, account: int) -> None:
        """What was decided could not be done."""
        ...

    def forget_guest(self, chat: int, account: int) -> bool:
        """False when there was none."""
        ...

    def add_claim(self, code_hash: str, *, expires_at: datetime) -> None:
        """Machine time; replaces an earlier code."""
        ...

    def use_claim(self, code_hash: str, *, at: datetime) -> bool:
        """True for exactly one caller, while there is no admin."""
        ...


class OnCall(Protocol):
    """Who is on call when; whoever left the team is nobody."""

    def add(self, shift: Shift) -> Shift: ...

    def remove(self, shift_id: int) -> bool:
        """As if it had never been taken; False when it is gone."""
        ...

    def shifts(self, *, at: datetime) -> Sequence[Shift]:
        """Those that are not over by then, oldest first."""
        ...

    def turns(self) -> Sequence[Turn]:
        """In the order of the week."""
        ...

    def put(self, turn: Turn) -> None:
        """In the place of another one at this very hour."""
        ...

    def drop(self, weekday: int, at: time) -> None: ...

    def is_kept(self) -> bool:
        """Anything was ever entered, and not cleared."""
        ...

    def forget(self, account: int) -> None:
        """In their place there is nobody."""
        ...

    def clear(self) -> None: ...


class Drills(Protocol):
    """Practice alerts, at most one at a time."""

    def begin(self, drill: Drill) -> Drill | None:
        """With its id; None while another one runs."""
        ...

    def went_out(self, drill: Drill) -> None:
        """Keeps its rows."""
        ...

    def running(self) -> Drill | None: ...

    def end(self, drill: Drill) -> bool:
        """One conditional UPDATE: True for exactly one caller."""
        ...


class Holds(Protocol):
    """Planned messages that wait until somebody lets them go."""

    def all(self) -> Sequence[Hold]: ...

    def put(self, hold: Hold) -> bool:
        """False where it is on hold already."""
        ...

    def lift(self, treatment: str, step: str) -> bool: ...


class StaffLinks(Protocol):
    """One-time links to the team."""

    def add(self, link: StaffLink) -> StaffLink: ...

    def show_in(self, link_id: int, delivery_id: int) -> None: ...

    def find(self, token_hash: str) -> StaffLink | None: ...

    def get(self, link_id: int) -> StaffLink: ...

    def open(self, *, at: datetime) -> Sequence[StaffLink]:
        """Neither used nor taken back nor too old, oldest first."""
        ...

    def use(self, link_id: int, *, by: int, at: datetime) -> bool:
        """One conditional UPDATE: True for exactly one caller, while it is open."""
        ...

    def revoke(self, link_id: int, *, at: datetime) -> bool:
        """False when it was not open any more."""
        ...


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


class Audit(Protocol):
    def add(self, event: AuditEvent) -> None: ...

    def tail(self, limit: int) -> Sequence[AuditEvent]: ...

    def verify(self) -> int | None:
        """The first row that does not follow from the one before; None when the chain holds."""
        ...


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


class Revisions(Protocol):
    """Every change of the content that went live; none is ever changed or forgotten."""

    def add(self, revision: Revision) -> Revision: ...

    def get(self, revision_id: int) -> Revision:
        """With the whole file as it was before and after."""
        ...

    def latest(self, *, limit: int, file: str = "") -> Sequence[Revision]:
        """Newest first, of one file or of all, without the files' own text."""
        ...

    def newest(self) -> Sequence[Revision]:
        """The last one of each file that was ever changed, without the files' own text."""
        ...

    def knows(self, file: str, print_: str) -> bool:
        """This hash is that of the file before or after one of its revisions."""
        ...

    def alone(self) -> None:
        """From here to the end of the deed no other process notes changes: each is noted once."""
        ...


class Drafts(Protocol):
    def add(self, draft: Draft) -> Draft: ...

    def get(self, draft_id: int) -> Draft: ...

    def turn(self, draft: Draft, *, was: DraftState) -> bool:
        """Saves it and lets go of it; False when it is no longer in that state: somebody else was quicker."""
        ...

    def claim(self, draft: Draft, *, lease: timedelta) -> bool:
        """True for one caller, until the draft turns or the lease (machine time) has run out."""
        ...

    def in_state(self, *states: DraftState) -> Sequence[Draft]:
        """Oldest first."""
        ...

    def erase(self, *, before: datetime) -> int:
        """Those that were begun before, whatever became of them; what went live stays as a revision."""
        ...


class Digests(Protocol):
    def wish(self) -> DigestWish: ...

    def keep(self, wish: DigestWish) -> None:
        """Its hour and whether it is off; the days that were told are only changed by `claim`."""
        ...

    def claim(self, day: date, *, at: datetime) -> bool:
        """One conditional UPDATE: True for exactly one caller a day, and never for a day before one that was told."""
        ...

    def claim_closing(self, day: date) -> bool:
        """The same for what is told before closing."""
        ...


class Survey(Protocol):
    """Looks at the whole clinic, for lists and figures; for readers, however many patients there are."""

    def people(self) -> Mapping[int, Patient]:
        """Whoever has a booked or active enrolment, by id."""
        ...

    def planned(self, *, since: datetime, until: datetime) -> Sequence[PlanRow]:
        """Rows of plans that are or were due from `since` on and before `until`, without those that never arrive."""
        ...

    def sent(self, *, since: datetime, until: datetime) -> Sequence[PlanRow]:
        """Rows of plans that left from `since` on and before `until`."""
        ...

    def of_steps(self, steps: Collection[str]) -> Sequence[StepRow]:
        """Rows of booked and active enrolments for steps of these ids."""
        ...

    def coming(self, steps: Collection[str], *, limit: int) -> Sequence[StepRow]:
        """Of those the ones that are still to come, soonest first."""
        ...

    def in_use(self) -> Sequence[InUse]:
        """The treatments of booked and active enrolments, and the steps that are still to come in them."""
        ...

    def answers(self, *, since: datetime) -> Sequence[Given]:
        """Oldest first."""
        ...

    def last_heard(self, *, since: datetime) -> Mapping[int, datetime]:
        """Patient id -> their own newest answer or message, if there is one since then; staff's do not count."""
        ...

    def undelivered(self, *, since: datetime) -> Sequence[Delivery]:
        """What was meant for patients and is uncertain, or was refused or expired since then."""
        ...

    def quarantined(self, *, since: datetime) -> Sequence[str]:
        """The `order` of every update received since then that could not be handled."""
        ...

    def enrolled(self, *, since: datetime, until: datetime) -> Sequence[Joined]:
        """People by when they were entered, without test patients and those whose enrolment was undone."""
        ...

    def alerts(self, *, since: datetime, until: datetime) -> Sequence[Alerted]:
        """Confirmed ones, by when they were opened."""
        ...


class Work(Protocol):
    """One unit of work: everything done through it commits together or not at all."""

    @property
    def inbox(self) -> Inbox: ...
    @property
    def patients(self) -> Patients: ...
    @property
    def batches(self) -> Batches: ...
    @property
    def enrolments(self) -> Enrolments: ...
    @property
    def invitations(self) -> Invitations: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def team(self) -> Team: ...
    @property
    def drills(self) -> Drills: ...
    @property
    def holds(self) -> Holds: ...
    @property
    def on_call(self) -> OnCall: ...
    @property
    def staff_links(self) -> StaffLinks: ...
    @property
    def threads(self) -> Threads: ...
    @property
    def escalations(self) -> Escalations: ...
    @property
    def diary(self) -> Diary: ...
    @property
    def answers(self) -> Answers: ...
    @property
    def flows(self) -> Flows: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def unanswered(self) -> UnansweredOnes: ...
    @property
    def filings(self) -> Filings: ...
    @property
    def revisions(self) -> Revisions: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def digests(self) -> Digests: ...
    @property
    def survey(self) -> Survey: ...


class Records(Protocol):
    """Deeds are synchronous, short, and never span an await; waiting ones share one commit."""

    async def write(self, deed: Callable[[Work], T]) -> T:
        """Runs the deed on the one writer; its error is raised here and undoes only this deed."""
        ...

    async def read(self, query: Callable[[Work], T]) -> T: ...
