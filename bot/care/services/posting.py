"""Put one act into the outbox."""

from datetime import datetime

from bot.care.model.delivery import Act, ActKind, Delivery, Keyboard, Lane, MessageRef
from bot.care.model.inbound import Tap
from bot.care.model.people import Contact, Patient
from bot.care.model.purpose import Purpose
from bot.care.ports.records import Work
from bot.care.services.whose import is_of_another


def post(
    work: Work,
    to: Contact,
    text: str,
    *,
    at: datetime,
    lane: Lane = Lane.REPLY,
    keyboard: Keyboard = (),
    purpose: Purpose = Purpose.PLAIN,
    patient_id: int | None = None,
    escalation_id: int | None = None,
    reply_to: int | None = None,
    silent: bool = False,
    force_reply: bool = False,
) -> Delivery:
    """A message that leaves as soon as its lane and the pace allow."""
    if purpose is Purpose.STRANGER:
        lane = Lane.SCHEDULED
    act = Act(
        kind=ActKind.SEND,
        to=to,
        text=text,
        keyboard=keyboard,
        reply_to=reply_to,
        silent=silent,
        force_reply=force_reply,
    )
    return put(work, act, at=at, lane=lane, purpose=purpose, patient_id=patient_id, escalation_id=escalation_id)


def tell(
    work: Work,
    patient: Patient,
    text: str,
    *,
    at: datetime,
    lane: Lane = Lane.REPLY,
    keyboard: Keyboard = (),
    purpose: Purpose = Purpose.ANSWER,
    escalation_id: int | None = None,
    reply_to: int | None = None,
) -> Delivery | None:
    """To the patient in their own chat; None for somebody who never opened one, or was unlinked.

    About a case only to whom it belongs: it would tell one person of another's danger.
    """
    is_anothers = escalation_id is not None and is_of_another(work, work.escalations.get(escalation_id))
    if patient.contact is None or is_anothers:
        return None
    return post(
        work,
        patient.contact,
        text,
        at=at,
        lane=lane,
        keyboard=keyboard,
        purpose=purpose,
        patient_id=patient.id,
        escalation_id=escalation_id,
        reply_to=reply_to,
    )


def put(
    work: Work,
    act: Act,
    *,
    at: datetime,
    lane: Lane = Lane.REPLY,
    purpose: Purpose = Purpose.PLAIN,
    patient_id: int | None = None,
    escalation_id: int | None = None,
    after: int | None = None,
) -> Delivery:
    """Any act; `after` names a delivery whose message is this one's target."""
    return work.outbox.add(
        Delivery(
            lane=lane,
            contact=act.to,
            due_at=at,
            act=act,
            purpose=purpose,
            patient_id=patient_id,
            escalation_id=escalation_id,
            after=after,
        )
    )


def edit(
    work: Work,
    message: MessageRef,
    text: str,
    *,
    at: datetime,
    keyboard: Keyboard = (),
    purpose: Purpose = Purpose.EDIT,
) -> Delivery:
    """A message of ours says something else, with other buttons or none."""
    act = Act(kind=ActKind.EDIT, to=Contact(message.chat), text=text, keyboard=keyboard, target=message)
    return put(work, act, at=at, purpose=purpose)


def show(work: Work, tap: Tap, text: str, *, at: datetime, keyboard: Keyboard = ()) -> None:
    """What came of a tap takes the place of its message."""
    if tap.message_id is not None:
        edit(work, MessageRef(tap.chat, tap.message_id), text, at=at, keyboard=keyboard)
