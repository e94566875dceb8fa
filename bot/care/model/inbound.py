"""What came in: a raw update waiting its turn, and a message a patient wrote."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.care.model.sent_file import SentFile


class InboxState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    QUARANTINED = "quarantined"


@dataclass(frozen=True)
class RawUpdate:
    """An update as it came; `order` groups those that must be handled one after another (chat and sender)."""

    id: int
    order: str
    raw: str
    received_at: datetime
    tries: int = 0


class Heard(StrEnum):
    """The named end of every message a patient writes."""

    ANSWERED = "answered"
    ESCALATED = "escalated"
    CLARIFYING = "clarifying"
    UNMATCHED = "unmatched"
    CHECK_IN = "check-in"
    COMMAND = "command"
    PASSED_ON = "passed-on"
    REPLY = "reply"
    """A person of the clinic wrote this one."""
    SUGGESTED = "suggested"
    """A person is talking with the patient: the bot's answer waits for theirs. Its `topic` names one topic or more."""
    HANDED_BACK = "handed-back"
    """That person lets the bot go on."""


BY_STAFF = frozenset({Heard.REPLY, Heard.HANDED_BACK})
"""Lines of a patient's diary that are no sign of life of theirs."""


MEDIA = "media"
"""Stands for what is no text, as the topic of its line in the diary and as the reason of its alert."""


@dataclass(frozen=True)
class Entry:
    """A line of a patient's diary: what was said by whom, and what became of it."""

    patient_id: int
    at: datetime
    heard: Heard
    words: str
    chat: int
    message_id: int
    topic: str = ""
    id: int = 0
    file: SentFile | None = None
    """What came with it."""


EACH_TIME = "@"
OF_ANOTHER = "!"
"""Stands in the step of an answer, before the chat of whoever gave it in a patient's place."""
"""Between a daily step's id and the day of its answer."""


@dataclass(frozen=True)
class CheckInAnswer:
    """What a patient answered to one ask of one step; `value` is the answer's id or a number as text."""

    patient_id: int
    enrolment_id: int
    step: str
    """Of a step that is put again, its id and the day, or the session's date (`conditions.kept_as`)."""
    ask: str
    value: str
    at: datetime
    day: int
    id: int = 0

    @property
    def step_id(self) -> str:
        """The step in the protocol, whichever morning it was."""
        return self.step.partition(EACH_TIME)[0]


@dataclass(frozen=True)
class Flow:
    """What the bot asked last in a chat, so that a restart forgets nothing."""

    chat: int
    person: int
    kind: str
    data: dict[str, str]
    expires_at: datetime


@dataclass(frozen=True)
class Invitation:
    """A one-time link and its typeable code; only their keyed hashes are stored."""

    patient_id: int
    token_hash: str
    code_hash: str
    expires_at: datetime
    id: int = 0
    used_at: datetime | None = None
    used_by: int | None = None
    revoked_at: datetime | None = None


@dataclass(frozen=True)
class Tap:
    """A button that was really put under a message of ours, found again by its opaque id."""

    token: str
    deed: str
    args: tuple[str, ...]
    chat: int
    delivery_id: int
    label: str
    used_at: datetime | None = None
    message_id: int | None = None
    """The message it hangs under, once sent."""


@dataclass(frozen=True)
class AuditEvent:
    """Who did what to whom; ids only, chained by hash."""

    at: datetime
    actor: str
    """`member:<account>`, `patient:<code>`, `system`, `file`, `cli`."""
    deed: str
    subject: str
    detail: str = ""


@dataclass(frozen=True)
class Sender:
    """Whose update it is. `account` is the numeric id of a real person, never a group or a channel."""

    account: int
    chat: int
    name: str
    language: str = ""
    """What Telegram says of the person's language, e.g. `en` or `pt-br`; may be empty."""
    private: bool = True
    thread: int | None = None
    tapped: bool = False
    """By a button of ours in this very chat."""


@dataclass(frozen=True)
class Said:
    """A message somebody wrote, ready to be understood."""

    sender: Sender
    text: str
    message_id: int
    edited: bool = False
    reply_to: int | None = None
    """The id of the message it answers, if that one is ours."""
    reply_text: str = ""
    """What that one says."""
    reply_media: str = ""
    """What that one holds besides words."""
    media: str = ""
    """What it holds besides words, e.g. `photo`; then `text` is its caption."""
    file: SentFile | None = None
    """Of a photo or document: it is fetched, redrawn and sent anew, never copied as it came."""
    html: str = ""
    """The same words with the markup that the writer gave them."""
