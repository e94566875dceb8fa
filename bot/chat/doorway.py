"""What a handler is given: who came, what they hold, and one unit of work to do the deed in."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from telegram import Message, Update, User
from telegram.ext import Application, CallbackContext, ExtBot

from bot.care.house import House
from bot.care.model.inbound import Said, Sender, Tap
from bot.care.ports.records import Records, Work
from bot.chat.markup import as_html
from bot.chat.media import file_of, kind_of

ANONYMOUS = frozenset({1087968824, 777000, 136817688})
"""GroupAnonymousBot, Telegram's service account and the channel bot: ids that stand for no person."""


class NotAPerson(Exception):
    """The update was written by a group, a channel or a bot: it has no rights and gets no answer."""


@dataclass
class Visit:
    """One update on its way through the house: whatever it causes is committed together with its end."""

    update_id: int
    records: Records
    house: House
    hurried: bool = False
    """One of too many by the same person."""
    resumed: bool = False
    """It has waited in the inbox: nobody began it, or it was put off, or whoever began it is gone or slow."""
    acted: bool = False
    error: Exception | None = None

    def put_off(self) -> None:
        """Not now: it stays in the inbox and is taken up again by and by."""
        self.acted = True

    async def do(self, deed: Callable[[Work], None], *, said: Said | None = None, erase: bool = False) -> None:
        """Run `deed` and mark the update done, in one transaction and once only.

        With `said` the words pass triage first; if they raise a red flag that is the answer and `deed` is not run.
        `erase`: only the update's id is kept.
        """
        self.acted = True
        receive = self.house.reception.receive
        await self.records.write(
            lambda work: receive(work, self.update_id, deed, said, hurried=self.hurried, erase=erase)
        )


@dataclass
class Visits:
    """The visits under way, by update id: how a handler finds its own; and what every button sets off."""

    visits: dict[int, Visit] = field(default_factory=dict)
    deeds: Mapping[str, Callable[[House, Work, Sender, Tap], None]] = field(default_factory=dict)
    spinners: set[asyncio.Task[None]] = field(default_factory=set)
    """Answers to taps under way: held, or they would be collected before they are sent."""


class Doorway(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], Visits]):
    """PTB's context with the visit of this update."""

    update_id: int = 0

    @classmethod
    def from_update(cls, update: object, application: Application[Any, Self, Any, Any, Any, Any]) -> Self:
        context = super().from_update(update, application)
        context.update_id = update.update_id if isinstance(update, Update) else 0
        return context

    @property
    def visit(self) -> Visit:
        return self.bot_data.visits[self.update_id]

    @property
    def house(self) -> House:
        return self.visit.house

    @property
    def words(self) -> str:
        """What follows the command, in one line."""
        return " ".join(self.args or ())


CareApplication = Application[ExtBot[None], Doorway, dict[Any, Any], dict[Any, Any], Visits, None]


async def remember_error(update: object, context: Doorway) -> None:
    """PTB swallows what a handler raises; the intake must know, to try again."""
    if isinstance(update, Update) and not isinstance(context.error, NotAPerson):
        context.visit.error = context.error


def sender(update: Update) -> Sender:
    """Who it is; raises `NotAPerson` for anonymous admins, channels, bots and forwarded commands' shadows."""
    user, chat, message = update.effective_user, update.effective_chat, update.effective_message
    if user is None or chat is None or not _is_a_person(user, message, from_button=update.callback_query is not None):
        raise NotAPerson
    if chat.type == chat.PRIVATE and chat.id != user.id:
        raise NotAPerson  # a private chat has the number of the one person in it
    return Sender(
        account=user.id,
        chat=chat.id,
        name=user.first_name,
        language=user.language_code or "",
        private=chat.type == chat.PRIVATE,
        thread=message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None,
    )


def said(update: Update) -> Said:
    """The words of a message, typed or under a picture; raises `NotAPerson`."""
    message = update.effective_message
    text = (message.text or message.caption or "") if message else ""
    target = answered(message)
    ours = target if target and target.from_user and target.from_user.is_bot else None
    return Said(
        sender=sender(update),
        text=text,
        message_id=message.message_id if message else 0,
        edited=update.edited_message is not None,
        reply_to=ours.message_id if ours else None,
        reply_text=(ours.text or ours.caption or "") if ours else "",
        reply_media=kind_of(ours),
        file=file_of(message),
        html=as_html(message) if message else "",
    )


def answered(message: Message | None) -> Message | None:
    """What a message replies to: in a forum each one hangs under the first of its topic, which is no reply."""
    if message is None or message.reply_to_message is None:
        return None
    is_first = message.is_topic_message and message.reply_to_message.message_id == message.message_thread_id
    return None if is_first else message.reply_to_message


def _is_a_person(user: User, message: object, *, from_button: bool) -> bool:
    if user.is_bot or user.id in ANONYMOUS:
        return False
    # the message under a button is our own; only its tapper counts
    return from_button or message is None or getattr(message, "sender_chat", None) is None
