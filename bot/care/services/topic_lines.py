"""What stands in a patient's topic: who said what, what became of it, and the bot's own words, folded up."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from bot.care.model.delivery import ActKind, Delivery
from bot.care.model.inbound import MEDIA, Entry, Heard
from bot.care.model.people import Patient
from bot.care.model.purpose import Purpose
from bot.care.model.texts import cut, flat, units
from bot.care.model.thread import Thread
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.confidence import confided_since
from bot.care.services.knowing import Knowing
from bot.care.services.suggestion import MOST

BETWEEN = "\n\n"
"""What stands between lines that share a message."""
MOST_MESSAGE = 3_500
"""UTF-16 units of lines that share a message."""
FULL = 4_000
"""UTF-16 units of a message with the bot's words in it: a little less than Telegram takes."""
WORTH_QUOTING = 60
"""UTF-16 units: with less room than that the bot's words are left out."""
BY_BOT = frozenset({Purpose.ANSWER, Purpose.ADVICE, Purpose.CLARIFY})


@dataclass(frozen=True)
class Line:
    text: Html
    told: str = ""
    """What the bot answered, without markup."""
    under: int | None = None
    """The message of the topic whose words this one changes."""


@dataclass(frozen=True)
class Together:
    """Lines that share a message."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> Html:
        """As much of the bot's words as there is room left for, and never a message more because of them."""
        plain = BETWEEN.join(line.text for line in self.lines)
        room, left = FULL - units(flat(plain)), sum(1 for line in self.lines if line.told)
        parts: list[str] = []
        for line in self.lines:
            quote = cut(line.told, most=room // left) if line.told and room // left >= WORTH_QUOTING else ""
            if line.told:
                room, left = room - units(quote) - 1, left - 1
            parts.append(f"{line.text}\n<blockquote expandable>{escape(quote)}</blockquote>" if quote else line.text)
        return Html(BETWEEN.join(parts))

    @property
    def under(self) -> int | None:
        return next((line.under for line in self.lines if line.under is not None), None)


def together(lines: Sequence[Line]) -> Iterator[Together]:
    """Lines that follow each other share a message, as long as it takes them."""
    message: list[Line] = []
    held = 0
    for line in lines:
        size = units(line.text)
        if message and held + size > MOST_MESSAGE:
            yield Together(tuple(message))
            message, held = [], 0
        held += size + (units(BETWEEN) if message else 0)
        message.append(line)
    if message:
        yield Together(tuple(message))


@dataclass(frozen=True)
class TopicLines:
    knowing: Knowing

    def lines(self, work: Work, thread: Thread, patient: Patient, entries: Iterable[Entry]) -> list[Line]:
        rows = work.outbox.of_patient(patient.id)
        return [
            Line(self._text(work, patient, one), _told(rows, one), self._under(work, thread, patient, one, rows))
            for one in entries
        ]

    def under(self, work: Work, thread: Thread, patient: Patient, entry: Entry) -> int | None:
        """Where the words stand that this message said before."""
        return self._under(work, thread, patient, entry, work.outbox.of_patient(patient.id))

    def _under(
        self, work: Work, thread: Thread, patient: Patient, entry: Entry, rows: Sequence[Delivery]
    ) -> int | None:
        before = _before(work, patient, entry)
        if before is None:
            return None
        text = flat(self._text(work, patient, before))
        here = (row for row in rows if row.purpose is Purpose.RELAY and row.contact == thread.contact)
        return max((row.message_id or 0 for row in here if row.message_id and _shows(row, before, text)), default=None)

    def _text(self, work: Work, patient: Patient, entry: Entry) -> Html:
        """Who said what, what it said before, and what the bot did about it."""
        speaking = self.knowing.speaking
        if entry.heard is Heard.REPLY:
            return speaking.staff("forum/by-staff", member_name=entry.topic, said=cut(entry.words, most=MOST))
        what = speaking.staff(f"forum/heard-{entry.heard.value}", what=self._about(entry))
        before = _before(work, patient, entry)
        if before is None:
            return speaking.about("forum/said", patient, said=cut(entry.words, most=MOST), what=what)
        said, was = cut(entry.words, most=MOST), cut(before.words, most=MOST)
        return speaking.about("forum/changed", patient, said=said, old_value=was, what=what)

    def _about(self, entry: Entry) -> str:
        """Titles of answered topics; other endings say enough by themselves."""
        topics = self.knowing.shelf.topics(self.knowing.speaking.staff_language)
        return ", ".join(topics[topic].title if topic in topics else topic for topic in entry.topic.split())


def _told(rows: Sequence[Delivery], entry: Entry) -> str:
    """What was put out for the patient in the deed that heard these words."""
    if entry.heard is Heard.REPLY:
        return ""
    mine = (row for row in rows if row.due_at == entry.at and row.contact.chat == entry.chat and row.purpose in BY_BOT)
    acts = (row.act for row in mine if row.act is not None and row.act.kind is ActKind.SEND)
    return "\n\n".join(flat(act.text) for act in acts)


def _before(work: Work, patient: Patient, entry: Entry) -> Entry | None:
    """The line of the same message before the patient changed it; None for its first words.

    Taps stand under the number of the message with the buttons: another choice is no changed message.
    """
    if not entry.message_id or entry.heard in (Heard.CHECK_IN, Heard.REPLY):
        return None
    before = work.diary.before(entry)
    if before is None or _says_the_same(before, entry):
        return None
    # what was confided to clinicians is not quoted to the desk later
    return before if confided_since(work, patient, at=before.at) is None else None


def _says_the_same(before: Entry, entry: Entry) -> bool:
    """A picture's words stand twice where they were a danger sign: alone, and beside what kind it is."""
    same = before.words == entry.words
    return same or (entry.topic == MEDIA and entry.words.endswith(f"] {before.words}"))


def _shows(row: Delivery, before: Entry, text: str) -> bool:
    if row.act is None or row.act.kind is not ActKind.SEND:
        return False
    offers = (button for keys in row.act.keyboard for button in keys if button.deed == "suggestion-send")
    return any(button.args == (str(before.id),) for button in offers) or text in flat(row.act.text)
