"""The state of a local Telegram; whoever changes it tells the journal."""

import itertools
from collections.abc import Callable
from datetime import datetime

from bot.playground.controls import Json
from bot.playground.conversation import Conversation
from bot.playground.files import Files
from bot.playground.inbox import Inbox
from bot.playground.journal import Journal
from bot.playground.menus import Menus
from bot.playground.view import chat_view, member_view, message_view, person_view, reactions_view
from bot.playground.world import ANONYMOUS_ADMIN_ID, Chat, ChatKind, Member, Message, Person, Status, Tap

FIRST_PERSON = 5_000_001
FIRST_GROUP = -4_000_001
FIRST_SUPERGROUP = -1_001_000_000_001


class Telegram:
    """People, chats and the one bot; `now` gives the aware instant stamped on messages."""

    def __init__(self, now: Callable[[], datetime], bot: Person) -> None:
        self.now = now
        self.bot = bot
        self.has_privacy = True
        self.people: dict[int, Person] = {
            bot.id: bot,
            ANONYMOUS_ADMIN_ID: Person(ANONYMOUS_ADMIN_ID, "Group", username="GroupAnonymousBot", is_bot=True),
        }
        self.conversations: dict[int, Conversation] = {}
        self.taps: dict[str, Tap] = {}
        self.files = Files()
        self.journal = Journal()
        self.inbox = Inbox()
        self.menus = Menus()
        self._person_ids = itertools.count(FIRST_PERSON)
        self._group_ids = itertools.count(FIRST_GROUP, -1)
        self._supergroup_ids = itertools.count(FIRST_SUPERGROUP, -1)

    def next_person_id(self) -> int:
        return next(self._person_ids)

    def meet(self, person: Person) -> None:
        """A new person and their private chat, still empty and not yet opened to the bot."""
        self.people[person.id] = person
        self.conversations[person.id] = Conversation(
            Chat(person.id, ChatKind.PRIVATE),
            members={
                person.id: Member(person.id, Status.MEMBER),
                self.bot.id: Member(self.bot.id, Status.LEFT),
            },
        )
        self.journal.note("person", person=person_view(person))
        self.tell_chat(person.id)

    def open_group(self, title: str, kind: ChatKind, *, is_forum: bool = False) -> Conversation:
        ids = self._group_ids if kind is ChatKind.GROUP else self._supergroup_ids
        chat = Chat(next(ids), kind, title, is_forum=is_forum)
        self.conversations[chat.id] = Conversation(chat)
        return self.conversations[chat.id]

    def find(self, chat_id: int) -> Conversation | None:
        return self.conversations.get(chat_id)

    def find_named(self, username: str) -> Conversation | None:
        """The public group or channel called @username; private chats cannot be found by name."""
        wanted = username.lstrip("@").lower()
        talks = self.conversations.values()
        return next((talk for talk in talks if wanted and talk.chat.username.lower() == wanted), None)

    def message(self, chat_id: int, message_id: int) -> Message | None:
        conversation = self.find(chat_id)
        return conversation.messages.get(message_id) if conversation else None

    def add(self, message: Message) -> None:
        self.conversations[message.chat_id].messages[message.message_id] = message
        self._tell("message", message)

    def change(self, message: Message) -> None:
        self.conversations[message.chat_id].messages[message.message_id] = message
        self._tell("edited", message)

    def remove(self, chat_id: int, message_ids: list[int]) -> None:
        for message_id in message_ids:
            self.conversations[chat_id].forget(message_id)
        self.journal.note("deleted", chat_id=chat_id, message_ids=message_ids)

    def seat(self, chat_id: int, member: Member) -> Member:
        """Give somebody a new standing; returns the old one."""
        conversation = self.conversations[chat_id]
        before = conversation.member(member.person_id)
        conversation.members[member.person_id] = member
        self.journal.note("member", chat_id=chat_id, member=member_view(member))
        return before

    def alter(self, chat: Chat) -> None:
        self.conversations[chat.id].chat = chat
        self.tell_chat(chat.id)

    def show_keyboard(self, chat_id: int, keyboard: Json | None) -> None:
        self.conversations[chat_id].keyboard = keyboard
        self.journal.note("keyboard", chat_id=chat_id, keyboard=keyboard)

    def react(self, chat_id: int, message_id: int, person_id: int, emoji: str | None) -> str | None:
        """Set or take away one reaction; returns the one before."""
        reactions = self.conversations[chat_id].reactions.setdefault(message_id, {})
        before = reactions.pop(person_id, None)
        if emoji:
            reactions[person_id] = emoji
        shown = reactions_view(self.conversations[chat_id], message_id)
        self.journal.note("reactions", chat_id=chat_id, message_id=message_id, reactions=shown)
        return before

    def tell_pins(self, chat_id: int) -> None:
        self.journal.note("pins", chat_id=chat_id, message_ids=list(self.conversations[chat_id].pins))

    def tell_chat(self, chat_id: int) -> None:
        self.journal.note("chat", chat=chat_view(self.conversations[chat_id]))

    def message_view(self, message: Message) -> Json:
        return message_view(message, self.conversations[message.chat_id], self.people[message.sender_id])

    def _tell(self, kind: str, message: Message) -> None:
        self.journal.note(kind, chat_id=message.chat_id, message=self.message_view(message))
