"""Write a planned row's message at the moment of sending, from what is true now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.care.model.conditions import next_ask
from bot.care.model.delivery import Act, ActKind, Delivery, DeliveryState
from bot.care.model.enrolment import Enrolment
from bot.care.model.people import Patient
from bot.care.model.protocol import Ask, Late, Step
from bot.care.model.windows import leading
from bot.care.ports.records import Work
from bot.care.ports.words import MissingWords
from bot.care.services.folding import folded_in
from bot.care.services.giving_way import gives_way
from bot.care.services.knowing import Knowing
from bot.care.services.merging import Merged, Part, asked, merge
from bot.care.services.questions import Questions, words_of
from bot.care.services.rechecking import Held, Later, Row, Scene, barred, hold, is_held, objection
from bot.care.services.talking import talk
from bot.care.services.telling import below, first_of_all

__all__ = ["Composing", "Held", "Later", "Ready"]


@dataclass(frozen=True)
class Ready:
    """`folds`: further rows that this message carries."""

    act: Act
    content_hash: str
    rendered_on: str
    folds: tuple[int, ...] = ()


@dataclass(frozen=True)
class Composing:
    knowing: Knowing

    def compose(self, work: Work, delivery: Delivery, *, at: datetime) -> Ready | Held | Later:
        """Called inside the claim's transaction, for rows of a plan that are due and still useful."""
        if delivery.patient_id is None or delivery.enrolment_id is None:
            return Held(DeliveryState.FAILED, "a plan's row without a patient")
        patient = work.patients.get(delivery.patient_id)
        enrolment = work.enrolments.get(delivery.enrolment_id)
        bar = barred(patient, enrolment)
        if bar is not None:
            return bar
        if enrolment.treatment not in self.knowing.shelf.protocols:
            return Held(DeliveryState.FAILED, "its treatment is no longer on the shelf")
        on_hold = frozenset(one.subject for one in work.holds.all())
        protocol = leading(self.knowing.shelf.protocols, enrolment)
        if (held := hold(delivery, protocol, on_hold, at=at)) is not None:
            return held
        scene = self._scene(work, patient, enrolment, on_hold, at=at)
        step = scene.known.protocol.step(delivery.step)
        if step is None:
            return Held(DeliveryState.CANCELLED, "no longer in the protocol")
        row = Row(delivery, step)
        frozen = _frozen(delivery, scene)
        against = objection(row, scene) or gives_way(row, scene)
        if against is not None:
            return against
        try:
            return frozen or _written(row, scene)
        except MissingWords as error:
            return Held(DeliveryState.FAILED, f"no words: {error}")

    def _scene(
        self, work: Work, patient: Patient, enrolment: Enrolment, on_hold: frozenset[tuple[str, str]], *, at: datetime
    ) -> Scene:
        course = self.knowing.course(work, patient, session=enrolment.id)
        known = self.knowing.known(work, patient, course, at=at)
        facts = self.knowing.facts(work, patient, at=at, session=enrolment.id)
        rows = [row for row in work.outbox.of_enrolment(enrolment.id) if row.step]
        talking = talk(work, patient, self.knowing.shelf.clinic, at=at) is not None
        return Scene(self.knowing.shelf, known, rows, facts, at, talking, on_hold)


def _written(row: Row, scene: Scene) -> Ready:
    together = sorted([row, *_company(row, scene)], key=lambda each: (each.step.rank, each.delivery.due_at))
    merged = _merged(together, scene)
    if row.delivery.id not in merged.carried:
        # the row that is sent is always in its own message; what it pushes out leaves by itself
        merged = _merged(together, scene, must=row.delivery.id)
    included = [each for each in together if each.delivery.id in merged.carried]
    others = [each.delivery for each in included if each is not row]
    folds = tuple(other.id for other in others if other.state is DeliveryState.SCHEDULED)
    act = _act(included, below(first_of_all(scene.shelf, scene.known, scene.facts), merged.text), scene)
    return Ready(act, scene.shelf.version, scene.known.on.isoformat(), folds)


def _frozen(delivery: Delivery, scene: Scene) -> Ready | None:
    """A retry on the same day of the patient says exactly what the first attempt said.

    Unless none has arrived, and meanwhile something came up that has to be said before it.
    """
    if delivery.act is None or delivery.rendered_on != scene.known.on.isoformat():
        return None
    if not delivery.ambiguous and not delivery.act.text.startswith(first_of_all(scene.shelf, scene.known, scene.facts)):
        return None
    return Ready(delivery.act, delivery.content_hash, delivery.rendered_on)


def _company(row: Row, scene: Scene) -> list[Row]:
    """Other rows that are due and may leave now, what an earlier try carried, and expired rows whose line is kept."""
    protocol = scene.known.protocol
    steps = ((other, protocol.step(other.step)) for other in scene.rows if other.id != row.delivery.id)
    found = [Row(other, step) for other, step in steps if step is not None]
    return [other for other in found if _joins(other, row, scene)]


def _joins(other: Row, row: Row, scene: Scene) -> bool:
    match other.delivery.state:
        case DeliveryState.SCHEDULED:
            until = other.delivery.useful_until
            useful = until is None or until >= scene.at
            return (
                other.delivery.due_at <= scene.at
                and useful
                and not is_held(other.delivery, scene)
                and objection(other, scene) is None
            )
        case DeliveryState.FOLDED:
            return other.delivery.reason == f"into {row.delivery.id}"
        case DeliveryState.EXPIRED:
            is_kept = other.step.late is not Late.DROP and not is_held(other.delivery, scene)
            return is_kept and not _was_carried(other.delivery, scene)
        case _:
            return False


def _was_carried(expired: Delivery, scene: Scene) -> bool:
    """A message that left after the row expired has carried its line already."""
    until = expired.useful_until
    return until is None or any(each.sent_at is not None and each.sent_at > until for each in scene.rows)


def _merged(together: Sequence[Row], scene: Scene, *, must: int | None = None) -> Merged:
    parts = [part for each in together for part in (_part(each, scene), *_also(each, scene))]
    first = _first_ask(together, scene)
    question = _questions(scene).words(*first) if first else ""
    return merge([part for part in parts if part.text or part.brief], question=question, must=must)


def _part(row: Row, scene: Scene) -> Part:
    """An expired row is kept in brief only: its own words were for another day."""
    words = f"steps/{words_of(scene.known.protocol, row.step)}"
    language = scene.patient.language
    brief = f"{words}/safety"
    said = scene.shelf.say(brief, language, scene.facts) if scene.shelf.has(brief, language) else ""
    if row.delivery.state is DeliveryState.EXPIRED:
        return Part(row.delivery.id, said, said)
    return Part(row.delivery.id, scene.shelf.say(words, language, scene.facts), said)


def _also(row: Row, scene: Scene) -> list[Part]:
    """What only another treatment of that day says, unless its day is over."""
    if row.delivery.state is DeliveryState.EXPIRED:
        return []
    said = folded_in(row.step, scene.enrolment, scene.shelf, scene.patient.language, scene.facts)
    return [Part(row.delivery.id, text) for text in said]


def _act(included: Sequence[Row], text: str, scene: Scene) -> Act:
    questions, contact = _questions(scene), scene.patient.contact
    if contact is None:
        raise ValueError("nothing is written before a contact is known")
    first = _first_ask(included, scene)
    if first is None:
        return Act(ActKind.SEND, contact, text, questions.person())
    return Act(ActKind.SEND, contact, asked(text, questions.words(*first)), questions.keyboard(*first))


def _questions(scene: Scene) -> Questions:
    known = scene.known
    return Questions(scene.shelf, scene.patient.language, scene.facts, known.protocol, scene.enrolment.id)


def _first_ask(rows: Sequence[Row], scene: Scene) -> tuple[Step, Ask] | None:
    """The first open question of these rows; an expired one asks nothing any more."""
    steps = [row.step for row in rows if row.delivery.state is not DeliveryState.EXPIRED]
    coming = ((step, next_ask(step, scene.known)) for step in steps)
    return next(((step, ask) for step, ask in coming if ask is not None), None)
