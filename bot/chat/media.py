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


RECORDED = (FileKind.VOICE, FileKind.VIDEO_NOTE, FileKind.VIDEO, FileKind.AUDIO, FileKind.ANIMATION)


def kind_of(message: Message | None) -> str:
    """Empty for words alone, and for what has no name here."""
    return next((kind for kind in KINDS if getattr(message, kind, None)), "")


def file_of(message: Message | None) -> SentFile | None:
    """A photo in its largest size, a recording, or a document."""
    if message is None:
        return None
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return SentFile(largest.file_id, FileKind.PHOTO, largest.file_size or 0, "image/jpeg")
    for kind in RECORDED:
        recording = getattr(message, kind.value, None)
        if recording:
            return SentFile(
                recording.file_id, kind, recording.file_size or 0, getattr(recording, "mime_type", "") or ""
            )
    if message.document:
        document = message.document
        return SentFile(document.file_id, FileKind.DOCUMENT, document.file_size or 0, document.mime_type or "")
    return None
