"""Every message as patients would read it, with dates at their longest: nothing undefined, nothing too long."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from itertools import product

from bot.care.model.people import Patient
from bot.care.model.protocol import Anchor, Ask, Step
from bot.care.model.words import DIMENSIONS, Facts
from bot.care.ports.words import MissingWords
from bot.care.services.questions import GENERIC, words_of
from bot.care.services.telling import Telling
from bot.care.services.telling_clinic import ClinicWords
from bot.care.services.voice import Voice
from bot.library.checks.cases import TODAY, Case, cases
from bot.library.content import Content
from bot.library.dates import BabelDates
from bot.library.faults import Fault, Notes
from bot.library.shelf import ContentShelf
from bot.library.telegram_html import length
from bot.library.wording import Words
from scheduler.localtime import instant

LONGEST = {"steps": 700, "faq": 600}
LONGEST_DAY_0 = 1000
FIRST_NAME = "Maximiliana"
FREE = ("gate", "retinol_variant", "clinic_open")
"""What may turn out either way on any day."""
TURNING = ("phase", "gate")
"""What decides how they may turn out."""
PHASE = {"calm": "late", "not-calm": "early", "unanswered": "early"}
LOOK = timedelta(days=10)
"""Around the day: a weekend and a holiday are in it."""


def check_renderings(content: Content, shelf: ContentShelf, notes: Notes, *, every: bool = False) -> int:
    """How many different texts were said."""
    return sum(Trial(content, shelf, language, notes, every=every).run() for language in shelf.clinic.languages)


@dataclass
class Trial:
    """One language's words on all patients that matter; `every`: on all there are, and on each day."""

    content: Content
    shelf: ContentShelf
    language: str
    notes: Notes
    every: bool = False
    worst: dict[tuple[str, int], tuple[int, int, Case]] = field(default_factory=dict)
    """(Key, variant) -> longest text, what is allowed, for whom."""
    lengths: dict[tuple[str | int | None, ...], int] = field(default_factory=dict)
    """What was said already: other names than those that a text uses do not change it."""
    tried: dict[tuple[str | int | None, ...], int] = field(default_factory=dict)
    """The same for whole words, with whatever may turn out either way."""

    def run(self) -> int:
        try:
            self._try_all()
        except MissingWords as error:
            self.notes.faults.append(
                Fault(self._file_of(str(error)), 1, f"{error}: messages need it, and nobody says it")
            )
        for (key, place), (most_said, most, case) in sorted(self.worst.items(), key=lambda each: each[0]):
            words = self.shelf.words[self.language][key]
            reason = f"{most_said} characters for {case}; {most} are allowed"
            self.content.files[words.file].fault(words.variants[place].path, reason)
        return len(self.lengths)

    def _file_of(self, missing: str) -> str:
        """Where words like these stand: `phrases/<group>/<name>: ...`."""
        group = missing.partition(":")[0].split("/")[1:2]
        phrases = self.content.tongues[self.language].phrases
        return next(
            (words.file for (own, _), words in phrases.items() if [own] == group), f"{self.language}/phrases.toml"
        )

    def _try_all(self) -> None:
        whom = self._whom_to_reach()
        for protocol in self.shelf.protocols.values():
            for case in cases(protocol, every=self.every):
                facts = self._facts(case) | whom
                for key in self.shelf.topics_of[self.language]:
                    self._try(f"faq/{key}", facts, case, LONGEST["faq"])
                for step in protocol.steps:
                    if case.says(step):
                        self._try_step(step, facts, case)

    def _try_step(self, step: Step, facts: Facts, case: Case) -> None:
        key = f"steps/{words_of(case.protocol, step)}"
        is_first = step.anchor is Anchor.SESSION and step.day == 0
        most = LONGEST_DAY_0 if is_first else LONGEST["steps"]
        asked = max((self._question(key, ask, facts, case) for ask in _first_asks(step)), default=0)
        self._try(key, facts, case, most - asked)

    def _question(self, key: str, ask: Ask, facts: Facts, case: Case) -> int:
        """Characters below the message, with the blank line between."""
        own = f"{key}/ask/{ask.id}"
        said = own if self.shelf.has(own, self.language) else f"phrases/asks/{GENERIC.get(ask.kind, '')}"
        return 2 + self._try(said, facts, case) if self.shelf.has(said, self.language) else 0

    def _try(self, key: str, facts: Facts, case: Case, most: int | None = None) -> int:
        """The longest that these words become on this day."""
        words = self.shelf.words[self.language].get(key)
        if words is None:
            return 0
        same = (key, most, *map(facts.get, TURNING), *map(facts.get, words.names))
        if same not in self.tried:
            sizes = (self._measure(key, words, turn, case, most) for turn in _turns(words, facts))
            self.tried[same] = max(sizes, default=0)
        return self.tried[same]

    def _measure(self, key: str, words: Words, facts: Facts, case: Case, most: int | None) -> int:
        place = next(n for n, variant in enumerate(words.variants) if variant.holds(facts))
        compiled = words.variants[place].compiled
        said = (key, place, *map(facts.get, compiled.asked))
        if said not in self.lengths:
            self.lengths[said] = length(words.say(facts))
        size = self.lengths[said]
        if most is not None and size > max(most, self.worst.get((key, place), (0,))[0]):
            self.worst[key, place] = (size, most, case)
        return size

    def _facts(self, case: Case) -> Facts:
        patient = _patient(self.language, self.shelf)
        at = instant(TODAY, time(9, 30), patient.zone)
        return Telling(BabelDates()).facts(patient, [case.enrolment()], self.shelf, at=at)

    def _whom_to_reach(self) -> Facts:
        """The longest answer to when a person answers and whom to reach, over the hours around the day, with somebody
        on call in all of them and in some."""
        clinic = self.shelf.clinic
        midnight = instant(TODAY, time(0), clinic.zone) - LOOK
        voice = Voice(self.shelf, BabelDates(), self.language, TODAY.year)
        words = [ClinicWords(voice, replace(clinic, on_call_gaps=gaps), "") for gaps in (False, True)]
        hours = [midnight + timedelta(hours=hour) for hour in range(0, 480, 3)]
        found = [one.facts(at=hour) for one, hour in product(words, hours)]
        return {name: max((facts[name] for facts in found), key=len) for name in found[0] if name not in DIMENSIONS}


def _first_asks(step: Step) -> Iterator[Ask]:
    """What may stand below the message: the first question, or one before it that only some are asked."""
    for ask in (ask for ask in step.asks if not ask.follow_up):
        yield ask
        if not ask.only_if:
            return


def _turns(words: Words, facts: Facts) -> Iterator[Facts]:
    """The facts once for each way in which the free ones may turn out, where the words ask for them."""
    names = words.dimensions
    free = [name for name in FREE if name in names or (name == "gate" and "phase" in names)]
    if facts["phase"] == "before-first":
        free = [name for name in free if name != "gate"]
    for values in product(*(DIMENSIONS[name] for name in free)):
        turn = facts | dict(zip(free, values, strict=True))
        yield turn | {"phase": PHASE[turn["gate"]]} if "gate" in free else turn


def _patient(language: str, shelf: ContentShelf) -> Patient:
    made = datetime.min.replace(tzinfo=shelf.clinic.zone)
    return Patient("A-100", FIRST_NAME, language, shelf.clinic.zone, "", made)
