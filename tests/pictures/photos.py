"""Pictures as phones send them, good and bad, made on the spot."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image

PLACE = b"51.5007N"
OWNER = "Anna Berg's phone"
GPS, MAKER, ORIENTATION, ROTATED = 0x8825, 0x010F, 0x0112, 6


def a_photo(kind: str = "JPEG", size: tuple[int, int] = (640, 480), **more: Any) -> bytes:  # noqa: ANN401
    """With the place, the owner and a rotation in it, as a camera writes them."""
    exif = Image.Exif()
    exif[MAKER], exif[ORIENTATION] = OWNER, ROTATED
    exif[GPS] = {1: "N", 2: (51.0, 30.0, 2.5), 3: "W", 4: (0.0, 7.0, 28.0), 29: PLACE.decode()}
    out = BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(out, kind, exif=exif, **more)
    return out.getvalue()


def tags_of(picture: bytes) -> dict[int, object]:
    with Image.open(BytesIO(picture)) as opened:
        return {**opened.getexif(), **opened.getexif().get_ifd(GPS)}


def size_of(picture: bytes) -> tuple[int, int]:
    with Image.open(BytesIO(picture)) as opened:
        return opened.size


def a_bomb(side: int = 60_000) -> bytes:
    """A few kilobytes that say they are 3.6 thousand million pixels."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def a_lying_bomb() -> bytes:
    """Its header is small, its content is not: a gigabyte of nothing in one row's place."""
    head = struct.pack(">IIBBBBB", 100, 100, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 200_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def a_heic() -> bytes:
    return b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 200


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
