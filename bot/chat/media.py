"""What a message holds besides words."""

from telegram import Message

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
