"""What the patients on whom words are tried are told by name, worked out once for as long as plans and phrases stay."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from itertools import product

from bot.care.model.people import Patient
from bot.care.model.protocol import Protocol
from bot.care.model.words import DIMENSIONS, Facts
from bot.care.services.telling import Telling
from bot.care.services.telling_clinic import ClinicWords
from bot.care.services.voice import Voice
from bot.library.checks.cases import TODAY, Case, cases
from bot.library.content_files import Ledger
from bot.library.dates import BabelDates
from bot.library.shelf import ContentShelf
from scheduler.localtime import instant

FIRST_NAME = "Maximiliana"
LOOK = timedelta(days=10)
"""Around the day: a weekend and a holiday are in it."""
SPOKEN = ("phrases/", "treatments/")
"""Where the words stand of which facts are made."""
KEPT = 2
"""Languages, or versions of the content, that are remembered."""

Excess = dict[tuple[str, int], tuple[int, int, Case]]
"""(Key, variant) -> longest text, what is allowed, for whom."""


@dataclass(frozen=True)
class Tried:
    """What became of a topic or a step on all patients of one plan; `words`: all that is said with it."""

    words: tuple[object, ...]
    excess: Excess = field(default_factory=dict)


@dataclass
class Plan:
    """A plan as it was when these patients were told of it, and what was tried on them, by topic or step."""

    protocol: Protocol
    tried: dict[str, Tried] = field(default_factory=dict)
    told: list[tuple[Case, tuple[str, ...]]] = field(default_factory=list)


@dataclass
class Told:
    """One language's facts. `shelf` holds nothing but what they are made of, so that nothing else can change them."""

    shelf: ContentShelf
    language: str
    _plans: dict[str, Plan] = field(default_factory=dict)
    _names: tuple[str, ...] = ()
    _same: dict[tuple[type, str], str] = field(default_factory=dict)
    """Most values are said to many: each is kept once. Text and HTML are two things even where they look alike."""
    _whom: Facts = field(default_factory=dict)

    def plan(self, protocol: Protocol) -> Plan:
        known = self._plans.get(protocol.id)
        if known is None or known.protocol != protocol:
            known = self._plans[protocol.id] = Plan(protocol)
        return known

    def patients(self, protocol: Protocol, *, every: bool) -> Iterator[tuple[Case, Facts]]:
        """All on whom the words of a plan are tried."""
        alone = replace(self.shelf, protocols={protocol.id: protocol})
        if every:
            # far too many to be kept
            yield from ((case, self._facts(case, alone)) for case in cases(protocol, every=True))
            return
        plan = self.plan(protocol)
        if plan.told:
            yield from ((case, dict(zip(self._names, kept, strict=True))) for case, kept in plan.told)
            return
        found: list[tuple[Case, tuple[str, ...]]] = []
        for case in cases(protocol, every=False):
            facts = self._facts(case, alone)
            self._names = self._names or tuple(facts)
            found.append((case, tuple(self._kept(facts[name]) for name in self._names)))
            yield case, facts
        plan.told = found

    def _kept(self, value: str) -> str:
        return self._same.setdefault((type(value), value), value)

    def _facts(self, case: Case, shelf: ContentShelf) -> Facts:
        self._whom = self._whom or self._whom_to_reach()
        zone = shelf.clinic.zone
        patient = Patient("A-100", FIRST_NAME, self.language, zone, "", datetime.min.replace(tzinfo=zone))
        at = instant(TODAY, time(9, 30), zone)
        return Telling(BabelDates()).facts(patient, [case.enrolment()], shelf, at=at) | self._whom

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


_remembered: list[Told] = []


def told(shelf: ContentShelf, language: str) -> Told:
    """What is known already where clinic and phrases are as before, whatever became of the other words."""
    spoken = _spoken(shelf)
    known = next((one for one in _remembered if one.language == language and one.shelf == spoken), None)
    newest = known or Told(spoken, language)
    _remembered[:] = [*(one for one in _remembered if one is not newest), newest][-KEPT:]
    return newest


def _spoken(shelf: ContentShelf) -> ContentShelf:
    words = {
        language: {key: said for key, said in kept.items() if key.startswith(SPOKEN)}
        for language, kept in shelf.words.items()
    }
    return replace(
        shelf,
        version="",
        protocols={},
        aliases={},
        ledger=Ledger(),
        words=words,
        topics_of={},
        bare={},
        tables={},
        approvals=(),
    )
