"""Every message as patients would read it, with dates at their longest: nothing undefined, nothing too long."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from bot.care.model.protocol import Anchor, Ask, Protocol, Step
from bot.care.model.words import DIMENSIONS, Facts
from bot.care.ports.words import MissingWords
from bot.care.services.questions import GENERIC, words_of
from bot.library.checks.cases import Case
from bot.library.checks.told import Excess, Told, Tried, told
from bot.library.content import Content
from bot.library.faults import Fault, Notes
from bot.library.shelf import ContentShelf
from bot.library.telegram_html import length
from bot.library.wording import Words

LONGEST = {"steps": 700, "faq": 600}
LONGEST_DAY_0 = 1000
FREE = ("gate", "retinol_variant", "clinic_open")
"""What may turn out either way on any day."""
TURNING = ("phase", "gate")
"""What decides how they may turn out."""
PHASE = {"calm": "late", "not-calm": "early", "unanswered": "early"}

Same = tuple[str | int | None, ...]
"""Key, and the value of every name on which it depends what is said."""


def check_renderings(content: Content, shelf: ContentShelf, notes: Notes, *, every: bool = False) -> None:
    for language in shelf.clinic.languages:
        Trial(content, shelf, language, notes, told(shelf, language), every=every).run()


@dataclass
class Trial:
    """One language's words on all patients that matter; `every`: on all there are, and on each day."""

    content: Content
    shelf: ContentShelf
    language: str
    notes: Notes
    told: Told
    every: bool = False
    worst: Excess = field(default_factory=dict)
    lengths: dict[Same, int] = field(default_factory=dict)
    """What was said already: other names than those that a text uses do not change it."""
    tried: dict[Same, list[tuple[int, int]]] = field(default_factory=dict)
    """The same for whole words, with whatever may turn out either way: (variant, length) of each."""

    def run(self) -> None:
        try:
            for protocol in self.shelf.protocols.values():
                self._try_all(protocol)
        except MissingWords as error:
            self.notes.faults.append(
                Fault(self._file_of(str(error)), 1, f"{error}: messages need it, and nobody says it")
            )
        for (key, place), (most_said, most, case) in sorted(self.worst.items(), key=lambda each: each[0]):
            words = self.shelf.words[self.language][key]
            reason = f"{most_said} characters for {case}; {most} are allowed"
            self.content.files[words.file].fault(words.variants[place].path, reason)

    def _file_of(self, missing: str) -> str:
        """Where words like these stand: `phrases/<group>/<name>: ...`."""
        group = missing.partition(":")[0].split("/")[1:2]
        phrases = self.content.tongues[self.language].phrases
        return next(
            (words.file for (own, _), words in phrases.items() if [own] == group), f"{self.language}/phrases.toml"
        )

    def _try_all(self, protocol: Protocol) -> None:
        """On all patients of one plan. What was tried on them before, and is as it was then, is only recalled."""
        said = self._all_said(protocol)
        plan = self.told.plan(protocol)
        before = {} if self.every else plan.tried
        known = {name: before[name] for name, words in said.items() if name in before and before[name].words == words}
        for tried in known.values():
            self._note(tried.excess)
        new = {name: Tried(words) for name, words in said.items() if name not in known}
        for case, facts in self.told.patients(protocol, every=self.every) if new else ():
            self._try_each(protocol, facts, case, new)
        if not self.every:
            plan.tried = known | new

    def _try_each(self, protocol: Protocol, facts: Facts, case: Case, new: Mapping[str, Tried]) -> None:
        for topic in self._topics():
            if topic in new:
                self._try(topic, facts, case, LONGEST["faq"], new[topic].excess)
        for step in protocol.steps:
            if step.id in new and case.says(step):
                self._try_step(step, facts, case, new[step.id].excess)

    def _topics(self) -> Iterator[str]:
        return (f"faq/{topic}" for topic in self.shelf.topics_of[self.language])

    def _all_said(self, protocol: Protocol) -> dict[str, tuple[object, ...]]:
        """Topic or step of a plan -> all words on which its length depends."""
        own = self.shelf.words[self.language].get
        said: dict[str, tuple[object, ...]] = {topic: (own(topic),) for topic in self._topics()}
        for step in protocol.steps:
            key = f"steps/{words_of(protocol, step)}"
            asked = [self._asked(key, ask) for ask in _first_asks(step)]
            said[step.id] = (own(key), *((each, own(each)) for each in asked))
        return said

    def _try_step(self, step: Step, facts: Facts, case: Case, excess: Excess) -> None:
        key = f"steps/{words_of(case.protocol, step)}"
        is_first = step.anchor is Anchor.SESSION and step.day == 0
        most = LONGEST_DAY_0 if is_first else LONGEST["steps"]
        asked = max((self._question(key, ask, facts, case) for ask in _first_asks(step)), default=0)
        self._try(key, facts, case, most - asked, excess)

    def _asked(self, key: str, ask: Ask) -> str:
        """Where the words of a question stand; empty where nobody says any."""
        own = f"{key}/ask/{ask.id}"
        said = own if self.shelf.has(own, self.language) else f"phrases/asks/{GENERIC.get(ask.kind, '')}"
        return said if self.shelf.has(said, self.language) else ""

    def _question(self, key: str, ask: Ask, facts: Facts, case: Case) -> int:
        """Characters below the message, with the blank line between."""
        said = self._asked(key, ask)
        return 2 + self._try(said, facts, case) if said else 0

    def _try(self, key: str, facts: Facts, case: Case, most: int | None = None, excess: Excess | None = None) -> int:
        """The longest that these words become on this day; where that is too much, it is noted in `excess`."""
        words = self.shelf.words[self.language].get(key)
        if words is None:
            return 0
        same = (key, *map(facts.get, TURNING), *map(facts.get, words.names))
        if same not in self.tried:
            self.tried[same] = [self._measure(key, words, turn) for turn in _turns(words, facts)]
        longest = max((size for _, size in self.tried[same]), default=0)
        if most is not None and excess is not None and longest > most:
            for place, size in self.tried[same]:
                if size > max(most, excess.get((key, place), (0,))[0]):
                    excess[key, place] = (size, most, case)
            self._note(excess)
        return longest

    def _note(self, excess: Excess) -> None:
        for place, found in excess.items():
            if found[0] > self.worst.get(place, (0,))[0]:
                self.worst[place] = found

    def _measure(self, key: str, words: Words, facts: Facts) -> tuple[int, int]:
        """Which variant is said, and how long it becomes."""
        place = next(n for n, variant in enumerate(words.variants) if variant.holds(facts))
        compiled = words.variants[place].compiled
        said = (key, place, *map(facts.get, compiled.asked))
        if said not in self.lengths:
            self.lengths[said] = length(words.say(facts))
        return place, self.lengths[said]


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
