"""The clinic itself: numbers, hours, zone, languages and its own decisions."""

from dataclasses import dataclass
from datetime import date, time
from zoneinfo import ZoneInfo

from bot.care.model.decisions import FIGURES, Decision
from bot.care.model.things import Thing


@dataclass(frozen=True)
class Hours:
    """Opening hours of one weekday; a closed day has none."""

    opens: time
    closes: time


@dataclass(frozen=True)
class Country:
    """Whom to call when it cannot wait."""

    code: str
    emergency: str
    crisis: str


@dataclass(frozen=True)
class OwnDays:
    """The clinic's own default for one treatment: first day allowed, and days off before the next session."""

    treatment: str
    thing: Thing
    after: int | None = None
    before: int | None = None


@dataclass(frozen=True)
class Retention:
    """Days until something is erased."""

    unanswered_days: int = 180
    """Messages that no answer met, de-identified."""


@dataclass(frozen=True)
class Clinic:
    """What `clinic.toml` says. `hours` has seven entries, Monday first."""

    name: str
    phone: str
    zone: ZoneInfo
    country: str
    languages: tuple[str, ...]
    hours: tuple[Hours | None, ...]
    holidays: tuple[date, ...]
    countries: tuple[Country, ...]
    out_of_hours: str
    """Where somebody goes when nobody is on duty; short enough for a message."""
    on_call_phone: str = ""
    on_call_gaps: bool = False
    """There are closed hours ahead in which nobody answers that number."""
    urgent_limit: int = 30
    """Minutes after which an unanswered call means urgent care."""
    contact_within: int = 30
    """Minutes after which an alert that somebody has, and nobody acted on, rings again."""
    privacy_contact: str = ""
    fictitious: bool = False
    """Numbers are made up: only the playground may run."""
    decisions: tuple[Decision, ...] = ()
    windows: tuple[OwnDays, ...] = ()
    """Only inside least and most of the treatment's file."""
    retention: Retention = Retention()

    def country_of(self, code: str) -> Country | None:
        return next((country for country in self.countries if country.code == code), None)

    def setting(self, decision: str) -> int:
        """The figure of a decision of `FIGURES`; the cautious one where the clinic gave none."""
        given = (each.setting for each in self.decisions if each.id == decision)
        return next((figure for figure in given if figure is not None), FIGURES[decision].default)
