"""Who comes, goes and rules in groups."""

from collections.abc import Sequence
from dataclasses import replace

from bot.playground.controls import Json
from bot.playground.conversation import Conversation
from bot.playground.posting import announce, seat
from bot.playground.refusal import NotPossible
from bot.playground.telegram import Telegram
from bot.playground.wire import message_json, user_json
from bot.playground.world import ADMIN_RIGHTS, Chat, ChatKind, Member, Status, Topic

TOPIC_BLUE = 0x6FB9F0


class Belonging:
    """Deeds that change groups and standing; each raises `NotPossible` where the app would not offer it."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram

    def new_group(
        self,
        by: int,
        title: str,
        members: Sequence[int] = (),
        *,
        kind: ChatKind = ChatKind.SUPERGROUP,
        is_forum: bool = False,
    ) -> Chat:
        """A group that `by` owns; the bot's id among `members` adds the bot."""
        conversation = self.telegram.open_group(title, kind, is_forum=is_forum)
        chat = conversation.chat
        conversation.members[by] = Member(by, Status.CREATOR)
        self.telegram.tell_chat(chat.id)
        for member in members:
            if member != by:
                self.add(by, chat.id, member)
        return chat

    def join(self, person: int, chat: int) -> None:
        self._seat(chat, person, Member(person, Status.MEMBER))
        self._announce_arrival(chat, person, person)

    def add(self, person: int, chat: int, member: int) -> None:
        self._group(person, chat)
        self._seat(chat, person, Member(member, Status.MEMBER))
        self._announce_arrival(chat, person, member)

    def leave(self, person: int, chat: int) -> None:
        self._group(person, chat)
        self._seat(chat, person, Member(person, Status.LEFT))
        announce(chat, person, {"left_chat_member": user_json(self.telegram.people[person])}, self.telegram)

    def kick(self, person: int, chat: int, member: int) -> None:
        self._ruling(person, chat, "can_restrict_members", member)
        self._seat(chat, person, Member(member, Status.KICKED))
        announce(chat, person, {"left_chat_member": user_json(self.telegram.people[member])}, self.telegram)

    def promote(
        self, person: int, chat: int, member: int, rights: Sequence[str] | None = None, *, anonymous: bool = False
    ) -> None:
        self._ruling(person, chat, "can_promote_members", member)
        granted = frozenset(ADMIN_RIGHTS if rights is None else rights) | {"can_manage_chat"}
        self._seat(chat, person, Member(member, Status.ADMINISTRATOR, granted, anonymous))

    def demote(self, person: int, chat: int, member: int) -> None:
        self._ruling(person, chat, "can_promote_members", member)
        self._seat(chat, person, Member(member, Status.MEMBER))

    def restrict(self, person: int, chat: int, member: int, rights: Sequence[str] = ()) -> None:
        """Leave a member only the named speaking rights."""
        self._ruling(person, chat, "can_restrict_members", member)
        self._seat(chat, person, Member(member, Status.RESTRICTED, frozenset(rights)))

    def pin(self, person: int, chat: int, message_id: int) -> None:
        conversation = self._group(person, chat)
        message = conversation.messages.get(message_id)
        if message is None or not (conversation.chat.is_private or conversation.member(person).may("can_pin_messages")):
            raise NotPossible("you cannot pin this message")
        conversation.pins.append(message_id)
        self.telegram.tell_pins(chat)
        if not conversation.chat.is_private:
            pinned = message_json(message, self.telegram, with_reply=False)
            announce(chat, person, {"pinned_message": pinned}, self.telegram, thread_id=message.thread_id)

    def new_topic(self, person: int, chat: int, name: str) -> Topic:
        conversation = self._group(person, chat)
        if not conversation.chat.is_forum or not conversation.member(person).may("can_manage_topics"):
            raise NotPossible("you cannot open a topic here")
        return open_topic(self.telegram, conversation, person, name)

    def upgrade(self, person: int, chat: int, *, is_forum: bool = False) -> Chat:
        """Turn a basic group into a supergroup; it gets a new id and the old one only points there."""
        conversation = self._group(person, chat)
        if conversation.chat.kind is not ChatKind.GROUP or conversation.member(person).status is not Status.CREATOR:
            raise NotPossible("only the owner of a basic group can upgrade it")
        after = self.telegram.open_group(conversation.chat.title, ChatKind.SUPERGROUP, is_forum=is_forum)
        after.members = dict(conversation.members)
        self.telegram.alter(replace(conversation.chat, migrated_to=after.chat.id))
        self.telegram.tell_chat(after.chat.id)
        announce(chat, person, {"migrate_to_chat_id": after.chat.id}, self.telegram)
        announce(after.chat.id, person, {"migrate_from_chat_id": chat}, self.telegram)
        return after.chat

    def _seat(self, chat: int, by: int, member: Member) -> None:
        conversation = self.telegram.find(chat)
        if conversation is None or conversation.chat.is_private or member.person_id not in self.telegram.people:
            raise NotPossible("there is no such group or person")
        seat(chat, by, member, self.telegram)

    def _group(self, person: int, chat: int) -> Conversation:
        conversation = self.telegram.find(chat)
        if conversation is None or not conversation.has(person):
            raise NotPossible("you are not in this chat")
        return conversation

    def _ruling(self, person: int, chat: int, right: str, member: int) -> None:
        conversation = self._group(person, chat)
        if not conversation.member(person).may(right) or conversation.member(member).status is Status.CREATOR:
            raise NotPossible("you may not do this here")

    def _announce_arrival(self, chat: int, by: int, member: int) -> None:
        arrived: Json = {"new_chat_members": [user_json(self.telegram.people[member])]}
        announce(chat, by, arrived, self.telegram)


def open_topic(
    telegram: Telegram, conversation: Conversation, by: int, name: str, icon_color: int = TOPIC_BLUE
) -> Topic:
    """Start a topic; its first service message gives the thread its id."""
    thread_id = conversation.last_id + 1
    topic = Topic(thread_id, name, icon_color)
    conversation.topics[thread_id] = topic
    created: Json = {"forum_topic_created": {"name": name, "icon_color": icon_color}}
    announce(conversation.chat.id, by, created, telegram, thread_id=thread_id)
    telegram.tell_chat(conversation.chat.id)
    return topic
