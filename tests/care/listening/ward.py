"""A clinic in memory with everything that listens: Anna on day 3 after PicoSure, a desk, and a team of three."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

from bot.care.model.delivery import Act, ActKind, Delivery, DeliveryState, Lane, Outcome, Result
from bot.care.model.enrolment import Enrolment
from bot.care.model.escalation import Escalation
from bot.care.model.inbound import Said, Sender
from bot.care.model.people import Contact, Desk, Member, Patient, Role
from bot.care.model.purpose import Purpose
from bot.care.model.windows import Gate
from bot.care.ports.hearing import Hearing
from bot.care.services.questions import Questions
from bot.settings import CACHE
from bot.understanding.building import understand
from bot.understanding.understander import Understander
from tests.builders import a_patient, an_enrolment
from tests.care.scene import ANNA, DESK, ROLES, Scene
from tests.standing_library import the_shelf

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
"""Anna's third day, while the clinic is open."""
STRANGER = Sender(5555, 5555, "Somebody", "en")


@cache
def an_understanding() -> Understander:
    return understand(the_shelf().tables, CACHE)


@dataclass
class Ward(Scene):
    """What patients and staff write goes through triage and then to whoever answers, as in the house."""

    understanding: Hearing = field(default_factory=an_understanding)

    def furnish(self, *, on_telegram: bool) -> None:
        super().furnish(on_telegram=on_telegram)
        office, timers = self.office, self.furniture.timers
        self.escalating, self.desk = office.escalating, office.desk
        self.listening, self.answering, self.selfcare = office.listening, office.answering, office.selfcare
        self.keeping, self.forum = timers.keeping, timers.forum

    def says(
        self,
        who: Sender,
        words: str,
        *,
        edits: int = 0,
        reply_to: int | None = None,
        reply_text: str = "",
        reply_media: str = "",
        media: str = "",
    ) -> int:
        """A message from somebody, all the way in; its id."""
        message_id = edits or next(self.ids)
        said = Said(who, words, message_id, bool(edits), reply_to, reply_text, reply_media, media=media, html=words)
        if not who.private:
            self.desk.hear(self.work, said)
        elif not self.listening.raises(self.work, said, at=self.clock.now()):
            (self.listening.media if media else self.listening.hear)(self.work, said)
        self.deliver()
        return message_id

    def takes_back(self, who: Sender, message_id: int) -> None:
        """`/unsend` as a reply to what they wrote."""
        self.desk.unsend(self.work, Said(who, "/unsend", next(self.ids), reply_to=message_id))
        self.deliver()

    def anna(self) -> Patient:
        found = self.work.patients.by_chat(ANNA.chat)
        if found is None:
            raise AssertionError("Anna is not here")
        return found

    def cases(self) -> list[Escalation]:
        return list(self.work.escalations.of_patient(self.anna().id))

    def alerts(self, chat: int = DESK) -> list[Act]:
        """Alerts, climbs and notes that arrived in a chat, without edits."""
        self.deliver()
        kinds = (ActKind.SEND, ActKind.COPY)
        rows = [row for row in self._rows() if row.contact.chat == chat and row.escalation_id is not None]
        return [row.act for row in rows if row.act is not None and row.act.kind in kinds]

    def message_of(self, purpose: Purpose, chat: int = DESK) -> int:
        """The id of the newest message of a purpose in a chat."""
        rows = [row for row in self._rows() if row.contact.chat == chat and row.purpose is purpose]
        return rows[-1].message_id or 0

    def check_in(self, step_id: str) -> None:
        """The step's message leaves, with its first question."""
        enrolment = self.enrolment()
        protocol = self.library.shelf.protocols[enrolment.treatment]
        step = protocol.step(step_id)
        if step is None:
            raise AssertionError(f"no step {step_id}")
        facts = self.answering.knowing.facts(self.work, self.anna(), at=self.clock.now())
        questions = Questions(self.library.shelf, "en", facts, protocol, enrolment.id)
        contact = self.anna().contact
        if contact is None:
            raise AssertionError("Anna cannot be reached")
        act = Act(ActKind.SEND, contact, f"{step_id}", questions.keyboard(step, step.asks[0]))
        row = Delivery(
            Lane.SCHEDULED,
            contact,
            self.clock.now(),
            patient_id=self.anna().id,
            enrolment_id=enrolment.id,
            step=step_id,
            occurrence=f"{self.clock.now().date()}",
        )
        self.work.outbox.plan(row)
        waiting = [one for one in self.work.outbox.of_enrolment(enrolment.id) if one.step == step_id]
        self._leave(waiting[-1], act)

    def enrolment(self) -> Enrolment:
        return self.work.enrolments.course(self.anna().id)[-1]

    def gate(self) -> Gate:
        knowing = self.answering.knowing
        course = knowing.course(self.work, self.anna())
        return knowing.known(self.work, self.anna(), course, at=self.clock.now()).gate

    def deliver_to(self, chat: int) -> None:
        """What waits for this chat arrives, and nothing else does."""
        for row in self.work.outbox.due(at=self.clock.now(), limit=100):
            if row.contact.chat == chat and row.act is not None:
                self._arrive(row, row.act)

    def fails(self, purpose: Purpose, state: DeliveryState) -> None:
        """What waits for this purpose ends so, and what follows from it is done."""
        for row in self.work.outbox.due(at=self.clock.now(), limit=100):
            if row.purpose is purpose:
                self.work.outbox.settle(row.id, state, at=self.clock.now())
                self.furniture.aftermath.ended(self.work, self.work.outbox.get(row.id), at=self.clock.now())

    def later(self, **by: float) -> None:
        """Clinic time passes; what it makes due is done."""
        self.clock.later(**by)
        self.furniture.timers.run(self.work, at=self.clock.now())
        self.deliver()

    def _rows(self) -> list[Delivery]:
        return sorted(self.records.memory.deliveries.values(), key=lambda row: row.id)

    def _leave(self, row: Delivery, act: Act) -> None:
        attempt, message_id = f"plan-{row.id}", next(self.ids)
        frozen = self.work.outbox.begin(row, act, attempt_id=attempt, lease=timedelta(seconds=90), alert=False)
        result = Result(Outcome.SENT, message_id=message_id)
        self.work.outbox.finish(row.id, attempt, DeliveryState.SENT, at=self.clock.now(), result=result)
        self.arrived.append((row.contact.chat, frozen or act))


def a_ward(
    *,
    day: int = 3,
    desk: bool = True,
    treatment: str = "picosure",
    pagers: tuple[Contact, ...] = (),
    **health: object,
) -> Ward:
    """Anna, so many days after her session, with the clinic open; all of the team reachable."""
    ward = Ward(pagers=pagers)
    ward.clock.at = MONDAY
    for who, role in ROLES.items():
        ward.work.team.add(a_member(who, role))
    if desk:
        ward.work.team.set_desk(a_desk())
    agreed_at = MONDAY - timedelta(days=day)
    patient = ward.work.patients.add(a_patient(agreed_at=agreed_at, phone="+44 7700 900123"))
    session_on = date(2026, 11, 23) - timedelta(days=day)
    surface = ward.library.shelf.protocols[treatment].surface
    enrolment = an_enrolment(treatment, patient_id=patient.id, session_on=session_on, surface=surface)
    ward.work.enrolments.add(replace(enrolment, health=replace(enrolment.health, **health)))  # type: ignore[arg-type]
    return ward


def a_member(who: Sender, role: Role) -> Member:
    return Member(who.account, who.name, role, MONDAY, tested_at=MONDAY)


def a_desk(*, is_forum: bool = False) -> Desk:
    return Desk(Contact(DESK), "Staff", is_forum=is_forum, set_by=1, set_at=MONDAY, tested_at=MONDAY)
