"""A group's new number, everywhere in memory."""

from dataclasses import replace

from bot.care.model.delivery import Act, Delivery, MessageRef
from bot.care.model.people import Contact
from tests.fakes.memory import Memory


def move_chat(memory: Memory, old: int, new: int) -> None:
    memory.deliveries.update({key: _moved_row(row, old, new) for key, row in memory.deliveries.items()})
    memory.desks.update({key: replace(one, contact=_moved(one.contact, old, new)) for key, one in memory.desks.items()})
    memory.taps.update({key: replace(one, chat=new) for key, one in memory.taps.items() if one.chat == old})
    memory.attempts.update({key: replace(one, chat=new) for key, one in memory.attempts.items() if one.chat == old})
    memory.entries.update({key: replace(one, chat=new) for key, one in memory.entries.items() if one.chat == old})
    for key, patient in list(memory.patients.items()):
        if patient.contact is not None:
            memory.patients[key] = replace(patient, contact=_moved(patient.contact, old, new))
    for chat, account in [key for key in memory.guests if key[0] == old]:
        memory.guests[new, account] = replace(memory.guests.pop((chat, account)), chat=new)
    for place in [place for place in memory.flows if place[0] == new]:
        del memory.flows[place]
    for chat, person in [key for key in memory.flows if key[0] == old]:
        memory.flows[new, person] = replace(memory.flows.pop((chat, person)), chat=new)


def _moved_row(row: Delivery, old: int, new: int) -> Delivery:
    aimed = row.act if row.act is None or row.state.final else _moved_act(row.act, old, new)
    return replace(row, contact=_moved(row.contact, old, new), act=aimed)


def _moved(contact: Contact, old: int, new: int) -> Contact:
    return replace(contact, chat=new) if contact.chat == old else contact


def _moved_act(act: Act, old: int, new: int) -> Act:
    source, target = (_moved_message(message, old, new) for message in (act.source, act.target))
    return replace(act, to=_moved(act.to, old, new), source=source, target=target)


def _moved_message(message: MessageRef | None, old: int, new: int) -> MessageRef | None:
    return replace(message, chat=new) if message is not None and message.chat == old else message
