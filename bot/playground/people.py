"""What people say and do in chats, as their Telegram app would let them."""

import time
from collections.abc import Sequence

from bot.playground.controls import Json
from bot.playground.conversation import Conversation
from bot.playground.entities import trim, units, with_found
from bot.playground.media import media_content
from bot.playground.posting import post, repost, seat
from bot.playground.refusal import NotPossible
from bot.playground.telegram import Telegram
from bot.playground.wire import chat_json, message_json, user_json
from bot.playground.world import ChatKind, Member, Message, Person, Status, Tap


class People:
    """Deeds that put something into a chat; each raises `NotPossible` where the app would not offer it."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram

    def new_person(
        self,
        first_name: str,
        last_name: str = "",
        username: str = "",
        language_code: str = "en",
        phone_number: str = "",
    ) -> Person:
        person_id = self.telegram.next_person_id()
        phone = phone_number or f"+1555{person_id % 10_000_000:07d}"
        person = Person(person_id, first_name, last_name, username, language_code, phone)
        self.telegram.meet(person)
        return person

    def start(self, person: int, payload: str = "") -> Message:
        self.unblock(person)
        return self.write(person, person, f"/start {payload}".strip())

    def write(
        self,
        person: int,
        chat: int,
        text: str,
        *,
        thread: int | None = None,
        reply_to: int | None = None,
        anonymous: bool = False,
    ) -> Message:
        content = _text_content(text)
        return self._say(person, chat, content, thread=thread, reply_to=reply_to, anonymous=anonymous)

    def send_file(
        self,
        kind: str,
        person: int,
        chat: int,
        content: bytes,
        *,
        name: str = "",
        mime_type: str = "",
        caption: str = "",
        thread: int | None = None,
        reply_to: int | None = None,
    ) -> Message:
        """`kind` is photo, document, voice or video."""
        file = self.telegram.files.keep(kind, content, name=name or kind, mime_type=mime_type)
        said = media_content(file) | (_caption_content(caption) if caption.strip() else {})
        return self._say(person, chat, said, thread=thread, reply_to=reply_to)

    def contact(self, person: int, chat: int, *, reply_to: int | None = None) -> Message:
        """Share one's own number."""
        owner = self._person(person)
        card: Json = {"phone_number": owner.phone_number, "first_name": owner.first_name, "user_id": owner.id}
        if owner.last_name:
            card["last_name"] = owner.last_name
        return self._say(person, chat, {"contact": card}, reply_to=reply_to)

    def edit(self, person: int, chat: int, message_id: int, text: str) -> Message:
        message = self._message(person, chat, message_id)
        if message.sender_id != person or message.is_service:
            raise NotPossible("only your own messages can be edited")
        field = "text" if "text" in message.content else "caption"
        words = _text_content(text) if field == "text" else _caption_content(text)
        kept = {key: value for key, value in message.content.items() if not key.endswith((field, "entities"))}
        return repost(message.changed(kept | words, message.buttons, at=self.telegram.now()), self.telegram)

    def delete(self, person: int, chat: int, message_ids: Sequence[int]) -> None:
        conversation = self._inside(person, chat)
        messages = [self._message(person, chat, message_id) for message_id in message_ids]
        may_all = conversation.chat.is_private or conversation.member(person).may("can_delete_messages")
        if not may_all and any(message.sender_id != person for message in messages):
            raise NotPossible("only your own messages can be deleted")
        self.telegram.remove(chat, list(message_ids))

    def tap(self, person: int, chat: int, message_id: int, data: str) -> str:
        """Press the inline button that holds `data`; gives the callback query's id."""
        message = self._message(person, chat, message_id)
        rows = (message.buttons or {}).get("inline_keyboard", [])
        if all(button.get("callback_data") != data for row in rows for button in row):
            raise NotPossible("there is no such button under this message")
        self._not_blocked(person, chat)
        tap = Tap(str(9_000_000_001 + len(self.telegram.taps)), person, chat, message_id, data, time.monotonic())
        self.telegram.taps[tap.id] = tap
        self.telegram.journal.note(
            "tapped", chat_id=chat, message_id=message_id, query_id=tap.id, person_id=person, data=data
        )
        self.telegram.inbox.put("callback_query", self._query(tap, message))
        return tap.id

    def react(self, person: int, chat: int, message_id: int, emoji: str | None = None) -> None:
        message = self._message(person, chat, message_id)
        before = self.telegram.react(chat, message_id, person, emoji)
        conversation = self.telegram.conversations[chat]
        bot = conversation.member(self.telegram.bot.id)
        if before == emoji or not (bot.is_admin or (conversation.chat.is_private and bot.is_present)):
            return
        reaction: Json = {
            "chat": chat_json(conversation.chat, self.telegram),
            "message_id": message.message_id,
            "user": user_json(self._person(person)),
            "date": int(self.telegram.now().timestamp()),
            "old_reaction": _reactions(before),
            "new_reaction": _reactions(emoji),
        }
        self.telegram.inbox.put("message_reaction", reaction)

    def block(self, person: int) -> None:
        self._set_bot(person, Status.KICKED)

    def unblock(self, person: int) -> None:
        """Also what START does; a bot never started before hears nothing of it."""
        self._set_bot(person, Status.MEMBER)

    def _set_bot(self, person: int, status: Status) -> None:
        self._person(person)
        bot = Member(self.telegram.bot.id, status)
        if self.telegram.conversations[person].member(bot.person_id).status is Status.LEFT:
            self.telegram.seat(person, bot)
        else:
            seat(person, person, bot, self.telegram)

    def _say(
        self,
        person: int,
        chat: int,
        content: Json,
        *,
        thread: int | None = None,
        reply_to: int | None = None,
        anonymous: bool = False,
    ) -> Message:
        conversation = self._inside(person, chat)
        self._not_blocked(person, chat)
        self._may_speak(conversation, person, thread, anonymous=anonymous)
        if reply_to is not None:
            self._message(person, chat, reply_to)
        if conversation.chat.is_private and not conversation.has(self.telegram.bot.id):
            self.unblock(person)
        message_id = conversation.next_id()
        now = self.telegram.now()
        said = Message(chat, message_id, person, now, content, thread, reply_to, is_anonymous=anonymous)
        return post(said, self.telegram)

    def _may_speak(self, conversation: Conversation, person: int, thread: int | None, *, anonymous: bool) -> None:
        member = conversation.member(person)
        is_reader = conversation.chat.kind is ChatKind.CHANNEL and not member.is_admin
        if conversation.chat.migrated_to or is_reader or not member.may_speak():
            raise NotPossible("you may not write here")
        if anonymous and not member.is_admin:
            raise NotPossible("only admins can write as the group")
        if thread is None:
            return
        topic = conversation.topics.get(thread)
        if topic is None or (topic.is_closed and not member.is_admin):
            raise NotPossible("this topic does not exist or is closed")

    def _query(self, tap: Tap, message: Message) -> Json:
        return {
            "id": tap.id,
            "from": user_json(self.telegram.people[tap.person_id]),
            "message": message_json(message, self.telegram),
            "chat_instance": str(tap.chat_id),
            "data": tap.data,
        }

    def _person(self, person: int) -> Person:
        if person not in self.telegram.people:
            raise NotPossible("there is no such person")
        return self.telegram.people[person]

    def _inside(self, person: int, chat: int) -> Conversation:
        self._person(person)
        conversation = self.telegram.find(chat)
        if conversation is None or not conversation.has(person):
            raise NotPossible("you are not in this chat")
        return conversation

    def _message(self, person: int, chat: int, message_id: int) -> Message:
        message = self._inside(person, chat).messages.get(message_id)
        if message is None:
            raise NotPossible("there is no such message")
        return message

    def _not_blocked(self, person: int, chat: int) -> None:
        if person == chat and self.telegram.conversations[chat].member(self.telegram.bot.id).status is Status.KICKED:
            raise NotPossible("unblock the bot first")


def _text_content(text: str) -> Json:
    text, _ = trim(text, [])
    if not text or units(text) > 4096:
        raise NotPossible("a message holds 1 to 4096 characters")
    entities = with_found(text, [])
    return {"text": text} | ({"entities": entities} if entities else {})


def _caption_content(caption: str) -> Json:
    caption, _ = trim(caption, [])
    if units(caption) > 1024:
        raise NotPossible("a caption holds at most 1024 characters")
    entities = with_found(caption, [])
    return {"caption": caption} | ({"caption_entities": entities} if entities else {})


def _reactions(emoji: str | None) -> list[Json]:
    return [{"type": "emoji", "emoji": emoji}] if emoji else []
