"""What staff read of a timing that was changed in a file: what it was, what it is, and whom it would reach when."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.care.model.enrolment import Enrolment
from bot.care.model.people import Patient
from bot.care.model.protocol import Anchor, Late, Step, Until
from bot.care.model.revision import MOVE, Draft, DraftState, Retimed
from bot.care.model.survey import StepRow
from bot.care.model.timing import Place, following
from bot.care.model.windows import leading
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.content_effect import HAD
from bot.care.services.timing_words import MOST_LISTED, TimingWords
from scheduler.localtime import local_day

MOST_STEPS = 6
LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Touched:
    """A patient, a message before them, when it is due and when it would be; None where it is not, or would not be."""

    patient: Patient
    step: str
    old: datetime | None
    new: datetime | None

    @property
    def is_unplanned(self) -> bool:
        """It has no date yet, on either plan."""
        return self.old is self.new is None

    @property
    def is_lost(self) -> bool:
        return self.new is None and not self.is_unplanned

    @property
    def first(self) -> datetime:
        return self.old or self.new or LAST


@dataclass(frozen=True)
class PlansWords:
    timing: TimingWords

    def live(self, draft: Draft) -> list[Retimed]:
        """The steps that are where the file had put them; the others were changed again since."""
        found = ((one, self.timing.step(draft.treatment, one.step)) for one in draft.retimed)
        return [one for one, at in found if at is not None and Place.of(at[1]) == Place.named(one.new)]

    def touched(self, work: Work, draft: Draft, *, at: datetime) -> tuple[list[Touched], int]:
        """Whose plan would change if they were moved, soonest first; and how many had it already."""
        steps = [one.step for one in self.live(draft)]
        people, rows = work.survey.people(), defaultdict[int, list[StepRow]](list)
        for row in work.survey.of_steps(set(steps)):
            rows[row.enrolment_id].append(row)
        running = list(self.timing.following(work, draft.treatment))
        had = {one.patient_id for one in running for row in rows[one.id] if row.state in HAD}
        found = [
            touched
            for one in running
            if one.patient_id in people
            for touched in self._of(work, people[one.patient_id], one, rows[one.id], steps, at=at)
        ]
        return sorted(found, key=lambda one: one.first), len(had)

    def question(self, work: Work, draft: Draft, touched: Sequence[Touched], had: int, *, at: datetime) -> Html:
        speaking = self.timing.speaking
        return speaking.staff(
            "timing/file",
            what=speaking.treatment_name(draft.treatment),
            listed=Html("\n".join(self._steps(draft))),
            remarks=Html("\n".join(self._effect(work, draft, touched, had, at=at))),
        )

    def said(self, name: str, draft: Draft, **facts: str) -> Html:
        """One sentence on what becomes of running plans."""
        speaking = self.timing.speaking
        live = {one.step for one in self.live(draft)}
        gone = [one.step for one in draft.retimed if one.step not in live]
        remarks = speaking.staff("timing/plans-but", listed=", ".join(gone)) if gone and live else Html()
        about = ", ".join(one.step for one in draft.retimed if one.step in live or not live)
        what = speaking.label("timing/plans", what=speaking.treatment_name(draft.treatment), listed=about)
        return speaking.staff(f"timing/plans-{name}", what=what, remarks=remarks, **facts)

    def over(self, work: Work, draft: Draft) -> Html:
        """Why nobody is asked any more."""
        if draft.state is DraftState.ENDED:
            return self.said("overtaken", draft)
        speaking, member = self.timing.speaking, work.team.member(draft.published_by)
        name = speaking.label("content/by-former") if member is None else member.name
        chosen = speaking.label(f"timing/chosen-{'move' if draft.words == MOVE else 'keep'}")
        return self.said("decided", draft, member_name=name, value=chosen)

    # --- inside ------------------------------------------------------------------------------------------------------

    def _of(
        self,
        work: Work,
        patient: Patient,
        enrolment: Enrolment,
        rows: Sequence[StepRow],
        steps: Sequence[str],
        *,
        at: datetime,
    ) -> Iterator[Touched]:
        protocols = self.timing.speaking.shelf.protocols
        own = leading(protocols, enrolment)
        moved = following(enrolment, protocols[own.id], *steps)
        if moved == enrolment:
            return
        new = leading(protocols, moved)
        planned = self.timing.planning.timetable(work, patient, moved, at=at)
        then = {row.step.id: row.due_at for row in planned}
        for name in steps:
            mine = [row for row in rows if row.step == name]
            coming = next((row.due_at for row in mine if not row.state.final), None)
            if mine and coming is None:
                # had, or at its end: it does not come a second time
                continue
            before, after = own.step(name), new.step(name)
            if before is None or after is None:
                continue
            may_come = any(_may_come(one, enrolment, patient, at=at) for one in (before, after))
            is_same = _of_the_late(before) == _of_the_late(after) if coming is not None else not may_come
            if coming != then.get(name) or (not is_same and Place.of(before) != Place.of(after)):
                yield Touched(patient, name, coming, then.get(name))

    def _steps(self, draft: Draft) -> Iterator[Html]:
        live = self.live(draft)
        for one in live[:MOST_STEPS]:
            found = self.timing.step(draft.treatment, one.step)
            if found is not None:
                places = Place.named(one.old), Place.named(one.new)
                say = self.timing.place if places[0].is_useful_as(places[1]) else self.timing.whole_place
                old, new = (say(found[1], place) for place in places)
                name = "file-step-still" if one.is_held else "file-step"
                yield self.timing.speaking.staff(f"timing/{name}", value=one.step, old_value=old, new_value=new)
        if len(live) > MOST_STEPS:
            yield self.timing.speaking.staff("timing/more", count=str(len(live) - MOST_STEPS))

    def _effect(
        self, work: Work, draft: Draft, touched: Sequence[Touched], had: int, *, at: datetime
    ) -> Iterator[Html]:
        speaking = self.timing.speaking
        patients, lost = {one.patient.id for one in touched}, sum(one.is_lost for one in touched)
        facts = {"count": str(len(patients)), "last": str(had), "limit": str(lost)}
        yield speaking.staff("timing/file-effect" if touched else "timing/file-nobody", **facts)
        for one in touched[:MOST_LISTED]:
            old = speaking.label("timing/not-planned") if one.old is None else speaking.moment(one.old, at=at)
            new = speaking.label("timing/lost") if one.new is None else speaking.moment(one.new, at=at)
            if one.old == one.new:
                new = speaking.label("timing/same-hour")
            if one.is_unplanned:
                old, new = speaking.label("timing/not-yet"), speaking.label("timing/then-new")
            facts = {"value": one.step, "old_value": old, "new_value": new}
            yield speaking.about("timing/file-line", one.patient, **facts)
        if len(touched) > MOST_LISTED:
            yield speaking.staff("timing/more", count=str(len(touched) - MOST_LISTED))
        if self._takes_the_place_of_another(work, draft):
            yield speaking.staff("timing/file-again")

    def _takes_the_place_of_another(self, work: Work, draft: Draft) -> bool:
        """What was asked before of this treatment was not answered."""
        ended = work.drafts.in_state(DraftState.ENDED, DraftState.SAVED)
        before = [one for one in ended if one.item == draft.item and one.id < draft.id]
        return bool(before) and before[-1].state is DraftState.ENDED


def _may_come(step: Step, enrolment: Enrolment, patient: Patient, *, at: datetime) -> bool:
    """Though it is not planned: its session has no date yet, or may move; its time after one is not over."""
    if step.anchor is Anchor.NEXT_SESSION or enrolment.session_on is None:
        return True
    return local_day(at, patient.zone) <= enrolment.session_on + timedelta(days=step.until.day)


def _of_the_late(step: Step) -> tuple[Late, Until]:
    """What becomes of it when it could not leave at its hour."""
    return step.late, step.until
