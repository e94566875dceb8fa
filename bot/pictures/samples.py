"""Keep of an MP4's data what its tables name as picture or sound: cameras hide places between and behind.

What lies inside a coded picture or sound is not looked at; it stays.
"""

import struct
import sys
from array import array
from collections.abc import Iterator
from itertools import chain

from bot.pictures.boxes import Box, u32

Span = tuple[int, int]
OWN_START, FROM_FRAGMENT, OWN_SIZE = 0x1, 0x20000, 0x10
"""Flags of a track's part of a fragment."""
PLACED, SIZED = 0x1, 0x200
"""Flags of a run in it; those before `SIZED` that are set stand before the size in each row."""
ROW, BEFORE_SIZE = 0xF00, 0x100


def keep_samples(file: bytearray, whole: Box) -> None:
    """Asks for bodies that hold what they say they hold; raises `ValueError` where they name more than there is."""
    moov, shown, total = whole.one(b"moov"), bytearray(len(file)), 0
    spans = [_in_tables(file, table_of(track)) for track in moov.each(b"trak")]
    usual = {
        u32(file, one.body + 4): u32(file, one.body + 16) for mvex in moov.each(b"mvex") for one in mvex.each(b"trex")
    }
    spans += [_in_fragment(file, fragment, usual) for fragment in whole.each(b"moof")]
    for start, end in chain.from_iterable(spans):
        total += end - start
        if not 0 <= start <= end <= len(file) or total > len(file):
            raise ValueError("named where nothing is, or twice")
        shown[start:end] = file[start:end]
    for data in whole.each(b"mdat"):
        file[data.body : data.end] = shown[data.body : data.end]


def table_of(track: Box) -> Box:
    return track.one(b"mdia").one(b"minf").one(b"stbl")


def _in_tables(file: bytearray, table: Box) -> Iterator[Span]:
    """Each chunk: as many samples as the last row says that begins at or before it."""
    lengths = table.one(b"stsz").body
    of_all, count = u32(file, lengths + 4), u32(file, lengths + 8)
    sizes = _numbers(file, lengths + 12, 0 if of_all else count)
    rows = table.one(b"stsc").body
    runs = _numbers(file, rows + 8, 3 * u32(file, rows + 4))
    chunks = table.one(b"stco", b"co64")
    starts = _numbers(file, chunks.body + 8, u32(file, chunks.body + 4), "Q" if chunks.kind == b"co64" else "I")
    row, first, samples = 0, 0, 0
    for number, start in enumerate(starts, 1):
        while row < len(runs) and runs[row] <= number:
            row, samples = row + 3, runs[row + 1]
        last = min(first + samples, count)
        yield start, start + ((last - first) * of_all if of_all else sum(sizes[first:last]))
        first = last


def _in_fragment(file: bytearray, fragment: Box, usual: dict[int, int]) -> Iterator[Span]:
    """Each run."""
    for number, part in enumerate(fragment.each(b"traf")):
        head = part.one(b"tfhd").body
        flags, track = u32(file, head), u32(file, head + 4)
        if number and not flags & (OWN_START | FROM_FRAGMENT):
            raise ValueError("where its data begin is not said")
        (start,) = struct.unpack_from(">Q", file, head + 8) if flags & OWN_START else (fragment.at,)
        own = head + 8 + 8 * (flags & OWN_START) + 4 * (flags & 0xA).bit_count()
        size, end = u32(file, own) if flags & OWN_SIZE else usual.get(track, 0), start
        for run in part.each(b"trun"):
            if u32(file, run.body) & PLACED:
                end = start + struct.unpack_from(">i", file, run.body + 8)[0]
            begun, end = end, end + _length(file, run, size)
            yield begun, end


def _length(file: bytearray, run: Box, size: int) -> int:
    flags, count = u32(file, run.body), u32(file, run.body + 4)
    if not flags & SIZED:
        return count * size
    wide = (flags & ROW).bit_count()
    rows = _numbers(file, run.body + 8 + 4 * (flags & 5).bit_count(), count * wide)
    return sum(rows[(flags & BEFORE_SIZE).bit_count() :: wide])


def _numbers(file: bytearray, at: int, count: int, kind: str = "I") -> "array[int]":
    numbers = array(kind)
    numbers.frombytes(file[at : at + count * numbers.itemsize])
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
