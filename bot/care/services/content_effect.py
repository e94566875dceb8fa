"""Say who will read new words: patients in progress who have a message with them before them, or had it already."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.care.model.delivery import DeliveryState
from bot.care.model.people import Patient
from bot.care.model.revision import FileChange
from bot.care.model.survey import StepRow
from bot.care.model.windows import followed
from bot.care.model.words import Html
from bot.care.ports import Work
from bot.care.services.sampling import steps_with
from bot.care.services.speaking import Speaking
from scheduler.localtime import local_day

HAD = frozenset({DeliveryState.SENT, DeliveryState.FOLDED, DeliveryState.UNCERTAIN})


@dataclass(frozen=True)
class Reach:
    """Numbers of patients; `first` is when the first of them reads the new words."""

    will: int
    had: int
    held: int
    first: datetime | None


@dataclass(frozen=True)
class ContentEffect:
    speaking: Speaking

    def said(self, work: Work, change: FileChange, *, at: datetime) -> Html:
        keys = {one.item.key for one in change.rewordings}
        steps = {key for key in keys if key.startswith("steps/")}
        if not keys:
            return self.speaking.staff("content/effect-none")
        if not steps:
            return self.speaking.staff("content/effect-asked", count=str(len(work.survey.people())))
        reach = self.reach(work, steps, at=at)
        facts = {"count": str(reach.will + reach.had + reach.held), "value": str(reach.will)}
        facts |= {"last": str(reach.had), "limit": str(reach.held)}
        first = "" if reach.first is None else self.speaking.moment(reach.first, at=at)
        name = "effect-steps" if first else "effect-steps-later"
        return self.speaking.staff(f"content/{name}", first=first, **facts)

    def reach(self, work: Work, keys: Collection[str], *, at: datetime) -> Reach:
        """Each patient is counted once: as reading the new words if any message with them is still to come."""
        people = work.survey.people()
        will: dict[int, datetime] = {}
        had, held = set[int](), set[int]()
        for row in self._rows(work, keys):
            patient = people.get(row.patient_id)
            if patient is None:
                continue
            if not row.state.final and _hears(patient, at):
                will[patient.id] = min(row.due_at, will.get(patient.id, row.due_at))
            elif not row.state.final:
                held.add(patient.id)
            elif row.state in HAD:
                had.add(patient.id)
        held -= will.keys()
        return Reach(len(will), len(had - will.keys() - held), len(held), min(will.values(), default=None))

    def _rows(self, work: Work, keys: Collection[str]) -> Iterator[StepRow]:
        """Messages of running plans that say one of these."""
        protocols = self.speaking.shelf.protocols
        saying = {(protocol.id, step.id) for key in keys for protocol, step in steps_with(key, protocols.values())}
        leads = {one.id: followed(protocols, one) for one in work.enrolments.running()}
        for row in work.survey.of_steps({step for _, step in saying}):
            protocol = leads.get(row.enrolment_id)
            if protocol is not None and (protocol.id, row.step) in saying:
                yield row


def _hears(patient: Patient, at: datetime) -> bool:
    is_paused = patient.paused_until is not None and patient.paused_until >= local_day(at, patient.zone)
    return patient.may_be_written_to and patient.unreachable_since is None and not is_paused
