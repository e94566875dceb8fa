"""Whatever a message holds besides words is known by where Telegram keeps it, so that it is never copied as it came."""

from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Message

from bot.care.model.sent_file import FileKind, SentFile
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
