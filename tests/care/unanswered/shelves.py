"""A cabinet that says what a test wants it to say, and a desk in front of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from bot.care.model.inbound import Sender
from bot.care.model.unanswered import Change, Effect, End, Outcome, Phrasing, Unanswered, Worse
from bot.care.services.filing_round import FilingRound
from tests.care.scene import Scene, a_scene
from tests.fakes.likeness import PlainLikeness

EFFECT = Effect((Change("top1", (1600, 1900), (1601, 1901)), Change("questions_asked", (100, 1900), (101, 1901))))
WORSE = replace(
    EFFECT,
    worse=(Worse("itching", (40, 44), (39, 44)), Worse("makeup", line="fenty when", other="sunscreen")),
    asked_about="RF-U1",
)

WEIGHED, DONE = Outcome(End.DONE, print="abc", effect=EFFECT), Outcome(End.DONE)


@dataclass
class FakeCabinet:
    """`says`: what each look or change ends with; `lines` is what was filed."""

    weighs: Outcome = WEIGHED
    files: Outcome = DONE
    takes_out: Outcome = DONE
    broken: bool = False
    lines: list[Phrasing] = field(default_factory=list)

    def weigh(self, phrasing: Phrasing) -> Outcome:
        if self.broken:
            raise ValueError(phrasing.words)
        return self.weighs

    def file(self, phrasing: Phrasing, *, print: str) -> Outcome:  # noqa: A002 - the port's name
        if self.files.end is End.DONE:
            self.lines.append(phrasing)
        return self.files

    def take_out(self, phrasing: Phrasing) -> Outcome:
        self.lines.remove(phrasing)
        return self.takes_out


@dataclass(frozen=True)
class BrokenOn(PlainLikeness):
    """Fails over these words."""

    words: str

    def kin(self, words: str, others: Sequence[str], language: str) -> int | None:
        if words == self.words:
            raise ValueError(words)
        return super().kin(words, others, language)


@dataclass
class Study(Scene):
    """The team, and a round that works whenever it is called."""

    cabinet: FakeCabinet = field(default_factory=FakeCabinet)

    def __post_init__(self) -> None:
        super().__post_init__()
        filing = self.office.unanswered.filing
        self.round = FilingRound(self.records, self.clock, PlainLikeness(), self.cabinet, filing)

    def hears(self, *messages: str, **fields: Any) -> None:  # noqa: ANN401 - each field its own
        for words in messages:
            plain = Unanswered(words, "en", date(2026, 11, 20), "picosure", 3, near=("moisturiser", "itching"))
            self.work.unanswered.add(replace(plain, **fields), whose=1)

    async def works(self) -> None:
        await self.round.look()
        self.deliver()

    def opens(self, who: Sender, number: str = "1") -> None:
        self.office.unanswered.command(self.work, who)
        self.tap(who, number)

    async def weighs(self, who: Sender, topic: str = "Moisturiser") -> None:
        """From the list to the effect."""
        self.opens(who)
        self.tap(who, topic)
        await self.works()

    def waiting(self) -> list[str]:
        return [row.words for row in self.work.unanswered.waiting()]


def a_study() -> Study:
    """With the team of every scene, and a desk."""
    study, scene = Study(), a_scene()
    study.records.memory.restore(scene.records.memory.snapshot())
    return study
