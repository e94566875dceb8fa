"""Values as the page sees them; the shapes are written down in `people_api`."""

from bot.playground.controls import Json
from bot.playground.conversation import Conversation
from bot.playground.world import Member, Message, Person, Topic

MEDIA = ("photo", "document", "voice", "video")


def person_view(person: Person) -> Json:
    return {
        "id": person.id,
        "name": person.name,
        "username": person.username or None,
        "language_code": person.language_code,
        "is_bot": person.is_bot,
    }


def member_view(member: Member) -> Json:
    return {
        "person_id": member.person_id,
        "status": member.status.value,
        "rights": sorted(member.rights),
        "is_anonymous": member.is_anonymous,
    }


def topic_view(topic: Topic) -> Json:
    return {
        "thread_id": topic.thread_id,
        "name": topic.name,
        "icon_color": topic.icon_color,
        "is_closed": topic.is_closed,
    }


def chat_view(conversation: Conversation) -> Json:
    chat = conversation.chat
    return {
        "id": chat.id,
        "kind": chat.kind.value,
        "title": chat.title,
        "is_forum": chat.is_forum,
        "migrated_to": chat.migrated_to,
        "members": [member_view(member) for member in conversation.members.values()],
        "topics": [topic_view(topic) for topic in conversation.topics.values()],
        "pins": list(conversation.pins),
        "keyboard": conversation.keyboard,
    }


def message_view(message: Message, conversation: Conversation, sender: Person) -> Json:
    content = message.content
    return {
        "chat_id": message.chat_id,
        "message_id": message.message_id,
        "thread_id": message.thread_id,
        "from": _author(message, conversation, sender),
        "date": int(message.date.timestamp()),
        "edit_date": int(message.edited.timestamp()) if message.edited else None,
        "text": content.get("text") or content.get("caption") or "",
        "entities": content.get("entities") or content.get("caption_entities") or [],
        "media": _media(content),
        "album": message.album,
        "contact": content.get("contact"),
        "service": _service(message),
        "buttons": (message.buttons or {}).get("inline_keyboard", []),
        "reply_to": message.reply_to,
        "forwarded": message.forward_origin is not None,
        "pinned": message.message_id in conversation.pins,
        "reactions": reactions_view(conversation, message.message_id),
        "protected": message.is_protected,
        "silent": message.is_silent,
    }


def reactions_view(conversation: Conversation, message_id: int) -> list[Json]:
    reactions = conversation.reactions.get(message_id, {})
    return [{"person_id": person_id, "emoji": emoji} for person_id, emoji in reactions.items()]


def _author(message: Message, conversation: Conversation, sender: Person) -> Json:
    name = conversation.chat.title if message.is_anonymous else sender.name
    person_id = None if message.is_anonymous else sender.id
    return {"id": person_id, "name": name, "is_bot": sender.is_bot, "is_anonymous": message.is_anonymous}


def _media(content: Json) -> Json | None:
    kind = next((kind for kind in MEDIA if kind in content), None)
    if kind is None:
        return None
    file = content[kind][-1] if kind == "photo" else content[kind]
    return {
        "kind": kind,
        "url": f"/files/{file['file_id']}",
        "name": file.get("file_name"),
        "mime_type": file.get("mime_type"),
        "size": file.get("file_size"),
        "width": file.get("width"),
        "height": file.get("height"),
        "duration": file.get("duration"),
    }


def _service(message: Message) -> Json | None:
    if not message.is_service:
        return None
    kind = next(iter(message.content))
    return {"kind": kind, "facts": message.content[kind]}
