"""Put together the booklet that clinicians sign: messages with all their cases, sources, the clinic's decisions."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.care.model.document import Block, Chapter, Document, Heading, Paragraph, Signature, Table
from bot.care.model.protocol import Protocol, Span, WindowRule
from bot.care.model.sign_off import ANSWERS
from bot.care.services.booklet_answers import BookletAnswers
from bot.care.services.booklet_messages import BookletMessages
from bot.care.services.sampling import Sampling
from bot.care.services.speaking import Speaking
from scheduler.localtime import local_day

Sources = Callable[[str], Sequence[str]]
"""A file's name -> ids of the sources that it names."""


@dataclass(frozen=True)
class Booklet:
    """`ledger`: id -> what the source says, in the order of its file.

    `levels`: danger sign -> how urgent it is, in the order of its file.
    """

    speaking: Speaking
    sampling: Sampling
    sources: Sources
    ledger: Mapping[str, str]
    levels: Mapping[str, str]

    def written(self, treatments: Sequence[str], *, with_answers: bool, at: datetime) -> Document:
        shelf, said = self.sampling.shelf, self._said
        clinic = shelf.clinic
        when = self._day(local_day(at, clinic.zone))
        facts = {"clinic_name": clinic.name, "when": when, "value": shelf.version}
        about = tuple(
            self.speaking.staff(f"handbook/{name}", **facts) for name in ("about", "about-reading", "about-print")
        )
        chapters = [self._treatment(shelf.protocols[name], language, at=at)
                    for name in treatments for language in clinic.languages]  # fmt: skip
        if with_answers:
            chapters += [self._answers(language, at=at) for language in clinic.languages]
        return Document(
            language=self.speaking.staff_language,
            title=said("title"),
            subtitle=said("subtitle", **facts),
            about=about,
            contents=said("contents"),
            chapters=(*chapters, self._decisions(), self._ledger(treatments, with_answers=with_answers)),
            foot=said("foot", **facts),
        )

    # --- one treatment -----------------------------------------------------------------------------------------------

    def _treatment(self, protocol: Protocol, language: str, *, at: datetime) -> Chapter:
        messages = BookletMessages(self.speaking, self.sampling, self.sources, self.levels, protocol, language, at)
        blocks = (
            *self._plan(protocol),
            Heading(self._said("messages")),
            *messages.steps(),
            *self._advice(messages),
            *self._also(messages),
        )
        return Chapter(self._title(protocol.id, language), (*blocks, self._sign(protocol.id)))

    def _title(self, name: str, language: str) -> str:
        named = self.speaking.stood_for(name)
        is_alone = len(self.sampling.shelf.clinic.languages) == 1
        return named if is_alone else self._said("language", what=named, value=language)

    def _plan(self, protocol: Protocol) -> Iterator[Block]:
        facts = {"what": protocol.surface.value, "last": str(protocol.ends), "limit": str(protocol.least_interval)}
        yield Paragraph(self.speaking.staff("handbook/plan-facts", **facts))
        yield Heading(self._said("windows"))
        head = tuple(self._said(f"window-{name}") for name in ("thing", "after", "range", "before"))
        rows = tuple(map(self._window, protocol.windows))
        yield Table((*head, self._said("sources-title")), rows, (30, 16, 16, 14, 24))

    def _window(self, rule: WindowRule) -> tuple[str, ...]:
        thing = self.speaking.label(f"things/{rule.thing.value}")
        after = (
            self._said("window-none")
            if rule.after is None
            else self._said("window-span", value=str(rule.after.default))
        )
        before = self._said("window-none")
        if rule.before is not None:
            before = self._said("window-days", count=str(rule.before.default))
        return thing, after, self._range(rule.after), before, ", ".join(rule.sources)

    def _range(self, span: Span | None) -> str:
        if span is None:
            return ""
        name = "window-endless" if span.most is None else "window-range-span"
        return self._said(name, first=str(span.least), last=str(span.most))

    def _advice(self, messages: BookletMessages) -> Iterator[Block]:
        found = list(messages.advice())
        if found:
            yield Heading(self._said("advice"))
            yield from found

    def _also(self, messages: BookletMessages) -> Iterator[Block]:
        found = list(messages.also())
        if found:
            yield Heading(self._said("also"))
            yield from found

    # --- what is answered, whatever the treatment --------------------------------------------------------------------

    def _answers(self, language: str, *, at: datetime) -> Chapter:
        found = BookletAnswers(self.speaking, self.sampling, self.sources, self.levels, language, at)
        blocks: tuple[Block, ...] = (
            Paragraph(self.speaking.staff("handbook/answers-about")),
            Heading(self._said("answers")),
            *found.topics(),
            Heading(self._said("answers-advice")),
            *found.advice(),
        )
        return Chapter(self._title(ANSWERS, language), (*blocks, self._sign(ANSWERS)))

    # --- what stands behind all of them ------------------------------------------------------------------------------

    def _sign(self, name: str) -> Signature:
        sign_off, named = self.sampling.shelf.sign_offs[name], self.speaking.stood_for(name)
        words = "handbook/sign-answers" if name == ANSWERS else "handbook/sign-words"
        texts = [self.speaking.staff(words, what=named, value=sign_off.print)]
        if sign_off.approval is not None and sign_off.is_approved:
            when = self._day(sign_off.approval.on)
            texts.append(self.speaking.staff("handbook/sign-approved", member_name=sign_off.approval.by, when=when))
        labels = tuple(self._said(f"sign-{part}") for part in ("name", "date", "hand"))
        return Signature(self._said("sign"), tuple(texts), labels)

    def _decisions(self) -> Chapter:
        rows = tuple(
            (one.id, one.value, self._said("decision-yes" if one.confirmed else "decision-no"))
            for one in self.sampling.shelf.clinic.decisions
        )
        head = (self._said("decision"), self._said("decision-value"), self._said("decision-state"))
        about = Paragraph(self.speaking.staff("handbook/decisions-about"))
        return Chapter(self._said("decisions"), (about, Table(head, rows, (22, 60, 18))))

    def _ledger(self, treatments: Sequence[str], *, with_answers: bool) -> Chapter:
        """Those that are named in this booklet."""
        shelf, named = self.sampling.shelf, set[str]()
        for protocol in map(shelf.protocols.__getitem__, treatments):
            steps = (source for step in protocol.steps for source in step.sources)
            windows = (source for rule in protocol.windows for source in rule.sources)
            named.update(steps, windows, protocol.sources)
        signed = (*treatments, ANSWERS) if with_answers else treatments
        named.update(*(self.sources(file) for name in signed for file in shelf.sign_offs[name].files))
        rows = tuple((name, says) for name, says in self.ledger.items() if _is_named(name, named))
        head = (self._said("source-id"), self._said("source-says"))
        about = Paragraph(self.speaking.staff("handbook/sources-about"))
        return Chapter(self._said("sources-title"), (about, Table(head, rows, (16, 84))))

    def _day(self, day: date) -> str:
        """With its year: paper is kept."""
        return self.speaking.dates.say_day(day, self.speaking.staff_language, year=0)

    def _said(self, name: str, **facts: str) -> str:
        return self.speaking.label(f"handbook/{name}", **facts)


def _is_named(name: str, named: set[str]) -> bool:
    """A part of a public source carries a letter: `E24c`."""
    return name in named or any(one.startswith(name) and one[len(name) :].isalpha() for one in named)
