"""Whoever may stand at the door, where, and how Telegram writes it down."""

from enum import StrEnum
from typing import Any

from bot.care.model.inbound import Sender
from tests.care.scene import ANNA, CLARA, DESK, MARIA, RITA

Json = dict[str, Any]

GONE = Sender(4, 4, "Olga")
"""Was on the team."""
STRANGER = Sender(9_999, 9_999, "Eve")
ANONYMOUS, CHANNEL_BOT, TELEGRAM, OTHER_BOT = 1_087_968_824, 136_817_688, 777_000, 4_242


class Place(StrEnum):
    PRIVATE = "private"
    DESK = "the desk"
    TOPIC = "a topic at the desk"
    GROUP = "another group"
    OTHER_TOPIC = "a topic elsewhere"
    CHANNEL = "a channel"


CHAT_IDS = {Place.DESK: DESK, Place.TOPIC: DESK, Place.GROUP: -555, Place.OTHER_TOPIC: -556, Place.CHANNEL: -557}
TOPIC = 77

WHO: dict[str, Json] = {
    "admin": {"id": MARIA.account, "is_bot": False, "first_name": "Maria"},
    "clinician": {"id": CLARA.account, "is_bot": False, "first_name": "Clara"},
    "reception": {"id": RITA.account, "is_bot": False, "first_name": "Rita"},
    "patient": {"id": ANNA.account, "is_bot": False, "first_name": "Anna", "language_code": "en"},
    "stranger": {"id": STRANGER.account, "is_bot": False, "first_name": "Eve", "language_code": "en"},
    "removed": {"id": GONE.account, "is_bot": False, "first_name": "Olga"},
    "anonymous": {"id": ANONYMOUS, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"},
    "channel": {"id": CHANNEL_BOT, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"},
    "bot": {"id": OTHER_BOT, "is_bot": True, "first_name": "Robot", "username": "some_bot"},
}
"""Who -> `from`."""
NOT_A_PERSON = frozenset({"anonymous", "channel", "bot"})


def chat_of(place: Place, who: str = "") -> int:
    return int(WHO[who]["id"]) if place is Place.PRIVATE else CHAT_IDS[place]


def chat_json(place: Place, who: str) -> Json:
    number = chat_of(place, who)
    match place:
        case Place.PRIVATE:
            return {"id": number, "type": "private", "first_name": WHO[who]["first_name"]}
        case Place.CHANNEL:
            return {"id": number, "type": "channel", "title": "News"}
        case Place.TOPIC | Place.OTHER_TOPIC:
            return {"id": number, "type": "supergroup", "title": "Staff", "is_forum": True}
    return {"id": number, "type": "supergroup", "title": "Staff"}


def message_json(who: str, place: Place, text: str, number: int) -> Json:
    """As Telegram sends it when this one writes there."""
    chat = chat_json(place, who)
    message: Json = {"message_id": number, "date": 1_795_177_200, "chat": chat, "text": text}
    if place is not Place.CHANNEL:
        message["from"] = WHO[who]
    if text.startswith("/"):
        length = len(text.split(maxsplit=1)[0])
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
    if who == "anonymous" and place is not Place.PRIVATE:
        message["sender_chat"] = chat
    if who == "channel" or place is Place.CHANNEL:
        message["sender_chat"] = {"id": CHAT_IDS[Place.CHANNEL], "type": "channel", "title": "News"}
    if place in (Place.TOPIC, Place.OTHER_TOPIC):
        root = {"message_id": TOPIC, "date": 1, "chat": chat, "forum_topic_created": {"name": "Anna", "icon_color": 1}}
        message |= {"message_thread_id": TOPIC, "is_topic_message": True, "reply_to_message": root}
    return message


def tap_json(who: str, place: Place, message_id: int, data: str) -> Json:
    bot = {"id": 1, "is_bot": True, "first_name": "Aftercare"}
    under = {"message_id": message_id, "date": 1_795_177_200, "chat": chat_json(place, who), "text": "buttons"}
    if place is not Place.CHANNEL:
        under["from"] = bot
    if place in (Place.TOPIC, Place.OTHER_TOPIC):
        under |= {"message_thread_id": TOPIC, "is_topic_message": True}
    return {"id": "1", "from": WHO[who], "chat_instance": "1", "data": data, "message": under}
