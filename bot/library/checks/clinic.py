"""Numbers that save lives are never blank."""

from bot.care.model.clinic import Clinic
from bot.library.content import Content
from bot.library.faults import Fault, Notes
from bot.library.source import SourceFile

CONTACT_MINUTES = range(5, 121)
UNANSWERED_DAYS = range(1, 366)
NEEDED = ("name", "phone", "out_of_hours")


def check_clinic(content: Content, notes: Notes) -> None:
    file = content.files.get("clinic.toml")
    if file is None:
        if "clinic.toml" not in content.present:
            notes.faults.append(Fault("clinic.toml", 1, "is missing"))
    elif content.clinic is not None:
        for rule in (_check_numbers, _check_hours, _check_countries, _check_retention, _check_readiness):
            rule(content.clinic, file)


def _check_numbers(clinic: Clinic, file: SourceFile) -> None:
    for key in NEEDED:
        if not getattr(clinic, key).strip():
            file.fault((key,), f"`{key}` must not be empty")
    if clinic.phone.strip() and not _is_number(clinic.phone):
        file.fault(("phone",), "`phone` must be a number that can be called")
    if clinic.contact_within not in CONTACT_MINUTES:
        span = f"{CONTACT_MINUTES[0]} to {CONTACT_MINUTES[-1]}"
        file.fault(("contact_within",), f"an alert that nobody acted on rings again after {span} minutes")
    if not clinic.languages:
        file.fault(("languages",), "at least one language is needed")


def _check_hours(clinic: Clinic, file: SourceFile) -> None:
    if not any(clinic.hours):
        file.fault(("hours",), "the clinic is never open")
    if any(day is not None and day.opens >= day.closes for day in clinic.hours):
        file.fault(("hours",), "a day must open before it closes")


def _check_countries(clinic: Clinic, file: SourceFile) -> None:
    codes = [country.code for country in clinic.countries]
    for place, country in enumerate(clinic.countries):
        at = ("countries", place)
        if not _is_number(country.emergency):
            file.fault((*at, "emergency"), f"{country.code}: the emergency number must not be empty")
        if not _is_number(country.crisis):
            file.fault((*at, "crisis"), f"{country.code}: the crisis number must not be empty")
        if country.code in codes[:place]:
            file.fault((*at, "code"), f"{country.code} is listed twice")
    if clinic.country not in codes:
        file.fault(("country",), f"the clinic's own country {clinic.country!r} has no emergency number")


def _check_retention(clinic: Clinic, file: SourceFile) -> None:
    if clinic.retention.unanswered_days not in UNANSWERED_DAYS:
        span = f"{UNANSWERED_DAYS[0]} to {UNANSWERED_DAYS[-1]}"
        file.fault(("retention", "unanswered_days"), f"messages that no answer met are kept {span} days")


def _check_readiness(clinic: Clinic, file: SourceFile) -> None:
    if clinic.fictitious:
        file.warn(("fictitious",), "the clinic is made up: it runs in the playground only")
    elif not all(decision.confirmed for decision in clinic.decisions):
        file.warn(("decision",), "some decisions are not confirmed: only test patients on Telegram itself")


def _is_number(text: str) -> bool:
    return any(character.isdigit() for character in text)
