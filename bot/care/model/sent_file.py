"""A picture, recording or document that somebody sent: what is passed on, and why the rest is not."""

from dataclasses import dataclass
from enum import StrEnum

MOST_BYTES = 10 * 1024 * 1024
"""As much as Telegram takes as a photo; a larger picture can always be sent as one."""
PICTURES = ("image/jpeg", "image/png", "image/webp")
"""What can be redrawn: of anything else nobody can say what is hidden in it, a PDF included."""


RECORDINGS = (
    "video/mp4",
    "video/quicktime",
    "audio/ogg",
    "audio/mpeg",
    "audio/mp3",
    "audio/mp4",
    "audio/m4a",
    "audio/x-m4a",
)
"""Out of which hidden places and names can be taken."""


class FileKind(StrEnum):
    PHOTO = "photo"
    DOCUMENT = "document"
    VIDEO = "video"
    VIDEO_NOTE = "video_note"
    ANIMATION = "animation"
    VOICE = "voice"
    AUDIO = "audio"


SEEN = frozenset({FileKind.PHOTO, FileKind.DOCUMENT})


class Unfit(StrEnum):
    """Why a file is not passed on."""

    TOO_BIG = "too-big"
    UNKNOWN = "unknown-kind"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class SentFile:
    """Where Telegram keeps it, and what the sender's app says of it; its name is nobody's business."""

    id: str
    kind: FileKind
    size: int
    mime: str

    @property
    def unfit(self) -> Unfit | None:
        """What can be known before it is fetched."""
        if self.size > MOST_BYTES:
            return Unfit.TOO_BIG
        known = PICTURES if self.is_picture else (*RECORDINGS, "")
        return None if self.kind is FileKind.PHOTO or self.mime in known else Unfit.UNKNOWN

    @property
    def is_picture(self) -> bool:
        """It can be looked at, kept and shown beside another."""
        return self.kind in SEEN
