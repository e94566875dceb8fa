"""A step's question in words, and the buttons that answer it."""

from dataclasses import dataclass

from bot.care.model.delivery import Button, Keyboard
from bot.care.model.protocol import Ask, AskKind, Protocol, Step
from bot.care.model.words import Facts
from bot.care.ports.words import Shelf

ROW_OF_NUMBERS = 6
GENERIC = {
    AskKind.PAIN: "pain",
    AskKind.RESULT: "result",
    AskKind.REDNESS: "redness",
    AskKind.PHOTO: "photo",
    AskKind.DATE: "date",
}
"""Questions that read the same in every step, unless the step has its own words."""
SKIP = "skip"
OK = "ok"


def words_of(protocol: Protocol, step: Step) -> str:
    """`<treatment>/<step>`, which may be shared between protocols."""
    return step.words or f"{protocol.id}/{step.id}"


@dataclass(frozen=True)
class Questions:
    """Questions of one protocol for one patient now. Buttons carry (enrolment, step, ask, value)."""

    shelf: Shelf
    language: str
    facts: Facts
    protocol: Protocol
    enrolment_id: int

    def words(self, step: Step, ask: Ask) -> str:
        """Empty for a plain "Got it"."""
        own = f"steps/{words_of(self.protocol, step)}/ask/{ask.id}"
        if self.shelf.has(own, self.language):
            return self._say(own)
        return self._say(f"phrases/asks/{GENERIC[ask.kind]}") if ask.kind in GENERIC else ""

    def keyboard(self, step: Step, ask: Ask) -> Keyboard:
        """The answers, and below them always the way to a person."""
        return (*self._answers(step, ask), *self.person())

    def person(self) -> Keyboard:
        return ((Button(self._say("phrases/asks/person"), deed="person"),),)

    def _answers(self, step: Step, ask: Ask) -> Keyboard:
        match ask.kind:
            case AskKind.CHOICE:
                return tuple((self._choice(step, ask, answer.id),) for answer in ask.answers)
            case AskKind.PAIN | AskKind.RESULT:
                numbers = [self._button(step, ask, str(n), str(n)) for n in range(11)]
                return tuple(numbers[:ROW_OF_NUMBERS]), tuple(numbers[ROW_OF_NUMBERS:])
            case AskKind.REDNESS:
                labels = [self._say(f"phrases/asks/redness-{n}") for n in range(5)]
                return tuple((self._button(step, ask, str(n), label),) for n, label in enumerate(labels))
            case AskKind.ACK:
                return ((self._button(step, ask, OK, self._say("phrases/asks/ok")),),)
            case AskKind.PHOTO | AskKind.DATE:
                return ((self._button(step, ask, SKIP, self._say("phrases/asks/skip")),),)

    def _choice(self, step: Step, ask: Ask, answer: str) -> Button:
        label = self._say(f"steps/{words_of(self.protocol, step)}/answer/{ask.id}/{answer}")
        return self._button(step, ask, answer, label)

    def _button(self, step: Step, ask: Ask, value: str, label: str) -> Button:
        return Button(label, deed="answer", args=(str(self.enrolment_id), step.id, ask.id, value))

    def _say(self, key: str) -> str:
        return self.shelf.say(key, self.language, self.facts)
