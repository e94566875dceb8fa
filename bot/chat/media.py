"""What a message holds besides words."""

from telegram import Message

from bot.care.model.sent_file import FileKind, SentFile

KINDS = (
    "photo",
    "voice",
    "video_note",
    "video",
    "audio",
    "animation",
    "document",
    "sticker",
    "location",
    "venue",
    "poll",
)
"""The first that is there names it."""


def kind_of(message: Message | None) -> str:
    """Empty for words alone, and for what has no name here."""
    return next((kind for kind in KINDS if getattr(message, kind, None)), "")


def file_of(message: Message | None) -> SentFile | None:
    """A photo in its largest size, or a document."""
    if message is None:
        return None
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return SentFile(largest.file_id, FileKind.PHOTO, largest.file_size or 0, "image/jpeg")
    if message.document and not message.animation:
        document = message.document
        return SentFile(document.file_id, FileKind.DOCUMENT, document.file_size or 0, document.mime_type or "")
    return None
