"""A group became a supergroup: its new number takes the old one's place everywhere."""

from dataclasses import replace

from sqlalchemy import select

from bot.care.model.delivery import Act, MessageRef
from bot.records import codec
from bot.records.delivery_rows import sealed_act
from bot.records.outbox_tables import AttemptRow, DeliveryRow, TapRow
from bot.records.tables import DeskRow, DrillRow, EntryRow, FlowRow, GuestRow, PatientRow, table
from bot.records.transaction import Transaction

deliveries, flows = table(DeliveryRow), table(FlowRow)
WITH_CHAT = tuple(
    table(row) for row in (DeliveryRow, AttemptRow, TapRow, DeskRow, GuestRow, DrillRow, EntryRow, FlowRow, PatientRow)
)


def move_chat(transaction: Transaction, old: int, new: int) -> None:
    """Acts that are still to be performed are aimed anew; finished ones stay as they were performed."""
    # also acts elsewhere: a copy made for a patient may come from the group
    still_open = (deliveries.c.open_lane.is_not(None), deliveries.c.act.is_not(None))
    for row in transaction.rows(select(deliveries.c.id, deliveries.c.act).where(*still_open)):
        act = codec.load(transaction.open(row.act))
        aimed = _aimed(act, old, new)
        if aimed != act:
            here = deliveries.update().where(deliveries.c.id == row.id)
            transaction.change(here.values(act=sealed_act(aimed, transaction)))
    transaction.change(flows.delete().where(flows.c.chat == new))
    for rows in WITH_CHAT:
        transaction.change(rows.update().where(rows.c.chat == old).values(chat=new))


def _aimed(act: Act, old: int, new: int) -> Act:
    to = replace(act.to, chat=new) if act.to.chat == old else act.to
    return replace(act, to=to, source=_message(act.source, old, new), target=_message(act.target, old, new))


def _message(message: MessageRef | None, old: int, new: int) -> MessageRef | None:
    return replace(message, chat=new) if message is not None and message.chat == old else message
