"""Answer with one approved topic, and show what else may be asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.care.model.delivery import Button, Keyboard
from bot.care.model.people import Patient
from bot.care.model.unanswered import ELSE
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.ports.words import MissingWords, Topic
from bot.care.services.asking import in_rows, person_button
from bot.care.services.knowing import Knowing
from bot.care.services.posting import tell

RELATED = 2
ON_A_PAGE = 8


@dataclass(frozen=True)
class Topics:
    knowing: Knowing

    def tell(self, work: Work, patient: Patient, topic: str, *, at: datetime, about: str = "") -> bool:
        """The topic's answer for this patient today; False when there is none.

        `about`: the message that it answers, for whoever keeps what the patient takes instead.
        """
        known = self._of(patient)
        if topic not in known:
            return False
        try:
            text = self.knowing.say(work, patient, f"faq/{topic}", at=at)
        except MissingWords:
            return False  # it needs dates that this patient does not have
        related = [known[other] for other in known[topic].also if other in known][:RELATED]
        tell(work, patient, text, at=at, keyboard=(*self.buttons(related, about), *self.menu(patient, about)))
        return True

    def offer(self, work: Work, patient: Patient, candidates: Iterable[str], *, at: datetime, about: str = "") -> None:
        """Says that it is not sure: the closest topics, something else, and a person."""
        known = self._of(patient)
        near = [known[topic] for topic in candidates if topic in known]
        other = Button(self._label(patient, "listening/something-else"), "topics", _args("0", about, ELSE))
        keyboard = (*self.buttons(near, about), (other,), (person_button(self.knowing, patient),))
        text = self.knowing.say(work, patient, "phrases/listening/not-sure", at=at)
        tell(work, patient, text, at=at, keyboard=keyboard)

    def page(self, patient: Patient, number: int, about: str = "") -> tuple[Html, Keyboard]:
        """One page of all topics, by title, with a way on, back, and to a person."""
        titles = sorted(self._of(patient).values(), key=lambda topic: topic.title.casefold())
        pages = max(1, -(-len(titles) // ON_A_PAGE))
        here = min(max(number, 0), pages - 1)
        shown = titles[here * ON_A_PAGE : (here + 1) * ON_A_PAGE]
        steps = [
            Button(label, "topics", _args(str(to), about))
            for label, to in (("◀", here - 1), ("▶", here + 1))
            if 0 <= to < pages
        ]
        rows = (tuple(steps),) if steps else ()
        text = self.knowing.speaking.phrase("selfcare/topics", patient, page=str(here + 1), pages=str(pages))
        return text, (*self.buttons(shown, about), *rows, (person_button(self.knowing, patient),))

    def buttons(self, topics: Iterable[Topic], about: str = "") -> Keyboard:
        return in_rows([Button(topic.title, "topic", _args(topic.id, about)) for topic in topics])

    def menu(self, patient: Patient, about: str = "") -> Keyboard:
        """What stands under every answer; a person is always one tap away."""
        today = Button(self._label(patient, "selfcare/menu-today"), "today")
        topics = Button(self._label(patient, "selfcare/menu-topics"), "topics", _args("0", about))
        return ((today, topics), (person_button(self.knowing, patient),))

    def _of(self, patient: Patient) -> dict[str, Topic]:
        return dict(self.knowing.shelf.topics(patient.language))

    def _label(self, patient: Patient, name: str) -> str:
        return self.knowing.speaking.label(name, patient.language)


def _args(what: str, about: str, *more: str) -> tuple[str, ...]:
    """What nobody keeps goes without."""
    return (what, about, *more) if about else (what,)
