"""The messages of one treatment as a booklet shows them: every case, every question, every answer."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import cached_property
from html import escape

from bot.care.model.document import Message, Part
from bot.care.model.protocol import Anchor, Answer, Ask, AskKind, Moment, Protocol, Step
from bot.care.model.revision import Item
from bot.care.model.texts import flat
from bot.care.model.words import Facts, Html
from bot.care.services.booklet_cases import BookletCases
from bot.care.services.questions import Questions, words_of
from bot.care.services.sampling import Sample, Sampling
from bot.care.services.speaking import Speaking


@dataclass(frozen=True)
class BookletMessages:
    speaking: Speaking
    sampling: Sampling
    sources: Callable[[str], Sequence[str]]
    levels: Mapping[str, str]
    protocol: Protocol
    language: str
    at: datetime

    def steps(self) -> Iterator[Message]:
        """In the order in which they come: after the session, then before the next."""
        return map(self._step, sorted(self.protocol.steps, key=_order))

    def advice(self) -> Iterator[Message]:
        """What answers of this treatment raise, and what is said then."""
        for flag in self._raised:
            key = f"red_flags/{flag}"
            name, level = self._plain(f"{key}/name", {}), self._level(flag)
            title = self._label("advice-title", value=flag, what=name, how=level)
            sample = Sample(self.protocol.id, 1)
            yield Message(title, "", tuple(self._cases(key, "words", sample)))

    def also(self) -> Iterator[Message]:
        """What another treatment or a prescription adds to a day's message."""
        for key in self.sampling.shelf.keys(self.language):
            section, _, name = key.rpartition("/")
            if section == "phrases/also":
                sample = Sample(self.protocol.id, 1)
                yield Message(self._added(name), "", tuple(self._cases(key, "words", sample)))

    # --- inside ------------------------------------------------------------------------------------------------------

    def _step(self, step: Step) -> Message:
        key, sample = f"steps/{words_of(self.protocol, step)}", Sample(self.protocol.id, _day(step))
        safety = self._cases(f"{key}/safety", "safety", sample)
        asks = (part for ask in step.asks for part in self._ask(key, step, ask, sample))
        parts = (*self._cases(key, "words", sample), *safety, *asks)
        return Message(self._title(step), "\n".join(self._about(step)), parts, self._sources(key, step))

    def _title(self, step: Step) -> str:
        return self._label("step", when=self._on(_day(step)), how=self._moment(step))

    def _moment(self, step: Step) -> str:
        moment = self._label(step.moment.value)
        return moment if step.at is None else self._label("at", what=moment, value=self._hour(step.at))

    def _about(self, step: Step) -> Iterator[str]:
        before = step.anchor is Anchor.NEXT_SESSION
        until = self._label(
            "until-before" if before else "until-after", day=str(step.until.day), value=self._hour(step.until.at)
        )
        yield f"{self._label('id', value=step.id)}. {self._label(f'late-{step.late.value}', limit=until)}."
        if step.alarm:
            yield f"{self._label('alarm')}."
        for name, value in (("late-of", step.late_of), ("repeats", step.repeats), ("follows", step.follows)):
            if value:
                yield f"{self._label(name, value=value)}."
        if step.only_if:
            yield f"{self._label('only-if', listed=_named(step.only_if))}."

    def _cases(self, key: str, name: str, sample: Sample) -> Iterator[Part]:
        return BookletCases(self.speaking, self.sampling, self.language, self.at).of(key, name, sample)

    def _added(self, name: str) -> str:
        treatment, _, day = name.rpartition("-")
        if treatment not in self.sampling.shelf.protocols:
            return self._label("also-recorded", what=name)
        return self._label("also-day", what=self.speaking.treatment_name(treatment), day=day)

    # --- questions ---------------------------------------------------------------------------------------------------

    def _ask(self, key: str, step: Step, ask: Ask, sample: Sample) -> Iterator[Part]:
        facts = self._facts(key, sample)
        questions = Questions(self.sampling.shelf, self.language, facts, self.protocol, 0)
        yield Part(self._asked(ask), Html(questions.words(step, ask)), tuple(self._choices(questions, step, ask)))
        if ask.unanswered:
            yield Part("", Html(escape(self._label("unanswered", value=ask.unanswered))))
        for answer in ask.answers:
            for part in self._cases(f"{key}/reply/{ask.id}/{answer.id}", "words", sample):
                label = self._answer(key, ask, answer, facts)
                yield Part(f"{self._label('answer', what=label)}", part.text)

    def _asked(self, ask: Ask) -> str:
        if ask.follow_up:
            return self._label("ask-after", value=ask.id)
        if ask.only_if:
            return self._label("ask-if", value=ask.id, listed=_named(ask.only_if))
        return self._label("ask", value=ask.id)

    def _choices(self, questions: Questions, step: Step, ask: Ask) -> Iterator[str]:
        if ask.kind is AskKind.CHOICE:
            key = f"steps/{words_of(self.protocol, step)}"
            yield from (self._choice(key, ask, answer, questions.facts) for answer in ask.answers)
            return
        rows = questions.keyboard(step, ask)[:-1]
        yield from (flat(button.label) for row in rows for button in row)

    def _choice(self, key: str, ask: Ask, answer: Answer, facts: Facts) -> str:
        label = self._answer(key, ask, answer, facts)
        if answer.raises is None:
            return label
        name = "raises" if answer.since is None else "raises-since"
        return self._label(name, what=label, value=answer.raises, day=str(answer.since))

    def _answer(self, key: str, ask: Ask, answer: Answer, facts: Facts) -> str:
        return self._plain(f"{key}/answer/{ask.id}/{answer.id}", facts)

    # --- words -------------------------------------------------------------------------------------------------------

    def _facts(self, key: str, sample: Sample) -> Facts:
        written = self.sampling.shelf.written(key, self.language)[0]
        return self.sampling.facts(sample, Item(self.language, key), written, at=self.at)

    def _plain(self, key: str, facts: Facts) -> str:
        return flat(self.sampling.shelf.say(key, self.language, facts))

    def _sources(self, key: str, step: Step) -> str:
        file = self.sampling.shelf.written(key, self.language)[0].file
        listed = ", ".join(dict.fromkeys((*step.sources, *self.sources(file))))
        return self._label("sources", listed=listed) if listed else ""

    @cached_property
    def _raised(self) -> Sequence[str]:
        asks = [ask for step in self.protocol.steps for ask in step.asks]
        found = (flag for ask in asks for flag in (*(one.raises for one in ask.answers), ask.unanswered) if flag)
        return sorted(dict.fromkeys(found), key=list(self.levels).index)

    def _level(self, flag: str) -> str:
        return self._label(f"level-{self.levels[flag]}")

    def _on(self, day: int) -> str:
        name = "day-after" if day >= 0 else "day-before-1" if day == -1 else "day-before"
        return self._label(name, day=str(abs(day)))

    def _hour(self, hour: time) -> str:
        return self.speaking.dates.say_time(hour, self.speaking.staff_language)

    def _label(self, name: str, **facts: str) -> str:
        return self.speaking.label(f"handbook/{name}", **facts)


def _named(conditions: Sequence[str]) -> str:
    return ", ".join(name.replace("-", " ") for name in conditions)


def _order(step: Step) -> tuple[bool, int, int, int]:
    before = step.anchor is Anchor.NEXT_SESSION
    moment = (Moment.SESSION_END, Moment.MORNING, Moment.FIXED, Moment.EVENING).index(step.moment)
    return before, -step.day if before else step.day, moment, step.rank


def _day(step: Step) -> int:
    return -step.day if step.anchor is Anchor.NEXT_SESSION else step.day
