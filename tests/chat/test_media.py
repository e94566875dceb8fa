"""Whatever a message holds besides words is known by where Telegram keeps it, so that it is never copied as it came."""

from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Message, Update

from bot.care.model.sent_file import FileKind, SentFile
from bot.chat.doorway import said
from bot.chat.media import file_of

HANDLE = {"file_id": "f-1", "file_unique_id": "u-1", "file_size": 7}
SEEN = HANDLE | {"width": 1, "height": 1, "duration": 1}


@pytest.mark.parametrize(
    ("field", "value", "mime"),
    [
        ("video", SEEN | {"mime_type": "video/mp4"}, "video/mp4"),
        ("video_note", SEEN | {"length": 1}, ""),
        ("voice", HANDLE | {"duration": 1, "mime_type": "audio/ogg"}, "audio/ogg"),
        ("audio", HANDLE | {"duration": 1, "mime_type": "audio/mpeg", "file_name": "Anna.mp3"}, "audio/mpeg"),
        ("animation", SEEN | {"mime_type": "video/mp4"}, "video/mp4"),
        ("document", HANDLE | {"mime_type": "application/pdf"}, "application/pdf"),
    ],
)
def test_each_kind_is_known_with_its_size_and_without_its_name(field: str, value: dict[str, Any], mime: str) -> None:
    date = int(datetime(2026, 11, 23, tzinfo=UTC).timestamp())
    # Telegram writes an animation as a document too
    also = {"document": HANDLE} if field == "animation" else {}
    message = Message.de_json(
        {"message_id": 1, "date": date, "chat": {"id": 1, "type": "private"}, **also, field: value}, None
    )

    assert file_of(message) == SentFile("f-1", FileKind(field), 7, mime)


@pytest.mark.parametrize(
    ("holds", "kind"),
    [
        pytest.param({"voice": HANDLE | {"duration": 1}}, "voice", id="a voice"),
        pytest.param({"forum_topic_edited": {"name": "Anna"}}, "", id="a line of Telegram's own"),
    ],
)
def test_what_a_message_of_ours_holds_is_known_where_it_is_replied_to(holds: dict[str, Any], kind: str) -> None:
    own = {"date": int(datetime(2026, 11, 23, tzinfo=UTC).timestamp()), "chat": {"id": 7, "type": "private"}}
    ours = {"message_id": 1, **own, "from": {"id": 1, "is_bot": True, "first_name": "Aftercare"}, **holds}
    hers = {"message_id": 2, **own, "from": {"id": 7, "is_bot": False, "first_name": "Clara"}, "text": "It heals"}

    heard = said(Update.de_json({"update_id": 1, "message": {**hers, "reply_to_message": ours}}, None))

    assert (heard.reply_to, heard.reply_text, heard.reply_media) == (1, "", kind)
