"""Joining: /start with and without a link, consent, health questions, phone and place."""

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.care.house import House
from bot.care.model.inbound import Sender
from bot.care.ports.records import Work
from bot.chat.deeds import Deed
from bot.chat.doorway import Doorway, sender
from bot.chat.handlers.commands import TYPED, command


def start(house: House, work: Work, who: Sender, words: str) -> None:
    if words:
        house.joining.open(work, who, words)
    else:
        house.joining.start(work, who)


def health(house: House, work: Work, who: Sender, words: str) -> None:
    """Staff name a patient; patients answer their own questions again."""
    is_patient = who.private and work.patients.by_chat(who.chat) is not None
    if words or not is_patient:
        house.health_noting.command(work, who, words)
    else:
        house.joining.health.again(work, who)


async def phone(update: Update, context: Doorway) -> None:
    contact = update.effective_message.contact if update.effective_message else None
    if contact is None:
        return
    who = sender(update)
    number, owner = contact.phone_number, contact.user_id
    await context.visit.do(lambda work: context.house.joining.health.phone_shared(work, who, number, owner=owner))


HANDLERS = (
    command("start", start),
    command("health", health),
    MessageHandler(filters.CONTACT & filters.ChatType.PRIVATE & TYPED, phone),
)

DEEDS: dict[str, Deed] = {
    "transfer": lambda house, work, who, tap: house.joining.transferring.ask(work, who, tap),
    "transfer-yes": lambda house, work, who, tap: house.joining.transferring.begin(work, who, tap),
    "transfer-off": lambda house, work, who, tap: house.joining.transferring.call_off(work, who, tap),
    "transfer-undo": lambda house, work, who, tap: house.joining.transferring.undo(work, who, tap),
    "join-yes": lambda house, work, who, tap: house.joining.confirm(work, who, tap),
    "join-no": lambda house, work, who, tap: house.joining.not_me(work, who, tap),
    "consent-yes": lambda house, work, who, tap: house.joining.consenting.agree(work, who, tap),
    "consent-minor": lambda house, work, who, tap: house.joining.consenting.refuse(work, who, tap, minor=True),
    "consent-no": lambda house, work, who, tap: house.joining.consenting.refuse(work, who, tap, minor=False),
    "double-same": lambda house, work, who, tap: house.joining.doubles.same(work, who, tap),
    "double-two": lambda house, work, who, tap: house.joining.doubles.two(work, who, tap),
    "health": lambda house, work, who, tap: house.joining.health.answer(work, who, tap),
    "health-again": lambda house, work, who, _: house.joining.health.again(work, who),
    "place": lambda house, work, who, tap: house.joining.placing.ask_country(work, who, tap),
    "country": lambda house, work, who, tap: house.joining.placing.set_country(work, who, tap),
    "zone-choose": lambda house, work, who, tap: house.joining.placing.choose_zone(work, who, tap),
}
