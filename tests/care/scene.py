"""A small clinic in memory: a desk, a team of three, patients with phones, and messages that arrive at once."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count

from bot.care.house import House
from bot.care.model.delivery import Act, ActKind, Delivery, DeliveryState, Outcome, Result
from bot.care.model.inbound import Said, Sender
from bot.care.model.people import Contact, Desk, Member, Patient, Role
from bot.care.model.sign_off import Approval
from bot.care.ports.hearing import Hearing
from bot.care.ports.outside import Keys
from bot.care.ports.records import Work
from bot.chat.handlers import deeds
from bot.compose.house import furnish
from bot.library.dates import BabelDates
from tests.fakes.clock import FakeClock
from tests.fakes.hearing import Calm
from tests.fakes.records import FakeRecords
from tests.standing_library import StandingLibrary, a_library

FRIDAY_NOON = datetime(2026, 11, 20, 12, 14, tzinfo=UTC)
DESK = -100
LEASE = timedelta(seconds=90)
DEEDS = deeds()
"""What every button sets off, as in the chat."""

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


@dataclass
class Scene:
    """The house as it ships. Everything written leaves when `deliver` is called, and gets a message id."""

    clock: FakeClock = field(default_factory=lambda: FakeClock(FRIDAY_NOON))
    records: FakeRecords = field(default_factory=FakeRecords)
    library: StandingLibrary = field(default_factory=a_library)
    arrived: list[tuple[int, Act]] = field(default_factory=list)
    ids: "count[int]" = field(default_factory=lambda: count(1))
    keys: Keys = field(default_factory=CountedKeys)
    understanding: Hearing = field(default_factory=Calm)
    pagers: tuple[Contact, ...] = ()
    """The second alarm channel."""

    def __post_init__(self) -> None:
        self.furnish(on_telegram=False)

    def furnish(self, *, on_telegram: bool) -> None:
        self.furniture = furnish(
            self.clock,
            self.library,
            BabelDates(),
            self.understanding,
            self.keys,
            bot_name="aftercare_bot",
            on_telegram=on_telegram,
            pagers=self.pagers,
        )

    @property
    def office(self) -> House:
        return self.furniture.house

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

    def deliver(self) -> None:
        """What is due now arrives; rows of a plan stay for the dispatcher."""
        while leaving := self._due():
            for row, act in leaving:
                self._arrive(row, act)

    def tap(self, who: Sender, label: str, *, nth: int = -1) -> None:
        """The newest button of this label in the chat, unless another one is meant."""
        self.deliver()
        taps = [tap for tap in self.records.memory.taps.values() if tap.chat == who.chat and tap.label == label]
        if not taps:
            raise AssertionError(f"no button {label!r}; the chat shows {self.buttons(who)}")
        tap = taps[nth]
        row = self.work.outbox.get(tap.delivery_id)
        aimed = row.act.target.message if row.act is not None and row.act.target is not None else row.message_id
        DEEDS[tap.deed](self.office, self.work, replace(who, tapped=True), replace(tap, message_id=aimed))
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

    def _due(self) -> list[tuple[Delivery, Act]]:
        rows = self.work.outbox.due(at=self.clock.now(), limit=100)
        return [(row, row.act) for row in rows if row.act is not None]

    def _arrive(self, row: Delivery, act: Act) -> None:
        if row.after is not None:
            act = act.after(self.work.outbox.get(row.after)) or act
        attempt, message_id = f"attempt-{row.id}", next(self.ids)
        frozen = self.work.outbox.begin(row, act, attempt_id=attempt, lease=LEASE, alert=False)
        result = Result(Outcome.SENT, message_id=message_id)
        self.work.outbox.finish(row.id, attempt, DeliveryState.SENT, at=self.clock.now(), result=result)
        self.arrived.append((row.contact.chat, frozen or act))


def a_scene(*, proven: bool = True, pagers: tuple[Contact, ...] = ()) -> Scene:
    """`proven`: the desk has seen its test alert."""
    scene = Scene(pagers=pagers)
    for who, role in ROLES.items():
        scene.work.team.add(Member(who.account, who.name, role, FRIDAY_NOON))
    tested = FRIDAY_NOON if proven else None
    desk = Desk(Contact(DESK), "Staff", is_forum=False, set_by=1, set_at=FRIDAY_NOON, tested_at=tested)
    scene.work.team.set_desk(desk)
    return scene
