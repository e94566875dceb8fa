"""Leave nothing in a video, a voice message or a sound file but what is seen and heard."""

import struct

from bot.pictures.mp3_frames import frames
from bot.pictures.mp4 import blanked
from bot.pictures.ogg_pages import emptied


class NotARecording(Exception):
    """It is cut off, of no kind that can be cleaned, or holds more than picture and sound."""


def stripped(content: bytes) -> bytes:
    """The same recording; nothing of it is decoded, so it takes tenths of a second. Raises `NotARecording`."""
    try:
        if content[4:8] == b"ftyp":
            return blanked(content)
        return emptied(content) if content.startswith(b"OggS") else frames(content)
    except (ValueError, struct.error) as error:
        raise NotARecording(str(error)) from error
