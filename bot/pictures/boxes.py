"""Blank whatever an MP4 or MOV says besides picture and sound: places, devices, names, dates.

In place, each box as long as it was: the tables that say where the pictures lie hold on. What is not known to be
needed is blanked, so that a maker's own box is as well.
"""

import struct
from collections.abc import Iterator

INTO = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf", b"mvex", b"moof", b"traf"})
KEPT = INTO | frozenset({
    b"ftyp", b"styp", b"mdat", b"wide", b"mvhd", b"tkhd", b"mdhd", b"hdlr", b"vmhd", b"smhd", b"elst", b"dref",
    b"stsd", b"stts", b"ctts", b"stss", b"stsz", b"stz2", b"stsc", b"stco", b"co64", b"sgpd", b"sbgp", b"sdtp", b"cslg",
    b"mehd", b"trex", b"mfhd", b"tfhd", b"tfdt", b"trun", b"sidx",
})  # fmt: skip
DATED = frozenset({b"mvhd", b"tkhd", b"mdhd"})
SHOWN = frozenset({b"vide", b"soun"})
HANDS_OUT = b"dhlr"
"""QuickTime's second handler of a track, for how its data are read."""
FREE = b"free"
HEADER, LONG_HEADER = 8, 16
DEEPEST = 8
MOST_BOXES = 20_000
HANDLER, NAME = slice(8, 12), 24
"""Where a handler says what its track is for, and where its name begins."""
OWN_FILE = 20
"""Bytes of a `dref` that names no other file."""


def blanked(content: bytes) -> bytes:
    """Of the same length; raises `ValueError` for what cannot be walked from end to end, or shows something else."""
    left = bytearray(content)
    found = [kind for kind, _ in _walk(left, 0, len(left), 0, iter(range(MOST_BOXES)))]
    if not found or found[0] != b"ftyp" or not {b"moov", b"mdat", b"hdlr"} <= set(found):
        raise ValueError("no video")
    return bytes(left)


def _walk(file: bytearray, at: int, end: int, depth: int, left: Iterator[int]) -> Iterator[tuple[bytes, int]]:
    """Each box, outer ones first, once it is blanked."""
    if depth > DEEPEST:
        raise ValueError("too deep")
    while at < end:
        if next(left, None) is None:
            raise ValueError("too many boxes")
        kind, start, stop = _box(file, at, end)
        if kind in KEPT:
            _clear(file, kind, start, stop)
        else:
            file[at + 4 : at + HEADER] = FREE
            file[start:stop] = bytes(stop - start)
        yield kind, start
        if kind in INTO:
            yield from _walk(file, start, stop, depth + 1, left)
        at = stop


def _box(file: bytearray, at: int, end: int) -> tuple[bytes, int, int]:
    """Its kind, and where what it holds begins and ends."""
    if end - at < HEADER:
        raise ValueError("cut off")
    size, kind = struct.unpack_from(">I4s", file, at)
    start = at + HEADER
    if size == 1:
        if end - at < LONG_HEADER:
            raise ValueError("cut off")
        (size,), start = struct.unpack_from(">Q", file, start), at + LONG_HEADER
    elif size == 0:
        size = end - at
    if not start - at <= size <= end - at:
        raise ValueError("longer than what it is in, or shorter than its head")
    return kind, start, at + size


def _clear(file: bytearray, kind: bytes, start: int, stop: int) -> None:
    """What a needed box says besides."""
    if kind in DATED:
        if stop - start < HEADER:
            raise ValueError("cut off")
        dates = slice(start + 4, min(start + (20 if file[start] else 12), stop))
        file[dates] = bytes(dates.stop - dates.start)
    elif kind == b"hdlr":
        said = bytes(file[start : min(start + NAME, stop)])
        if said[HANDLER] not in SHOWN and said[4:8] != HANDS_OUT:
            # places are also written as a track of their own, beside picture and sound
            raise ValueError("a track that is neither seen nor heard")
        file[start + NAME : stop] = bytes(max(stop - start - NAME, 0))
    elif kind == b"dref" and stop - start > OWN_FILE:
        raise ValueError("names another file")
