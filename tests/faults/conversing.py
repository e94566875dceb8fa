"""Patients and staff who talk, show, speak, correct themselves and talk at once, while their bot falls over."""

import asyncio
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum, auto
from random import Random
from typing import TypeVar

from bot.playground.world import Message
from tests.faults.clinic import Clinic, words_of
from tests.faults.desks import Kind, Place
from tests.faults.waiting import pause
from tests.pictures.recordings import a_voice
from tests.stories.test_talking import PIXEL

Found = TypeVar("Found")
MARK = re.compile(r"\bm\d+[psx]\d+\b")
"""Every text holds one: whose conversation, who says it (`x`: staff, to nobody), and its number."""
BEFORE = re.compile(r"\(changed; before: “[^”]*”\)|^Before: .*$", re.MULTILINE)
WRITE_TO = "Reply to patient"
TURNS = 5
TALKED_OUT = 240.0
"""Seconds, about twice what all that a dozen patients and their staff say needs."""
REST = 0.4
"""Seconds between two turns of a conversation, at most."""
READ_IN = 0.8
"""Seconds until a person answers to what they see: more than Telegram takes to say that it is there."""
PDF = b"%PDF-1.7\n"


class Turn(StrEnum):
    PATIENT_WRITES = auto()
    PATIENT_SHOWS = auto()
    PATIENT_SPEAKS = auto()
    PATIENT_CORRECTS = auto()
    PATIENT_SENDS_A_PAPER = auto()
    STAFF_WRITE = auto()
    STAFF_SHOW = auto()
    STAFF_SPEAK = auto()
    STAFF_CORRECT = auto()
    STAFF_SEND_A_PAPER = auto()
    STAFF_BEGIN = auto()
    STAFF_TALK = auto()
    BOTH_AT_ONCE = auto()


class Answer(StrEnum):
    """What staff see of their own words that went to nobody."""

    WORDS = auto()
    MARK = auto()
    NOTHING = auto()


class How(StrEnum):
    """A picture's words stand under it and in the alert about it."""

    TOLD = auto()
    SHOWN = auto()
    NOT_SHOWN = auto()


@dataclass
class Conversation:
    """`said` holds the marks of all that was said to the other side, in order: the patient's, and the staff's."""

    clinic: Clinic
    kind: Kind
    rng: Random
    number: int
    chat: int
    name: str
    code: str
    said: dict[str, list[str]] = field(default_factory=lambda: {"p": [], "s": []})
    shown: dict[str, How] = field(default_factory=dict)
    """How what is more than words comes where its alert stands."""
    corrected: dict[str, str] = field(default_factory=dict)
    """The mark of what staff wrote first -> of what they wrote in its place."""
    replies: list[int] = field(default_factory=list)
    """What staff wrote to the patient."""
    unsent: dict[int, Answer] = field(default_factory=dict)
    """What staff wrote to nobody."""
    pictures: int = 0
    papers: int = 0
    """Both the patient's."""
    topic: Place | None = None
    _marks: int = 0
    _last: Message | None = None
    _last_reply: tuple[Message, str] | None = None

    @property
    def desk(self) -> Place:
        return Place(self.clinic.desk)

    async def runs(self) -> None:
        if self.kind is Kind.FORUM:
            self.topic = await self._until(self._own_topic)
        self._patient_shows()
        for turn in self.rng.choices(list(Turn), k=TURNS):
            await pause(self.rng.uniform(0, REST))
            await self._takes(turn)

    # --- inside ---

    async def _takes(self, turn: Turn) -> None:
        alone = {
            Turn.PATIENT_WRITES: self._patient_writes,
            Turn.PATIENT_SHOWS: self._patient_shows,
            Turn.PATIENT_SPEAKS: self._patient_speaks,
            Turn.PATIENT_CORRECTS: self._patient_corrects,
            Turn.PATIENT_SENDS_A_PAPER: self._patient_sends_a_paper,
            Turn.STAFF_CORRECT: self._staff_correct,
            Turn.STAFF_TALK: self._staff_talk,
        }
        answering = {
            Turn.STAFF_WRITE: self._reply,
            Turn.STAFF_SHOW: self._staff_show,
            Turn.STAFF_SPEAK: self._staff_speak,
            Turn.STAFF_SEND_A_PAPER: self._staff_send_a_paper,
            Turn.STAFF_BEGIN: self._reply,
            Turn.BOTH_AT_ONCE: self._both_at_once,
        }
        if turn in alone:
            alone[turn]()
        else:
            answering[turn](await (self._asked_for_words() if turn is Turn.STAFF_BEGIN else self._shown()))

    def _patient_writes(self) -> None:
        self._last = self.clinic.people.write(self.chat, self.chat, self._words("p"))

    def _patient_shows(self) -> None:
        """What only a person can read begins a conversation with one."""
        self.pictures += 1
        self._last = self._patient_sends("photo", PIXEL, caption=self._words("p"))
        self.shown[self.said["p"][-1]] = How.SHOWN

    def _patient_sends_a_paper(self) -> None:
        self.papers += 1
        self._patient_sends("document", PDF, caption=self._words("p"))
        self.shown[self.said["p"][-1]] = How.NOT_SHOWN

    def _patient_sends(self, kind: str, content: bytes, *, caption: str = "") -> Message:
        return self.clinic.people.send_file(kind, self.chat, self.chat, content, caption=caption)

    def _patient_speaks(self) -> None:
        self._patient_sends("voice", self._spoken("p"))

    def _patient_corrects(self) -> None:
        if self._last is None:
            return
        self.clinic.people.edit(self.chat, self.chat, self._last.message_id, self._words("p"))
        if "photo" in self._last.content:
            # with other words below it, it is shown once more
            self.pictures += 1
            self.shown[self.said["p"][-1]] = How.SHOWN

    def _reply(self, shown: Message) -> None:
        words = self._words("s")
        written = self.clinic.people.write(
            self.clinic.staff, shown.chat_id, words, thread=shown.thread_id, reply_to=shown.message_id
        )
        self.replies.append(written.message_id)
        self._last_reply = written, self.said["s"][-1]

    def _send(self, kind: str, shown: Message, content: bytes, *, caption: str = "") -> Message:
        where, thread, under = shown.chat_id, shown.thread_id, shown.message_id
        return self.clinic.people.send_file(
            kind, self.clinic.staff, where, content, caption=caption, thread=thread, reply_to=under
        )

    def _staff_show(self, shown: Message) -> None:
        self.replies.append(self._send("photo", shown, PIXEL, caption=self._words("s")).message_id)

    def _staff_speak(self, shown: Message) -> None:
        self.replies.append(self._send("voice", shown, self._spoken("s")).message_id)

    def _staff_send_a_paper(self, shown: Message) -> None:
        paper = self._send("document", shown, PDF, caption=self._words("x"))
        self.unsent[paper.message_id] = Answer.WORDS

    def _both_at_once(self, shown: Message) -> None:
        self._patient_writes()
        self._reply(shown)

    def _staff_correct(self) -> None:
        if self._last_reply is None:
            return
        written, before = self._last_reply
        place = self.said["s"].index(before)
        words = self._words("s")
        after = self.said["s"].pop()
        # it takes the place of what stood there
        self.said["s"][place] = self.corrected[before] = after
        self.clinic.people.edit(self.clinic.staff, written.chat_id, written.message_id, words)
        self._last_reply = written, after

    def _staff_talk(self) -> None:
        """Among themselves; now and then to what a colleague wrote."""
        where = self.topic or self.desk
        own, _ = self._last_reply or (None, "")
        to = own.message_id if own is not None and own.thread_id == where.topic and self.rng.random() < 0.5 else None
        said = self.clinic.people.write(
            self.clinic.staff, where.chat, self._words("x"), thread=where.topic, reply_to=to
        )
        seen = {Kind.PRIVATE: Answer.WORDS, Kind.GROUP: Answer.NOTHING, Kind.FORUM: Answer.MARK}
        self.unsent[said.message_id] = seen[self.kind]

    async def _shown(self) -> Message:
        """Staff answer to the newest that they see of this patient: in their topic, or where it was raised."""
        place = self.rng.choice([self.desk, *([self.topic] if self.topic is not None else [])])
        shown = await self._until(lambda: self._newest(place))
        await pause(READ_IN)
        return shown

    async def _asked_for_words(self) -> Message:
        """What *Reply to patient* asks for; where there is no such button they answer to what they see."""
        if self.topic is None:
            return await self._shown()
        topic = self.topic
        under = await self._until(lambda: self._newest(topic, WRITE_TO))
        data = next(data for label, data in _buttons(under) if label == WRITE_TO)
        before = topic.heard(self.clinic)[-1].message_id
        self.clinic.people.tap(self.clinic.staff, under.chat_id, under.message_id, data)
        asks = await self._until(lambda: self._asks(topic, after=before))
        await pause(READ_IN)
        return asks

    async def _until(self, find: Callable[[], Found | None]) -> Found:
        try:
            async with asyncio.timeout(TALKED_OUT):
                return await self.clinic.playground.telegram.journal.until(find)
        except TimeoutError as error:
            raise AssertionError(f"{self.name} at the {self.kind} desk is not seen; said: {self.said}") from error

    def _own_topic(self) -> Place | None:
        """Known by its first words: a topic that was opened twice has them once."""
        hello = f"This is the topic of {self.name} ("
        found = (one.thread_id for one in self.clinic.heard(self.clinic.desk) if words_of(one).startswith(hello))
        return next((Place(self.clinic.desk, thread) for thread in found if thread is not None), None)

    def _newest(self, place: Place, button: str = "") -> Message | None:
        heard = reversed(place.heard(self.clinic))
        if button:
            return next((one for one in heard if any(label == button for label, _ in _buttons(one))), None)
        return next((one for one in heard if self._is_shown_in(one)), None)

    def _is_shown_in(self, message: Message) -> bool:
        own = set(self.said["p"])
        return any(mark in own for mark in marks_in(message, self.clinic))

    def _asks(self, topic: Place, *, after: int) -> Message | None:
        heard = (one for one in topic.heard(self.clinic) if one.message_id > after)
        return next((one for one in heard if words_of(one).startswith(f"Write to {self.name} (")), None)

    def _words(self, side: str) -> str:
        return f"the violin needs new strings {self._mark(side)}"

    def _spoken(self, side: str) -> bytes:
        """Nobody writes words under a voice: they are in its sound."""
        return a_voice(sound=self._words(side).encode())

    def _mark(self, side: str) -> str:
        self._marks += 1
        mark = f"m{self.number}{side}{self._marks}"
        self.said.setdefault(side, []).append(mark)
        return mark


def marks_in(message: Message, clinic: Clinic) -> list[str]:
    """Of what is said in it; what it quotes of words that were changed is not said again."""
    words = BEFORE.sub("", words_of(message))
    return MARK.findall(f"{words} {_heard_in(message, clinic)}")


def _heard_in(message: Message, clinic: Clinic) -> str:
    voice = clinic.playground.telegram.files.find(message.content.get("voice", {}).get("file_id", ""))
    return "" if voice is None else voice.content.decode("latin-1")


def _buttons(message: Message) -> Iterator[tuple[str, str]]:
    for row in (message.buttons or {}).get("inline_keyboard", ()):
        yield from ((button["text"], button.get("callback_data", "")) for button in row)
