"""A small clinic in memory: a desk, a team of three, patients with phones, and messages that arrive at once."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count

from bot.care.model.delivery import Act, ActKind, Delivery, DeliveryState, Outcome, Result
from bot.care.model.inbound import Said, Sender, Tap
from bot.care.model.people import Contact, Desk, Member, Patient, Role
from bot.care.model.sign_off import Approval
from bot.care.ports.records import Work
from bot.care.services.planning import Planning
from bot.care.services.posting import post
from bot.care.services.telling import Telling
from bot.library.dates import BabelDates
from tests.care.office import FrontOffice, Needs, front_office
from tests.fakes.clock import FakeClock
from tests.fakes.records import FakeRecords
from tests.standing_library import StandingLibrary, a_library

FRIDAY_NOON = datetime(2026, 11, 20, 12, 14, tzinfo=UTC)
DESK = -100
LEASE = timedelta(seconds=90)
Deed = Callable[[Work, Sender, Tap], None]

MARIA = Sender(1, 1, "Maria")
"""Admin, in her private chat."""
CLARA = Sender(2, 2, "Clara")
"""Clinician."""
RITA = Sender(3, 3, "Rita")
"""Reception."""
ANNA = Sender(1001, 1001, "Anna", "en")
BERT = Sender(1002, 1002, "Bert", "en")
ROLES = {MARIA: Role.ADMIN, CLARA: Role.CLINICIAN, RITA: Role.RECEPTION}


def at_desk(who: Sender) -> Sender:
    return replace(who, chat=DESK, private=False)


@dataclass
class CountedKeys:
    """Secrets one can foresee."""

    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def hash(self, text: str) -> str:
        return f"hash of {text}"

    def token(self) -> str:
        return f"token{next(self.numbers):0>38}"

    def code(self) -> str:
        return f"ABCD{next(self.numbers):0>4}"


@dataclass(frozen=True)
class SaysToday:
    """Stands for the service that answers /today."""

    clock: FakeClock

    def today(self, work: Work, who: Sender) -> None:
        post(work, Contact(who.chat), "what holds today", at=self.clock.now())


@dataclass
class Scene:
    """Everything written leaves when `deliver` is called, and gets a message id."""

    clock: FakeClock = field(default_factory=lambda: FakeClock(FRIDAY_NOON))
    records: FakeRecords = field(default_factory=FakeRecords)
    library: StandingLibrary = field(default_factory=a_library)
    arrived: list[tuple[int, Act]] = field(default_factory=list)
    ids: "count[int]" = field(default_factory=lambda: count(1))
    keys: CountedKeys = field(default_factory=CountedKeys)

    def __post_init__(self) -> None:
        self.furnish(on_telegram=False)

    def furnish(self, *, on_telegram: bool) -> None:
        planning, telling = Planning(self.library), Telling(BabelDates())
        today = SaysToday(self.clock)
        needs = Needs(
            self.clock, self.library, BabelDates(), self.keys, "aftercare_bot", planning, telling, today, on_telegram
        )
        self.office: FrontOffice = front_office(needs)

    def goes_live(self, *approved: str) -> None:
        """From now on as on Telegram itself: all is decided, and a clinician stands for these."""
        shelf = self.library.shelf
        decisions = tuple(replace(one, confirmed=True) for one in shelf.clinic.decisions)
        approvals = tuple(Approval(name, shelf.prints[name], "Clara", FRIDAY_NOON.date()) for name in approved)
        self.library.shelf = replace(shelf, clinic=replace(shelf.clinic, decisions=decisions), approvals=approvals)
        self.furnish(on_telegram=True)

    @property
    def work(self) -> Work:
        return self.records.work

    @property
    def deeds(self) -> dict[str, Deed]:
        office = self.office
        joining, enrolling, sessions, seeing = office.joining, office.enrolling, office.sessions, office.seeing
        return {
            "enrol-choose": enrolling.choose,
            "enrol-decide": enrolling.decide,
            "new-link": enrolling.new_link,
            "print-link": enrolling.print_link,
            "cancel-enrolment": enrolling.ask_cancel,
            "cancel-enrolment-yes": enrolling.cancel,
            "transfer": joining.transferring.ask,
            "transfer-yes": joining.transferring.begin,
            "transfer-off": joining.transferring.call_off,
            "transfer-undo": joining.transferring.undo,
            "join-yes": joining.confirm,
            "join-no": joining.not_me,
            "consent-yes": joining.consenting.agree,
            "consent-minor": lambda work, who, tap: joining.consenting.refuse(work, who, tap, minor=True),
            "consent-no": lambda work, who, tap: joining.consenting.refuse(work, who, tap, minor=False),
            "double-same": joining.doubles.same,
            "double-two": joining.doubles.two,
            "health": joining.health.answer,
            "place": joining.placing.ask_country,
            "country": joining.placing.set_country,
            "zone-choose": joining.placing.choose_zone,
            "session": sessions.choose,
            "calendar": sessions.turn,
            "calendar-day": sessions.pick,
            "session-done": sessions.done,
            "session-move": sessions.moved,
            "correct": sessions.corrected,
            "session-was": sessions.said.by_staff,
            "session-said": sessions.said.by_patient,
            "correction-read": sessions.said.receipts.read,
            "last-use": sessions.moving.used,
            "window-set": office.overriding.confirmed,
            "window-again": office.overriding.again,
            "no-telegram": office.before_closing.ask,
            "no-telegram-yes": office.before_closing.mark,
            "telegram-again": office.before_closing.unmark,
            "leave-it": sessions.leave,
            "patients-page": seeing.turn,
            "compare-photos": seeing.comparing.show,
            "track": self.office.seeing.tracking.show,
            "wrong-person": seeing.ask,
            "patient-hours": office.patient_hours.ask,
            "patient-hours-yes": office.patient_hours.change,
            "pause-patient": seeing.ask,
            "resume-patient": seeing.ask,
            "resume-patient-yes": seeing.resume,
            "end-course": seeing.ask,
            "wrong-person-yes": seeing.wrong_person,
            "pause-patient-yes": seeing.pause,
            "end-course-yes": seeing.end,
            "pause-for": office.leaving.pause_for,
            "stop": office.leaving.stop_chosen,
            "oncall-who": office.on_calling.choose,
            "oncall-until": office.on_calling.chosen,
            "oncall-undo": office.on_calling.entering.undo,
            "oncall-take": office.on_calling.handing_over.take,
            "oncall-decline": office.on_calling.handing_over.decline,
            "oncall-week-undo": office.on_calling.week.undo,
            "oncall-clear": office.on_calling.week.cleared,
            "hold-ask": office.holding.ask,
            "hold-yes": office.holding.hold,
            "hold-lift": office.holding.lift,
            "drill-start": office.drilling.start,
            "drill-take": office.drilling.take,
            "unclear": office.unclear.decide,
            "digest-decide": office.digesting.decide,
            "content-open": office.browsing.open,
            "content-item": office.browsing.item,
            "content-days": office.browsing.days,
            "content-sample": office.browsing.sample,
            "content-patient": office.browsing.patient,
            "content-history": office.browsing.history,
            "content-revision": office.browsing.revision,
            "content-readers": office.browsing.who_read,
            "put-right": office.browsing.putting_right.ask,
            "put-right-yes": office.browsing.putting_right.send,
            "content-to-me": office.browsing.to_me,
            "content-edit": office.browsing.editing.begin,
            "content-names": office.browsing.editing.names,
            "content-again": office.browsing.editing.again,
            "content-publish": office.browsing.editing.publish,
            "content-discard": office.browsing.editing.discard,
            "content-undo": office.browsing.editing.undo,
            "timing-open": office.browsing.retiming.open,
            "timing-check": office.browsing.retiming.check,
            "timing-plans": office.browsing.plans.settle,
            "translations": office.browsing.translating.open,
            "sign-list": office.browsing.signing.list,
            "sign-open": office.browsing.signing.open,
            "sign-ask": office.browsing.signing.ask,
            "got-it": office.teaming.proving.got_it,
            "team-remove": office.staffing.changing.remove_confirmed,
            "staff-role-yes": office.staffing.changing.role_confirmed,
            "staff-put-back": office.staffing.changing.put_back,
            "staff-choose": office.staffing.choose,
            "staff-ask": office.staffing.ask,
            "staff-test": office.staffing.test,
            "staff-invite": office.staffing.invite,
            "guest-stay": office.guarding.let_stay,
            "guest-out": office.guarding.ask_out,
            "guest-out-yes": office.guarding.take_out,
            "staff-link-back": office.staffing.inviting.take_back,
        }

    def deliver(self) -> None:
        """What is due now arrives; rows of a plan stay for the dispatcher."""
        for row in self.work.outbox.due(at=self.clock.now(), limit=100):
            if row.act is not None:
                self._arrive(row, row.act)
        waiting = self.work.outbox.due(at=self.clock.now(), limit=100)
        if any(row.act is not None for row in waiting):
            self.deliver()

    def tap(self, who: Sender, label: str, *, nth: int = -1) -> None:
        """The newest button of this label in the chat, unless another one is meant."""
        self.deliver()
        taps = [tap for tap in self.records.memory.taps.values() if tap.chat == who.chat and tap.label == label]
        if not taps:
            raise AssertionError(f"no button {label!r}; the chat shows {self.buttons(who)}")
        tap = taps[nth]
        row = self.work.outbox.get(tap.delivery_id)
        aimed = row.act.target.message if row.act is not None and row.act.target is not None else row.message_id
        self.deeds[tap.deed](self.work, who, replace(tap, message_id=aimed))
        self.deliver()

    def heard(self, who: Sender | int) -> list[str]:
        """The texts that arrived in a chat, edits too, oldest first."""
        self.deliver()
        chat = who if isinstance(who, int) else who.chat
        return [act.text for where, act in self.arrived if where == chat]

    def last(self, who: Sender | int) -> str:
        return (self.heard(who) or [""])[-1]

    def buttons(self, who: Sender | int) -> list[str]:
        """Labels under the newest message of a chat."""
        self.deliver()
        chat = who if isinstance(who, int) else who.chat
        acts = [act for where, act in self.arrived if where == chat]
        return [button.label for row in acts[-1].keyboard for button in row] if acts else []

    def type(self, who: Sender, words: str) -> bool:
        said = Said(who, words, next(self.ids))
        return self.office.enrolling.typed(self.work, said) or self.office.joining.typed(self.work, said)

    def enrol(self, words: str, *, by: Sender = RITA) -> Patient:
        """Enrolled by reception; the newest patient."""
        self.office.enrolling.enrol(self.work, by, words)
        self.deliver()
        return self.people()[-1]

    def people(self) -> list[Patient]:
        """Every patient, in the order of enrolment."""
        return list(self.records.memory.patients.values())

    def token(self) -> str:
        """What the newest link carries."""
        self.deliver()
        links = [act.qr for _, act in self.arrived if act.qr and act.kind is ActKind.SEND]
        return links[-1].partition("start=")[2]

    def join(self, who: Sender = ANNA) -> None:
        """Opens the newest link, says yes and agrees."""
        self.office.joining.open(self.work, who, self.token())
        self.tap(who, "Yes, that is me")
        self.tap(who, "I agree, I am 18 or older")

    def planned(self, patient: Patient) -> list[Delivery]:
        """Rows of the plan that still wait."""
        rows = self.work.outbox.of_patient(patient.id)
        return [row for row in rows if row.step and row.state is DeliveryState.SCHEDULED]

    def audited(self) -> list[str]:
        return [event.deed for event in self.work.audit.tail(100)]

    def _arrive(self, row: Delivery, act: Act) -> None:
        if row.after is not None:
            act = act.after(self.work.outbox.get(row.after)) or act
        attempt, message_id = f"attempt-{row.id}", next(self.ids)
        frozen = self.work.outbox.begin(row, act, attempt_id=attempt, lease=LEASE, alert=False)
        result = Result(Outcome.SENT, message_id=message_id)
        self.work.outbox.finish(row.id, attempt, DeliveryState.SENT, at=self.clock.now(), result=result)
        self.arrived.append((row.contact.chat, frozen or act))


def a_scene(*, proven: bool = True) -> Scene:
    """`proven`: the desk has seen its test alert."""
    scene = Scene()
    for who, role in ROLES.items():
        scene.work.team.add(Member(who.account, who.name, role, FRIDAY_NOON))
    tested = FRIDAY_NOON if proven else None
    desk = Desk(Contact(DESK), "Staff", is_forum=False, set_by=1, set_at=FRIDAY_NOON, tested_at=tested)
    scene.work.team.set_desk(desk)
    return scene
