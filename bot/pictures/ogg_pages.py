"""Empty the comments of a voice message (OGG with Opus, RFC 3533 and 7845): no title, no app, no name is left."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

HEAD = 27
FIRST, LAST, LAST_LACE = 0x02, 0x04, 255
SERIAL, CHECKSUM = slice(14, 18), slice(22, 26)
OPUS, TAGS = b"OpusHead", b"OpusTags"
PLAIN_HEAD, MAPPED_HEAD = 19, 21
"""Bytes of the first packet: of one or two voices, and, besides a byte for each, of more."""
CHANNELS, MAPPING = 9, 18
LEAST_TAGS = len(TAGS) + 8
"""Bytes of comments that say nothing: no maker, none of a kind."""
MIRRORED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
MOST_PAGES = 50_000


@dataclass(frozen=True)
class Page:
    start: int
    laces: bytes
    body: int
    end: int


def emptied(content: bytes) -> bytes:
    """Of the same length; raises `ValueError` for anything but one Opus stream from end to end."""
    left = bytearray(content)
    pages = list(_pages(left))
    if not _is_head(left, pages[0]):
        raise ValueError("no Opus, or more than that")
    begin_anew = any(left[page.start + 5] & FIRST for page in pages[1:])
    go_on = any(left[page.start + 5] & LAST for page in pages[:-1])
    if begin_anew or go_on or len({_serial(left, page) for page in pages}) != 1:
        raise ValueError("more than one stream")
    _empty(left, pages[1:])
    # no sound begins like this, and what does would be read as a title
    if left.count(OPUS) != 1 or left.count(TAGS) != 1:
        raise ValueError("a second head, or second comments")
    return bytes(left)


def _is_head(file: bytearray, page: Page) -> bool:
    """One packet, and not a byte more than its voices need."""
    said = file[page.body : page.end]
    if not said.startswith(OPUS) or len(said) < PLAIN_HEAD:
        return False
    needed = MAPPED_HEAD + said[CHANNELS] if said[MAPPING] else PLAIN_HEAD
    return len(said) == needed and page.laces[-1] < LAST_LACE and set(page.laces[:-1]) <= {LAST_LACE}


def _empty(file: bytearray, pages: list[Page]) -> None:
    """The second packet, on however many pages; zeros behind its end are padding (RFC 7845, 5.2)."""
    if not pages or not file[pages[0].body : pages[0].end].startswith(TAGS):
        raise ValueError("no comments where they belong")
    total = 0
    for page in pages:
        full = next((number for number, lace in enumerate(page.laces) if lace < LAST_LACE), None)
        length = sum(page.laces[: None if full is None else full + 1])
        file[page.body : page.body + length] = TAGS.ljust(length, b"\0") if not total else bytes(length)
        _sign(file, page)
        total += length
        if full is not None:
            if total < LEAST_TAGS:
                raise ValueError("too short for comments")
            return
    raise ValueError("comments without an end")


def _sign(file: bytearray, page: Page) -> None:
    checksum = slice(page.start + CHECKSUM.start, page.start + CHECKSUM.stop)
    file[checksum] = bytes(4)
    file[checksum] = struct.pack("<I", checksum_of(bytes(file[page.start : page.end])))


def checksum_of(page: bytes) -> int:
    """As Ogg counts it: the common polynomial, the other way round, from zero on."""
    mirrored = zlib.crc32(page.translate(MIRRORED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int(f"{mirrored:032b}"[::-1], 2)


def _pages(file: bytearray) -> Iterator[Page]:
    at = number = 0
    while at < len(file) or not number:
        head = file[at : at + HEAD]
        if len(head) < HEAD or head[:5] != b"OggS\0" or number > MOST_PAGES:
            raise ValueError("no page")
        laces = bytes(file[at + HEAD : at + HEAD + head[-1]])
        body = at + HEAD + head[-1]
        end = body + sum(laces)
        # a last page may be empty: whoever wrote it learned too late that there is no more
        if not (laces or head[5] & LAST) or len(laces) < head[-1] or end > len(file):
            raise ValueError("cut off")
        yield Page(at, laces, body, end)
        at, number = end, number + 1


def _serial(file: bytearray, page: Page) -> bytes:
    return bytes(file[page.start + SERIAL.start : page.start + SERIAL.stop])
