"""Say everything that a patient may be told once, so that no words are found missing while somebody waits for them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from bot.care.model.clinic import Clinic
from bot.care.model.conditions import Known
from bot.care.model.enrolment import Area, Enrolment
from bot.care.model.people import Patient
from bot.care.model.protocol import Protocol
from bot.care.model.words import Facts, Html
from bot.care.ports.words import MissingWords, Topic
from bot.care.services.foretelling import Supposed, foretell
from bot.care.services.telling import Telling
from bot.library.dates import BabelDates
from bot.library.shelf import ContentShelf
from bot.understanding.objections import Objection
from scheduler.localtime import instant

SESSION = date(2026, 1, 14)
"""Any day: what is said on it matters, not when."""
INTERVAL = 90
"""Days to the next session where the treatment has no usual ones."""
TOLD = ("faq/", "red_flags/", "out_of_scope/")
"""What a patient is told when they write."""


@dataclass
class Trying:
    """Fills `bot.care.ports.words.Shelf`: what has no words is noted, and passed over."""

    shelf: ContentShelf
    saying: str = ""
    missing: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """What is missing -> treatments whose patients would wait for it."""

    @property
    def version(self) -> str:
        return self.shelf.version

    @property
    def clinic(self) -> Clinic:
        return self.shelf.clinic

    @property
    def protocols(self) -> Mapping[str, Protocol]:
        return self.shelf.protocols

    @property
    def approved(self) -> frozenset[str]:
        return self.shelf.approved

    @property
    def aliases(self) -> Mapping[str, str]:
        return self.shelf.aliases

    def topics(self, language: str) -> Mapping[str, Topic]:
        return self.shelf.topics(language)

    def families(self, language: str) -> tuple[str, ...]:
        return self.shelf.families(language)

    def has(self, key: str, language: str) -> bool:
        return self.shelf.has(key, language)

    def say(self, key: str, language: str, facts: Facts) -> Html:
        try:
            return self.shelf.say(key, language, facts)
        except MissingWords as error:
            self.missing[str(error)].add(self.saying)
            return Html("-")

    def bare_words(self) -> Mapping[str, str]:
        return self.shelf.bare_words()


def unsaid(shelf: ContentShelf) -> Iterator[Objection]:
    """Words that a patient of some treatment would be told, and that are not there."""
    telling = Telling(BabelDates())
    for language in shelf.clinic.languages:
        trying = Trying(shelf)
        for treatment in shelf.protocols:
            trying.saying = treatment
            _say_all(trying, telling, treatment, language)
        for key, treatments in trying.missing.items():
            reason = f"cannot be said to patients of {', '.join(sorted(treatments))}, and they are told it: {key}"
            yield Objection(f"{language}/phrases", (), reason)


def _say_all(trying: Trying, telling: Telling, treatment: str, language: str) -> None:
    next_on = SESSION + timedelta(days=trying.protocols[treatment].interval or INTERVAL)
    foretell(Supposed(treatment, SESSION, trying.clinic.zone, language, next_on=next_on), trying, telling)
    at = instant(SESSION, time(17), trying.clinic.zone)
    patient = Patient("A-1", "Anna", language, trying.clinic.zone, trying.clinic.country, created_at=at)
    enrolment = _enrolment(trying, treatment, next_on, at=at)
    facts = telling.facts(patient, [enrolment], trying, at=at)
    telling.today(Known([enrolment], patient, trying.protocols, SESSION), trying, facts)
    for key in trying.shelf.keys(language):
        if key.startswith(TOLD):
            trying.say(key, language, facts)


def _enrolment(trying: Trying, treatment: str, next_on: date, *, at: datetime) -> Enrolment:
    surface = trying.protocols[treatment].surface
    return Enrolment(0, treatment, surface, Area.FACE, at, 0, session_on=SESSION, next_on=next_on)
