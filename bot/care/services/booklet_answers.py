"""What is answered in one language as a booklet shows it: every topic, and the advice of every danger sign."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.care.model.document import Message
from bot.care.model.texts import flat
from bot.care.services.booklet_cases import BookletCases
from bot.care.services.sampling import Sampling
from bot.care.services.speaking import Speaking


@dataclass(frozen=True)
class BookletAnswers:
    speaking: Speaking
    sampling: Sampling
    sources: Callable[[str], Sequence[str]]
    levels: Mapping[str, str]
    language: str
    at: datetime

    def topics(self) -> Iterator[Message]:
        """By title."""
        topics = self.sampling.shelf.topics(self.language).values()
        for topic in sorted(topics, key=lambda one: one.title.casefold()):
            key = f"faq/{topic.id}"
            listed = ", ".join(self.sources(self.sampling.shelf.written(key, self.language)[0].file))
            sources = self._label("sources", listed=listed) if listed else ""
            yield Message(topic.title, "", tuple(self._cases.of(key, "words")), sources)

    def advice(self) -> Iterator[Message]:
        """In the order of their file."""
        for flag, level in self.levels.items():
            key = f"red_flags/{flag}"
            name = flat(self.sampling.shelf.say(f"{key}/name", self.language, {}))
            title = self._label("advice-title", value=flag, what=name, how=self._label(f"level-{level}"))
            yield Message(title, "", tuple(self._cases.of(key, "words")))

    @property
    def _cases(self) -> BookletCases:
        return BookletCases(self.speaking, self.sampling, self.language, self.at)

    def _label(self, name: str, **facts: str) -> str:
        return self.speaking.label(f"handbook/{name}", **facts)
