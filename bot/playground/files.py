"""Uploaded bytes and how Telegram names them."""

import mimetypes
import struct
from dataclasses import dataclass

from bot.playground.controls import Json

FOLDERS = {"photo": "photos", "document": "documents", "voice": "voice", "video": "videos"}
MAX_DOWNLOAD = 20 * 1024 * 1024
MAX_PHOTO = 10 * 1024 * 1024
MAX_UPLOAD = 50 * 1024 * 1024
UNTOLD = "application/octet-stream"
HEADS = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"OggS", "audio/ogg"),
)
JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True, slots=True)
class StoredFile:
    file_id: str
    kind: str
    name: str
    mime_type: str
    content: bytes

    @property
    def unique_id(self) -> str:
        return f"u{self.file_id}"

    @property
    def path(self) -> str:
        number = self.file_id.rsplit("-", 1)[1]
        suffix = self.name.rsplit(".", 1)[1] if "." in self.name else "bin"
        return f"{FOLDERS[self.kind]}/file_{number}.{suffix}"

    @property
    def handle(self) -> Json:
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.content)}


class Files:
    """Every file anybody sent, kept in memory."""

    def __init__(self) -> None:
        self._files: dict[str, StoredFile] = {}

    def keep(self, kind: str, content: bytes, *, name: str, mime_type: str) -> StoredFile:
        mime_type = mime_type if mime_type not in ("", UNTOLD) else _told_by(content, name)
        file = StoredFile(f"AgACAg-{kind}-{len(self._files)}", kind, name, mime_type, content)
        self._files[file.file_id] = file
        return file

    def find(self, file_id: str) -> StoredFile | None:
        return self._files.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        return next((file for file in self._files.values() if file.path == path), None)


def _told_by(content: bytes, name: str) -> str:
    """The type the bytes or the name give away; bots often send none, and a page shows no picture without one."""
    told = (mime_type for head, mime_type in HEADS if content.startswith(head))
    return next(told, None) or mimetypes.guess_type(name)[0] or UNTOLD


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG, GIF, WebP or JPEG; None for anything else."""
    if content[:8] == b"\x89PNG\r\n\x1a\n" and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content[:6] in (b"GIF87a", b"GIF89a") and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
        return width, height
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return 512, 512  # three layouts of WebP exist; a sticker's size stands for all
    return _jpeg_size(content) if content[:2] == b"\xff\xd8" else None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        if content[at + 1] in JPEG_FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
    return None
