"""A link that a phone's camera can read off a screen."""

import struct
import zlib

import pytest

from bot.care.ports.outside import Pictures
from bot.pictures.drawing import MODULE, QUIET, Drawings

DRAWINGS: Pictures = Drawings()
LINK = "https://t.me/aftercare_bot?start=" + "x" * 43


def _pixels(png: bytes) -> list[list[bool]]:
    """Rows of dark pixels of a one-bit grey PNG."""
    width, height, depth, colour = struct.unpack(">IIBB", png[16:26])
    assert (depth, colour) == (1, 0)
    stride = (width + 7) // 8 + 1
    raw = zlib.decompress(_image_data(png))
    rows, above = [], bytes(stride - 1)
    for row in range(height):
        kind, *data = raw[row * stride : (row + 1) * stride]
        # 0: as it is; 2: what differs from the row above
        above = bytes(data) if kind == 0 else bytes((new + old) & 255 for new, old in zip(data, above, strict=True))
        rows.append([not above[x // 8] >> (7 - x % 8) & 1 for x in range(width)])
    return rows


def _image_data(png: bytes) -> bytes:
    data, place = b"", 8
    while place < len(png):
        size, kind = struct.unpack(">I4s", png[place : place + 8])
        data += png[place + 8 : place + 8 + size] if kind == b"IDAT" else b""
        place += size + 12
    return data


def test_the_code_is_a_picture_with_a_quiet_zone() -> None:
    png = DRAWINGS.qr(LINK)

    rows = _pixels(png)
    margin = QUIET * MODULE
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert not any(any(row) for row in rows[:margin] + rows[-margin:])
    assert not any(any(row[:margin]) or any(row[-margin:]) for row in rows)
    # the corner mark that a camera looks for begins right behind it
    assert all(rows[margin][margin : margin + 7 * MODULE])


def test_the_same_words_give_the_same_picture() -> None:
    assert DRAWINGS.qr(LINK) == DRAWINGS.qr(LINK)


def test_words_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="too large"):
        DRAWINGS.qr("x" * 5000)
