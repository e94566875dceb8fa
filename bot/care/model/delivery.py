"""One outbound act due to one contact, its states, and one try at it."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.care.model.chart import Chart
from bot.care.model.leaflet import Leaflet
from bot.care.model.page import Page
from bot.care.model.people import Contact
from bot.care.model.purpose import Purpose
from bot.care.model.sent_file import SentFile
from bot.care.model.sheet import Sheet


class Lane(StrEnum):
    """Who overtakes whom; order inside a lane is kept per chat."""

    URGENT = "urgent"
    """Advice on danger, and what rings for it: however much of all else somebody causes, it waits behind none of it."""
    BESIDE = "beside"
    """What staff are told beside their alerts: a patient's further words and pictures, who joined their group."""
    REPLY = "reply"
    SCHEDULED = "scheduled"
    PAGE = "page"
    """For the second alarm channel, past everything that holds up Telegram."""


class ActKind(StrEnum):
    SEND = "send"
    COPY = "copy"
    EDIT = "edit"
    DELETE = "delete"
    PIN = "pin"
    REACT = "react"
    BAN = "ban"
    """Somebody is taken out of a group and stays out."""
    UNBAN = "unban"
    LEAVE = "leave"
    """The bot itself goes out of a group."""
    TOPIC_OPEN = "topic-open"
    TOPIC_CLOSE = "topic-close"
    PAGE = "page"


class DeliveryState(StrEnum):
    SCHEDULED = "scheduled"
    SENDING = "sending"
    RETRY_WAIT = "retry_wait"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    EXPIRED = "expired"
    FOLDED = "folded"
    CANCELLED = "cancelled"
    UNREACHABLE = "unreachable"

    @property
    def final(self) -> bool:
        return self not in (DeliveryState.SCHEDULED, DeliveryState.SENDING, DeliveryState.RETRY_WAIT)


UNHEARD = frozenset({DeliveryState.CANCELLED, DeliveryState.EXPIRED, DeliveryState.FAILED, DeliveryState.UNREACHABLE})
"""Ends of a row that surely never reached anybody."""


@dataclass(frozen=True)
class Button:
    """A button under a message. `deed` with `args` becomes an opaque id in a row bound to chat and message."""

    label: str
    deed: str = ""
    args: tuple[str, ...] = ()
    url: str = ""
    copy: str = ""
    contact: bool = False
    """Telegram's own "share my phone number" key (a reply keyboard)."""
    token: str = ""
    """The opaque id that stands for `deed` and `args` on the wire; filled by the outbox."""


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class MessageRef:
    """A message in a chat."""

    chat: int
    message: int


@dataclass(frozen=True)
class Act:
    """What the dispatcher shall do. Text is Telegram HTML, at most 4,096 UTF-16 units after entities."""

    kind: ActKind
    to: Contact
    text: str = ""
    keyboard: Keyboard = ()
    qr: str = ""
    """Words to draw as a QR picture that carries `text` as its caption."""
    chart: Chart | None = None
    """Figures to draw as a picture that carries `text` as its caption."""
    document: tuple[str, str] | None = None
    """A file name and its text."""
    sheet: Sheet | None = None
    """Cards to draw as a document that carries `text` as its caption."""
    leaflet: Leaflet | None = None
    """A page to print; a document that carries `text` as its caption."""
    source: MessageRef | None = None
    """COPY: the message to copy."""
    file: SentFile | None = None
    """COPY: the photo or document of that message, which is sent anew without anything hidden in it."""
    pair: tuple[SentFile, ...] = ()
    """Two photos to be shown beside each other, with `text` as their caption; nobody can pass them on."""
    protected: bool = False
    """COPY: nobody can pass it on or save it."""
    album: int | None = None
    """The patient in whose album such a picture is kept, and is looked for first."""
    instead: str = ""
    """What is said where such a file turns out to be none that is passed on; without it the act is refused."""
    target: MessageRef | None = None
    """EDIT, DELETE, PIN, REACT: the message meant; or the result of the act in `Delivery.after`."""
    reply_to: int | None = None
    emoji: str = ""
    member: int = 0
    """BAN, UNBAN: whose account; `text` is their name. SEND, COPY by staff to a patient: the writer's."""
    silent: bool = False
    force_reply: bool = False
    page: Page | None = None
    """PAGE: what the second alarm channel is told."""

    def after(self, earlier: "Delivery") -> "Act | None":
        """This act once the one it depends on has ended; None where without that one it would say what is not so."""
        if earlier.act is not None and earlier.act.kind is ActKind.TOPIC_OPEN:
            # a topic has the number of its first message; one that could not be opened leaves the group itself
            return replace(self, to=replace(self.to, thread=earlier.message_id))
        if earlier.state is not DeliveryState.SENT or earlier.message_id is None:
            return None
        return replace(self, target=self.target or MessageRef(earlier.contact.chat, earlier.message_id))

    @property
    def is_captioned(self) -> bool:
        """Its text stands below a picture or a file, where Telegram takes less of it."""
        return bool(self.qr or self.chart or self.document or self.sheet or self.leaflet or self.pair)


@dataclass(frozen=True)
class Delivery:
    """A row of the outbox. A plan's row has enrolment, step and occurrence, and no act until its first attempt."""

    lane: Lane
    contact: Contact
    due_at: datetime
    """Clinic time."""
    id: int = 0
    act: Act | None = None
    state: DeliveryState = DeliveryState.SCHEDULED
    useful_until: datetime | None = None
    after: int | None = None
    """A delivery that must end first; its message is this one's target."""
    patient_id: int | None = None
    enrolment_id: int | None = None
    step: str = ""
    occurrence: str = ""
    """The anchor's own date, ISO: `UNIQUE(enrolment, step, occurrence)`."""
    escalation_id: int | None = None
    purpose: Purpose = Purpose.PLAIN
    unasked: bool = False
    """Initiated by the bot and by nobody of the clinic: waits where something else comes first."""
    attempts: int = 0
    ambiguous: int = 0
    attempt_id: str = ""
    departed: bool = False
    """Its last attempt's bytes may have left; until then whatever happens can neither lose nor double it."""
    retry_at: datetime | None = None
    """Machine time."""
    message_id: int | None = None
    sent_at: datetime | None = None
    reason: str = ""
    content_hash: str = ""
    rendered_on: str = ""
    """The patient's ISO date the frozen text was true for."""

    def writes(self, message: MessageRef) -> bool:
        """It says, or will say, what stands in this message."""
        if self.act is None or self.act.kind not in (ActKind.SEND, ActKind.EDIT):
            return False
        own = None if self.message_id is None else MessageRef(self.contact.chat, self.message_id)
        return (self.act.target or own) == message


class Outcome(StrEnum):
    SENT = "sent"
    NOT_SENT = "not_sent"
    NOT_BEGUN = "not_begun"
    """Its process was gone before a byte left."""
    AMBIGUOUS = "ambiguous"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    PAUSED = "paused"
    MOVED = "moved"


@dataclass(frozen=True)
class Result:
    """What became of one attempt, as the channel saw it."""

    outcome: Outcome
    message_id: int | None = None
    thread: int | None = None
    """TOPIC_OPEN: the new topic."""
    retry_after: float = 0.0
    """PAUSED: seconds, exactly as the channel said."""
    new_chat: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Claim:
    """A delivery taken for one attempt; the attempt is committed before the first byte leaves."""

    delivery: Delivery
    attempt_id: str
    act: Act = field(repr=False)
