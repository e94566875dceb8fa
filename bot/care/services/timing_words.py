"""What staff read of when a step leaves and what it asks: its calendar, and whom a change would reach when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.care.model.asked import named, raises, taken_off
from bot.care.model.enrolment import Enrolment
from bot.care.model.people import Patient
from bot.care.model.protocol import Anchor, AskKind, Moment, Protocol, Step
from bot.care.model.revision import Draft
from bot.care.model.timetable import Planned
from bot.care.model.timing import Place, Timing, retimed
from bot.care.model.windows import followed, leading
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.content_effect import HAD
from bot.care.services.foretelling import Supposed, rows_of
from bot.care.services.planning import Planning
from bot.care.services.speaking import Speaking
from scheduler.localtime import local_day

MOST_LISTED = 8
INTERVAL = 90
"""Days to the next session where the treatment has no usual ones."""


@dataclass(frozen=True)
class Moving:
    """One patient with the message before them: when it is due, and when it would be; None where it would not come."""

    patient: Patient
    old: datetime
    new: datetime | None


@dataclass(frozen=True)
class TimingWords:
    speaking: Speaking
    planning: Planning

    def step(self, treatment: str, step_id: str) -> tuple[Protocol, Step] | None:
        protocol = self.speaking.shelf.protocols.get(treatment)
        step = None if protocol is None else protocol.step(step_id)
        return None if protocol is None or step is None else (protocol, step)

    def name(self, treatment: str, step_id: str) -> str:
        return self.speaking.label("timing/name", what=self.speaking.treatment_name(treatment), value=step_id)

    def timing(self, step: Step, timing: Timing) -> str:
        asks = [self.ask(step, name) for name in timing.asks or ()]
        listed = ", ".join(asks) or self.speaking.label("timing/asks-nothing")
        return self.speaking.label("timing/said", **self._when(step, Place(timing)), listed=listed)

    def place(self, step: Step, place: Place) -> str:
        """A timing without what is asked, in the part of the day that it had then."""
        return self.speaking.label("timing/said-when", **self._when(step, place))

    def whole_place(self, step: Step, place: Place) -> str:
        """With until when it is of use."""
        until, said = place.until or step.until, self.place(step, place)
        facts = {"what": self._day(step, until.day), "when": self._hour(until.at)}
        said = self.speaking.label("timing/said-until", value=said, **facts)
        if until.before_next is not None:
            said = self.speaking.label("timing/said-before-next", value=said, day=str(until.before_next))
        if until.before_appointment is not None:
            said = self.speaking.label("timing/said-hours", value=said, count=str(until.before_appointment))
        return said

    def _day(self, step: Step, day: int) -> str:
        side = "before" if step.anchor is Anchor.NEXT_SESSION else "after"
        return self.speaking.label(f"timing/{side}", day=str(day))

    def _when(self, step: Step, place: Place) -> dict[str, str]:
        label, timing = self.speaking.label, place.timing
        hour = label(f"timing/{place.moment or step.moment}") if timing.at is None else self._hour(timing.at)
        return {"what": self._day(step, timing.day), "when": hour, "how": label(f"timing/{timing.late}")}

    def ask(self, step: Step, name: str) -> str:
        """One question by what it is; where answers are to choose from, also by its own name."""
        own, _, kind = name.partition(":")
        ask = next((one for one in step.asks if named(one) == name), None)
        if ask is None and kind == AskKind.CHOICE:
            # it comes back with the file from before
            return self.speaking.label("timing/ask-back", value=own)
        count = str(len(ask.answers)) if ask is not None else ""
        return self.speaking.label(f"timing/ask-{kind}", value=own, count=count)

    def warnings(self, step: Step, timing: Timing) -> Iterator[Html]:
        """Of questions taken off that look for danger signs."""
        left = Timing.of(step).asks if timing.asks is None else timing.asks
        missed = [self.ask(step, named(ask)) for ask in taken_off(step, left or ()) if raises(step, ask)]
        if missed:
            yield self.speaking.staff("timing/nothing-raises", listed=", ".join(missed))

    def calendar(self, protocol: Protocol, step: Step, timing: Timing, *, at: datetime) -> Html:
        """The days of a patient whose session is today, with this message where it would be."""
        changed = retimed(protocol, step.id, timing.alone)
        rows = [row for row in self._rows(changed, at=at) if row.step.anchor is step.anchor]
        return Html("\n".join(self._line(row, step, at=at) for row in rows))

    def moving(self, work: Work, draft: Draft, *, at: datetime) -> tuple[list[Moving], int]:
        """Who has it before them, soonest first; and how many had it already."""
        treatment, step_id = draft.times
        found = self.step(treatment, step_id)
        if found is None:
            return [], 0
        people, moving, had = work.survey.people(), [], set[int]()
        running = {one.id: one for one in self.following(work, treatment)}
        for row in work.survey.of_steps({step_id}):
            enrolment, patient = running.get(row.enrolment_id), people.get(row.patient_id)
            if enrolment is None or patient is None:
                continue
            if row.state in HAD:
                had.add(patient.id)
            elif not row.state.final:
                moving.append(Moving(patient, row.due_at, self._new(work, patient, enrolment, draft, at=at)))
        return sorted(moving, key=lambda one: one.old), len(had)

    def following(self, work: Work, treatment: str) -> Iterator[Enrolment]:
        """Running enrolments that go by this plan."""
        protocols = self.speaking.shelf.protocols
        for one in work.enrolments.running():
            leading = followed(protocols, one)
            if leading is not None and leading.id == treatment:
                yield one

    def checked(self, work: Work, draft: Draft, *, at: datetime) -> Html:
        """Before and after, the calendar, and who would get it when."""
        treatment, step_id = draft.times
        found = self.step(treatment, step_id)
        if found is None:
            return self.speaking.staff("content/gone")
        protocol, step = found
        old, new = Timing.of(step), Timing.named(draft.words)
        return self.speaking.staff(
            "timing/ready",
            what=self.name(treatment, step_id),
            old_value=self.timing(step, old),
            new_value=self.timing(step, new),
            listed=self.calendar(protocol, step, new, at=at),
            remarks=Html("\n".join(self._remarks(work, draft, step, new, at=at))),
        )

    def _remarks(self, work: Work, draft: Draft, step: Step, new: Timing, *, at: datetime) -> Iterator[Html]:
        yield from self.warnings(step, new)
        if not new.asks_as(step):
            moving, had = self.moving(work, draft, at=at)
            first = self.speaking.moment(moving[0].old, at=at) if moving else self.speaking.label("timing/nobody")
            yield self.speaking.staff("timing/effect-asks", count=str(len(moving)), last=str(had), when=first)
        if draft.moves:
            yield from self._effect(work, draft, at=at)

    def _effect(self, work: Work, draft: Draft, *, at: datetime) -> Iterator[Html]:
        moving, had = self.moving(work, draft, at=at)
        lost = sum(one.new is None for one in moving)
        facts = {"count": str(len(moving)), "last": str(had), "limit": str(lost)}
        yield self.speaking.staff("timing/effect" if moving else "timing/effect-nobody", **facts)
        for one in moving[:MOST_LISTED]:
            new = self.speaking.label("timing/lost") if one.new is None else self.speaking.moment(one.new, at=at)
            facts = {"old_value": self.speaking.moment(one.old, at=at), "new_value": new}
            yield self.speaking.about("timing/effect-line", one.patient, **facts)
        if len(moving) > MOST_LISTED:
            yield self.speaking.staff("timing/more", count=str(len(moving) - MOST_LISTED))

    def _new(
        self, work: Work, patient: Patient, enrolment: Enrolment, draft: Draft, *, at: datetime
    ) -> datetime | None:
        """When they would get it, were they moved."""
        moved, step_id = enrolment.follow_timing(*draft.times), draft.times[1]
        protocol = leading(self.speaking.shelf.protocols, moved)
        changed = retimed(protocol, step_id, Timing.named(draft.words).alone)
        planned = self.planning.timetable(work, patient, moved, at=at, protocol=changed)
        return next((row.due_at for row in planned if row.step.id == step_id), None)

    def _rows(self, protocol: Protocol, *, at: datetime) -> list[Planned]:
        clinic = self.speaking.shelf.clinic
        today = local_day(at, clinic.zone)
        next_on = today + timedelta(days=protocol.interval or INTERVAL)
        supposed = Supposed(protocol.id, today, clinic.zone, self.speaking.staff_language, next_on=next_on)
        return rows_of(supposed, self.speaking.shelf, protocol)

    def _line(self, row: Planned, step: Step, *, at: datetime) -> Html:
        zone, language = self.speaking.shelf.clinic.zone, self.speaking.staff_language
        weekday = self.speaking.dates.say_weekday(local_day(row.due_at, zone), language)
        name = "line-this" if row.step.id == step.id else "line"
        before = row.step.anchor is Anchor.NEXT_SESSION
        what = self.speaking.label(f"timing/{'before' if before else 'after'}", day=str(row.step.day))
        when = f"{weekday}, {self.speaking.moment(row.due_at, at=at)}"
        return self.speaking.staff(f"timing/{name}", when=when, what=what, value=row.step.id)

    def _hour(self, hour: time) -> str:
        return self.speaking.dates.say_time(hour, self.speaking.staff_language)


def has_an_hour(step: Step) -> bool:
    """What leaves when the session ends has neither day nor hour of its own."""
    return step.moment is not Moment.SESSION_END
