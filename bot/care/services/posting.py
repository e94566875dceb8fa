"""Put one act into the outbox."""

from datetime import datetime

from bot.care.model.delivery import Act, ActKind, Delivery, Keyboard, Lane, MessageRef
from bot.care.model.people import Contact
from bot.care.ports import Work

TO_STRANGERS = "stranger"
"""The purpose of what nobody waits for: however many strangers write, patients and staff are answered before them."""


def post(
    work: Work,
    to: Contact,
    text: str,
    *,
    at: datetime,
    lane: Lane = Lane.REPLY,
    keyboard: Keyboard = (),
    purpose: str = "",
    patient_id: int | None = None,
    escalation_id: int | None = None,
    reply_to: int | None = None,
    silent: bool = False,
    force_reply: bool = False,
) -> Delivery:
    """A message that leaves as soon as its lane and the pace allow."""
    if purpose == TO_STRANGERS:
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


def put(
    work: Work,
    act: Act,
    *,
    at: datetime,
    lane: Lane = Lane.REPLY,
    purpose: str = "",
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


def replace(
    work: Work, message: MessageRef, text: str, *, at: datetime, keyboard: Keyboard = (), purpose: str = "edit"
) -> Delivery:
    """Edit a message of ours: what was chosen takes the place of its buttons."""
    act = Act(kind=ActKind.EDIT, to=Contact(message.chat), text=text, keyboard=keyboard, target=message)
    return put(work, act, at=at, purpose=purpose)
