"""Walk the boxes of an MP4 or MOV, and blank each that is not known to be needed where it stands.

In place, each box as long as it was: the tables that say where the pictures lie hold on.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

NEEDED = {
    b"": frozenset({b"ftyp", b"moov", b"moof", b"mdat"}),
    b"moov": frozenset({b"mvhd", b"trak", b"mvex"}),
    b"trak": frozenset({b"tkhd", b"edts", b"mdia"}),
    b"edts": frozenset({b"elst"}),
    b"mdia": frozenset({b"mdhd", b"hdlr", b"minf"}),
    b"minf": frozenset({b"vmhd", b"smhd", b"hdlr", b"dinf", b"stbl"}),
    b"dinf": frozenset({b"dref"}),
    b"stbl": frozenset({b"stsd", b"stts", b"ctts", b"cslg", b"stss", b"stsz", b"stsc", b"stco", b"co64"}),
    b"mvex": frozenset({b"mehd", b"trex"}),
    b"moof": frozenset({b"mfhd", b"traf"}),
    b"traf": frozenset({b"tfhd", b"tfdt", b"trun"}),
}
"""What a box may hold. A maker's own box is in none; what is not here is not gone into either."""
FREE = b"free"
HEADER, LONG_HEADER = 8, 16
MOST_BOXES = 20_000


@dataclass(frozen=True)
class Box:
    """Where it begins, where what it holds begins, and where both end."""

    kind: bytes
    at: int
    body: int
    end: int
    inside: tuple["Box", ...] = ()

    def each(self, kind: bytes) -> list["Box"]:
        return [box for box in self.inside if box.kind == kind]

    def one(self, *kinds: bytes) -> "Box":
        """Of them all; raises `ValueError` for none and for two."""
        found = [box for box in self.inside if box.kind in kinds]
        if len(found) != 1:
            raise ValueError(f"{len(found)} of what is needed once")
        return found[0]


def walked(file: bytearray) -> Box:
    """The file as one box that holds the needed ones; the others are blank. Raises `ValueError` where it breaks off."""
    return _filled(file, Box(b"", 0, 0, len(file)), iter(range(MOST_BOXES)))


def box_at(file: bytearray, at: int, end: int) -> Box:
    if end - at < HEADER:
        raise ValueError("cut off")
    size, kind = struct.unpack_from(">I4s", file, at)
    body = at + HEADER
    if size == 1:
        if end - at < LONG_HEADER:
            raise ValueError("cut off")
        (size,), body = struct.unpack_from(">Q", file, body), at + LONG_HEADER
    elif size == 0:
        size = end - at
    if not body - at <= size <= end - at:
        raise ValueError("longer than what it is in, or shorter than its head")
    return Box(kind, at, body, at + size)


def u32(file: bytearray, at: int) -> int:
    return int.from_bytes(file[at : at + 4], "big")


def blank(file: bytearray, box: Box) -> None:
    file[box.at + 4 : box.at + HEADER] = FREE
    clear(file, box.body, box.end)


def clear(file: bytearray, start: int, end: int) -> None:
    """Nothing where it ends before it starts."""
    file[start : max(start, end)] = bytes(max(end - start, 0))


def _filled(file: bytearray, outer: Box, left: Iterator[int]) -> Box:
    if outer.kind not in NEEDED:
        return outer
    inside, at = [], outer.body
    while at < outer.end:
        if next(left, None) is None:
            raise ValueError("too many boxes")
        box = box_at(file, at, outer.end)
        if box.kind in NEEDED[outer.kind]:
            inside.append(_filled(file, box, left))
        else:
            blank(file, box)
        at = box.end
    return Box(outer.kind, outer.at, outer.body, outer.end, tuple(inside))
