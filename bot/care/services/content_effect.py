"""Say who will read new words: patients in progress who have a message with them before them, or had it already."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.care.model.delivery import DeliveryState
from bot.care.model.people import Patient
from bot.care.model.revision import FileChange, Item
from bot.care.model.survey import StepRow
from bot.care.model.windows import followed
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.knowing import Knowing
from bot.care.services.sampling import Sampling, steps_with
from scheduler.localtime import local_day

HAD = frozenset({DeliveryState.SENT, DeliveryState.FOLDED, DeliveryState.UNCERTAIN})


@dataclass(frozen=True)
class Reach:
    """Numbers of patients; `first` is when the first of them reads the new words.

    `others` have the message before them, but are told it in the words of another case.
    """

    will: int
    had: int
    held: int
    others: int
    first: datetime | None


@dataclass(frozen=True)
class ContentEffect:
    knowing: Knowing
    sampling: Sampling

    def said(self, work: Work, change: FileChange, *, at: datetime) -> Html:
        items = [one.item for one in change.rewordings]
        speaking = self.knowing.speaking
        if not items:
            return speaking.staff("content/effect-none")
        steps = [item for item in items if item.key.startswith("steps/")]
        if not steps:
            return speaking.staff("content/effect-asked", count=str(len(work.survey.people())))
        reach = self.reach(work, steps, at=at)
        first = "" if reach.first is None else speaking.moment(reach.first, at=at)
        facts = {"value": str(reach.will), "last": str(reach.had), "limit": str(reach.held), "most": str(reach.others)}
        facts["count"] = str(reach.will + reach.had + reach.held + reach.others)
        remarks = speaking.staff("content/effect-others", **facts) if reach.others else Html()
        return speaking.staff(
            f"content/{'effect-steps' if first else 'effect-nobody'}", first=first, remarks=remarks, **facts
        )

    def reach(self, work: Work, items: Sequence[Item], *, at: datetime) -> Reach:
        """Each patient is counted once: as reading the new words if any message with them is still to come."""
        people = work.survey.people()
        will: dict[int, datetime] = {}
        had, held, others = set[int](), set[int](), set[int]()
        for row, said in self._rows(work, items):
            patient = people.get(row.patient_id)
            if patient is None:
                continue
            if row.state in HAD:
                had.add(patient.id)
            elif not row.state.final and not _hears(patient, at):
                held.add(patient.id)
            elif not row.state.final and self._reads(work, patient, row, said):
                will[patient.id] = min(row.due_at, will.get(patient.id, row.due_at))
            elif not row.state.final:
                others.add(patient.id)
        held -= will.keys()
        others -= will.keys() | held
        had -= will.keys() | held | others
        return Reach(len(will), len(had), len(held), len(others), min(will.values(), default=None))

    def _rows(self, work: Work, items: Sequence[Item]) -> Iterator[tuple[StepRow, list[Item]]]:
        """Messages of running plans that say one of these, and which."""
        protocols = self.knowing.shelf.protocols
        saying: dict[tuple[str, str], list[Item]] = {}
        for item in items:
            for protocol, step in steps_with(item.key, protocols.values()):
                saying.setdefault((protocol.id, step.id), []).append(item)
        leads = {one.id: followed(protocols, one) for one in work.enrolments.running()}
        for row in work.survey.of_steps({step for _, step in saying}):
            leading = leads.get(row.enrolment_id)
            said = saying.get((leading.id, row.step)) if leading is not None else None
            if said is not None:
                yield row, said

    def _reads(self, work: Work, patient: Patient, row: StepRow, items: Sequence[Item]) -> bool:
        """On the day of the message, as far as is known today."""
        mine = [item for item in items if item.language == patient.language]
        if all(len(self.sampling.shelf.written(item.key, item.language)) == 1 for item in mine):
            return bool(mine)
        facts = self.knowing.facts(work, patient, at=row.due_at, session=row.enrolment_id)
        return any(self.sampling.chosen(item, facts) == item.variant for item in mine)


def _hears(patient: Patient, at: datetime) -> bool:
    is_paused = patient.paused_until is not None and patient.paused_until >= local_day(at, patient.zone)
    return patient.may_be_written_to and patient.unreachable_since is None and not is_paused
