"""Read what staff type to enrol somebody: a whole form, or everything that is wrong with it at once."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.care.model.clinic import Clinic
from bot.care.model.dates_typed import as_step, read_hour, read_staff_date
from bot.care.model.enrolment import Area, Enrolment, EnrolmentStatus, Surface
from bot.care.model.people import Patient
from bot.care.model.protocol import Protocol
from bot.care.model.typed_line import Known, Remark, nearest, parts_of

T = TypeVar("T")

YES, NO = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0"})
DEFAULT_END = time(17)
LONGEST_AGO = timedelta(days=366)
PHONE = re.compile(r"\+?\d{6,15}")
COUNTRY = re.compile(r"[A-Za-z]{2}")
YEAR = re.compile(r"(?:19|20)\d\d")
OLDEST, YOUNGEST = 120, 18
"""Whole years that somebody may turn this year."""
LONGEST_NAME = 40
NOT_IN_NAMES = frozenset("<>{}\n\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Markup, and the signs that change the direction of writing for all that follows."""
FORMULA = tuple("=+-@")
"""How a name never begins, and how a spreadsheet's formula does: it would be run wherever the name is opened."""
MOST_TREATMENTS = 3


@dataclass(frozen=True)
class EnrolmentForm:
    """`treatments`: deepest surface first. Exactly one of `session_on` and `booked_on` once complete."""

    first_name: str = ""
    treatments: tuple[str, ...] = ()
    session_on: date | None = None
    booked_on: date | None = None
    next_at: time | None = None
    next_on: date | None = None
    ended: time = DEFAULT_END
    surface: Surface | None = None
    area: Area = Area.FACE
    ref: str = ""
    phone: str = ""
    born: int | None = None
    language: str = ""
    zone: ZoneInfo | None = None
    country: str = ""
    test: bool = False
    reason: str = ""
    """Why a clinician entered less than the treatment usually does to the skin."""

    def patient(self, clinic: Clinic, *, at: datetime) -> Patient:
        """What was not said is as the clinic has it."""
        return Patient(
            code="",
            first_name=self.first_name,
            language=self.language or clinic.languages[0],
            zone=self.zone or clinic.zone,
            country=self.country or clinic.country,
            created_at=at,
            ref=self.ref,
            phone=self.phone,
            born=self.born,
            test=self.test,
        )

    def enrolment(self, patient_id: int, *, surface: Surface, by: int, at: datetime) -> Enrolment:
        """`surface` is the protocol's own, used unconfirmed when staff ticked none."""
        return Enrolment(
            patient_id=patient_id,
            treatment=self.treatments[0],
            also=self.treatments[1:],
            surface=self.surface or surface,
            surface_confirmed=self.surface is not None,
            area=self.area,
            session_on=self.session_on,
            ended=self.ended,
            next_on=self.booked_on or self.next_on,
            next_at=self.next_at,
            status=EnrolmentStatus.BOOKED if self.booked_on else EnrolmentStatus.ACTIVE,
            created_at=at,
            created_by=by,
        )


@dataclass(frozen=True)
class Reading:
    form: EnrolmentForm
    problems: tuple[Remark, ...] = ()
    """Any one of them refuses the form."""
    warnings: tuple[Remark, ...] = ()
    missing: tuple[str, ...] = ()
    """What is still to be asked: `name`, `treatment`."""


def read(options: Mapping[str, str], known: Known, *, problems: Iterable[Remark] = ()) -> Reading:
    """The form these options make; every option is looked at, whatever is wrong with the others."""
    reader = _Reader(dict(options), known, list(problems))
    form = reader.form()
    missing = tuple(name for name, value in (("name", form.first_name), ("treatment", form.treatments)) if not value)
    asked = tuple(name for name in missing if not options.get(name))
    return Reading(form, tuple(reader.problems), _warnings(form, known), asked)


def _warnings(form: EnrolmentForm, known: Known) -> tuple[Remark, ...]:
    if not form.treatments:
        return ()
    protocol = known.protocols[form.treatments[0]]
    warnings = []
    if form.session_on and form.next_on and (form.next_on - form.session_on).days < protocol.least_interval:
        warnings.append(Remark("next-too-soon", {"days": str(protocol.least_interval)}))
    if form.session_on and form.next_on is None:
        warnings.append(_no_next(protocol))
    if form.session_on and (known.today - form.session_on).days > protocol.ends:
        warnings.append(Remark("over", {"days": str(protocol.ends)}))
    if form.surface is None:
        warnings.append(Remark("surface-unconfirmed", {"surface_name": protocol.surface.value}))
    return tuple(warnings)


def _no_next(protocol: Protocol) -> Remark:
    if protocol.interval is None:
        return Remark("no-next-no-default")
    return Remark("no-next", {"days": str(protocol.interval)})


@dataclass
class _Reader:
    """Reads one option after the other and keeps what is wrong."""

    options: dict[str, str]
    known: Known
    problems: list[Remark]

    def form(self) -> EnrolmentForm:
        session, booked = self._days()
        form = EnrolmentForm(
            first_name=self._name(),
            treatments=self._treatments(),
            session_on=session,
            booked_on=booked,
            next_at=self._typed("at", read_hour, "bad-hour"),
            next_on=self._next(session, booked),
            surface=self._typed("surface", _surface, "bad-surface", known=", ".join(Surface)),
            area=self._typed("area", _area, "bad-area", known=", ".join(Area)) or Area.FACE,
            ref=self.options.get("ref", "").strip(),
            phone=self._typed("phone", _phone, "bad-phone") or "",
            born=self._typed("born", self._born, "bad-born"),
            language=self._typed("lang", self._language, "bad-language", known=", ".join(self.known.languages)) or "",
            zone=self._typed("zone", _zone, "bad-zone"),
            country=self._typed("country", _country, "bad-country") or "",
            test=self._typed("test", _yes_or_no, "bad-test") or False,
            reason=self.options.get("reason", "").strip(),
        )
        return replace(form, ended=self._ended(session))

    def _name(self) -> str:
        name = " ".join(self.options.get("name", "").split())
        if len(name) > LONGEST_NAME or not _is_a_name(name):
            self._problem("bad-name", name, most=str(LONGEST_NAME))
            return ""
        return name

    def _treatments(self) -> tuple[str, ...]:
        typed = self.options.get("treatment", "")
        if not typed:
            return ()
        parts = parts_of(typed)
        unknown = [part for part in parts if part not in self.known.aliases]
        near = nearest(unknown[0], self.known) if len(unknown) == 1 else ""
        if near:
            self._problem("near-treatment", unknown[0], chosen=near)
            return ()
        if unknown or len(parts) > MOST_TREATMENTS:
            self._problem("bad-treatment", ", ".join(unknown or parts), known=", ".join(sorted(self.known.protocols)))
            return ()
        found = dict.fromkeys(self.known.aliases[part] for part in parts)
        return tuple(sorted(found, key=lambda name: -self.known.protocols[name].surface.depth))

    def _days(self) -> tuple[date | None, date | None]:
        today = self.known.today
        session, booked = self._day("session"), self._day("booked")
        if "session" in self.options and "booked" in self.options:
            self._problem("session-and-booked", self.options["booked"])
        if session is not None and session > today:
            self._problem("future-session", self.options["session"], iso=session.isoformat())
        if session is not None and today - session > LONGEST_AGO:
            self._problem("long-ago", self.options["session"])
        if booked is not None and booked < today:
            self._problem("booked-past", self.options["booked"])
        if "session" not in self.options and "booked" not in self.options:
            session = today
        return session, booked

    def _day(self, option: str, *, counted_from: date | None = None) -> date | None:
        typed = self.options.get(option)
        if typed is None:
            return None
        day = read_staff_date(typed, today=self.known.today, counted_from=counted_from)
        step = as_step(typed)
        if day is None and step and option != "session":
            self._problem("date-as-step", typed, option=option, iso=step)
        elif day is None:
            self._problem("bad-date" if option == "session" else "bad-date-ahead", typed, option=option)
        return day

    def _next(self, session: date | None, booked: date | None) -> date | None:
        day = self._day("next", counted_from=session or booked)
        if day is not None and session is not None and day <= session:
            self._problem("next-before", self.options["next"])
        if day is not None and booked is not None:
            self._problem("next-and-booked", self.options["next"])
        return day

    def _ended(self, session: date | None) -> time:
        typed = self._typed("ended", read_hour, "bad-hour")
        if typed is not None:
            return typed
        return self.known.now.replace(second=0, microsecond=0) if session == self.known.today else DEFAULT_END

    def _born(self, typed: str) -> int | None:
        year = int(typed) if YEAR.fullmatch(typed) else 0
        return year if YOUNGEST <= self.known.today.year - year <= OLDEST else None

    def _language(self, typed: str) -> str | None:
        return typed.lower() if typed.lower() in self.known.languages else None

    def _typed(self, option: str, reader: Callable[[str], T | None], problem: str, **facts: str) -> T | None:
        typed = self.options.get(option)
        if typed is None:
            return None
        value = reader(typed)
        if value is None:
            self._problem(problem, typed, **facts)
        return value

    def _problem(self, name: str, typed: str, **facts: str) -> None:
        self.problems.append(Remark(name, {"typed": typed, **facts}))


def _is_a_name(typed: str) -> bool:
    """Nothing typed is asked for later; what is typed has a letter, and nothing that turns the words around it."""
    if typed.startswith(FORMULA):
        return False
    return not typed or (any(map(str.isalpha, typed)) and not NOT_IN_NAMES.intersection(typed))


def _surface(typed: str) -> Surface | None:
    return next((surface for surface in Surface if surface == typed.lower()), None)


def _area(typed: str) -> Area | None:
    return next((area for area in Area if area == typed.lower()), None)


def _phone(typed: str) -> str | None:
    digits = re.sub(r"[ ()./-]", "", typed)
    return digits if PHONE.fullmatch(digits) else None


def _country(typed: str) -> str | None:
    return typed.upper() if COUNTRY.fullmatch(typed) else None


def _zone(typed: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(typed)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a name, a path out of the zones, a folder of them
        return None


def _yes_or_no(typed: str) -> bool | None:
    return True if typed.lower() in YES else False if typed.lower() in NO else None
