"""Looks over all patients at once: digests, lists, effects, the week's picture."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.care.model.delivery import Delivery
from bot.care.model.digest import DigestWish
from bot.care.model.in_use import InUse
from bot.care.model.people import Patient
from bot.care.model.survey import Alerted, Given, Joined, PlanRow, StepRow


class Digests(Protocol):
    def wish(self) -> DigestWish: ...

    def keep(self, wish: DigestWish) -> None:
        """Its hour and whether it is off; the days that were told are only changed by `claim`."""
        ...

    def claim(self, day: date, *, at: datetime) -> bool:
        """One conditional UPDATE: True for exactly one caller a day, and never for a day before one that was told."""
        ...

    def claim_closing(self, day: date) -> bool:
        """The same for what is told before closing."""
        ...


class Survey(Protocol):
    """Looks at the whole clinic, for lists and figures; for readers, however many patients there are."""

    def people(self) -> Mapping[int, Patient]:
        """Whoever has a booked or active enrolment, by id."""
        ...

    def planned(self, *, since: datetime, until: datetime) -> Sequence[PlanRow]:
        """Rows of plans that are or were due from `since` on and before `until`, without those that never arrive."""
        ...

    def sent(self, *, since: datetime, until: datetime) -> Sequence[PlanRow]:
        """Rows of plans that left from `since` on and before `until`."""
        ...

    def of_steps(self, steps: Collection[str]) -> Sequence[StepRow]:
        """Rows of booked and active enrolments for steps of these ids."""
        ...

    def coming(self, steps: Collection[str], *, limit: int) -> Sequence[StepRow]:
        """Of those the ones that are still to come, soonest first."""
        ...

    def in_use(self) -> Sequence[InUse]:
        """The treatments of booked and active enrolments, and the steps that are still to come in them."""
        ...

    def answers(self, *, since: datetime) -> Sequence[Given]:
        """Oldest first."""
        ...

    def last_heard(self, *, since: datetime) -> Mapping[int, datetime]:
        """Patient id -> their own newest answer or message, if there is one since then; staff's do not count."""
        ...

    def undelivered(self, *, since: datetime) -> Sequence[Delivery]:
        """What was meant for patients and is uncertain, or was refused or expired since then."""
        ...

    def quarantined(self, *, since: datetime) -> Sequence[str]:
        """The `order` of every update received since then that could not be handled."""
        ...

    def enrolled(self, *, since: datetime, until: datetime) -> Sequence[Joined]:
        """People by when they were entered, without test patients and those whose enrolment was undone."""
        ...

    def alerts(self, *, since: datetime, until: datetime) -> Sequence[Alerted]:
        """Confirmed ones, by when they were opened."""
        ...
