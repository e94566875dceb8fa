"""Answer with one approved topic, and show what else may be asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.care.model.delivery import Button, Keyboard
from bot.care.model.people import Patient
from bot.care.model.words import Html
from bot.care.ports import MissingWords, Topic, Work
from bot.care.services.asking import in_rows, person_button
from bot.care.services.knowing import Knowing
from bot.care.services.posting import tell

RELATED = 2
ON_A_PAGE = 8


@dataclass(frozen=True)
class Topics:
    knowing: Knowing

    def tell(self, work: Work, patient: Patient, topic: str, *, at: datetime) -> bool:
        """The topic's answer for this patient today; False when there is none."""
        known = self._of(patient)
        if topic not in known:
            return False
        try:
            text = self.knowing.say(work, patient, f"faq/{topic}", at=at)
        except MissingWords:
            return False  # it needs dates that this patient does not have
        related = [known[other] for other in known[topic].also if other in known][:RELATED]
        tell(work, patient, text, at=at, keyboard=(*self.buttons(related), *self.menu(patient)))
        return True

    def offer(self, work: Work, patient: Patient, candidates: Iterable[str], *, at: datetime) -> None:
        """Says that it is not sure: the closest topics, something else, and a person."""
        known = self._of(patient)
        near = [known[topic] for topic in candidates if topic in known]
        other = Button(self._label(patient, "listening/something-else"), "topics", ("0",))
        keyboard = (*self.buttons(near), (other,), (person_button(self.knowing, patient),))
        text = self.knowing.say(work, patient, "phrases/listening/not-sure", at=at)
        tell(work, patient, text, at=at, keyboard=keyboard)

    def page(self, patient: Patient, number: int) -> tuple[Html, Keyboard]:
        """One page of all topics, by title, with a way on, back, and to a person."""
        titles = sorted(self._of(patient).values(), key=lambda topic: topic.title.casefold())
        pages = max(1, -(-len(titles) // ON_A_PAGE))
        here = min(max(number, 0), pages - 1)
        shown = titles[here * ON_A_PAGE : (here + 1) * ON_A_PAGE]
        steps = [
            Button(label, "topics", (str(to),)) for label, to in (("◀", here - 1), ("▶", here + 1)) if 0 <= to < pages
        ]
        rows = (tuple(steps),) if steps else ()
        text = self.knowing.speaking.phrase("selfcare/topics", patient, page=str(here + 1), pages=str(pages))
        return text, (*self.buttons(shown), *rows, (person_button(self.knowing, patient),))

    def buttons(self, topics: Iterable[Topic]) -> Keyboard:
        return in_rows([Button(topic.title, "topic", (topic.id,)) for topic in topics])

    def menu(self, patient: Patient) -> Keyboard:
        """What stands under every answer; a person is always one tap away."""
        today = Button(self._label(patient, "selfcare/menu-today"), "today")
        topics = Button(self._label(patient, "selfcare/menu-topics"), "topics", ("0",))
        return ((today, topics), (person_button(self.knowing, patient),))

    def _of(self, patient: Patient) -> dict[str, Topic]:
        return dict(self.knowing.shelf.topics(patient.language))

    def _label(self, patient: Patient, name: str) -> str:
        return self.knowing.speaking.label(name, patient.language)
