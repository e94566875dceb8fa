"""Arrays on disk as numpy's own `.npz`, mapped instead of read: what is never looked at takes no memory."""

import mmap
import struct
from io import BytesIO
from pathlib import Path
from typing import IO, Any
from weakref import WeakSet
from zipfile import BadZipFile, ZipFile, ZipInfo

import numpy as np
import numpy.typing as npt

Arrays = dict[str, npt.NDArray[Any]]

LOCAL_HEADER, LENGTHS = 30, struct.Struct("<HH")
"""Of a zip's member: bytes before its name; at their end the lengths of the name and of what may follow it."""
EVEN = 64
"""Bytes: arrays begin at a multiple of this, or arithmetic would copy them each time."""
FILLING = 0xD935
"""What Android's `zipalign` calls the bytes that move a member to an even place."""

_MAPPED: WeakSet[mmap.mmap] = WeakSet()


def let_go() -> None:
    """Give back to the system what was looked at: 50 MB after a day of messages.

    It still holds it while it has room to, where the next look finds it within a millisecond; for any thread, any time.
    """
    for there in tuple(_MAPPED):
        there.madvise(mmap.MADV_DONTNEED)


def save(arrays: Arrays, file: Path) -> None:
    with file.open("wb") as opened, ZipFile(opened, "w") as out:
        for name, array in arrays.items():
            info = ZipInfo(f"{name}.npy")
            filled = -(opened.tell() + LOCAL_HEADER + len(info.filename.encode()) + LENGTHS.size) % EVEN
            info.extra = LENGTHS.pack(FILLING, filled) + bytes(filled)
            data = BytesIO()
            np.lib.format.write_array(data, array, allow_pickle=False)
            out.writestr(info, data.getbuffer())


def load(file: Path) -> Arrays:
    """Not to be written to; raises `OSError`, `ValueError` or `BadZipFile` for what is no such file, or damaged.

    A file in use may be deleted or replaced, but not written over: a name beside it takes its place.
    """
    try:
        return _load(file)
    except (EOFError, RuntimeError, struct.error) as error:
        # a damaged byte may stand for another way of packing, for encryption, or for more than there is
        raise BadZipFile(f"{file.name} is damaged") from error


def _load(file: Path) -> Arrays:
    with file.open("rb") as opened, ZipFile(opened) as stored:
        # all of it is read once, so that what is damaged is found now and not in an answer
        if (damaged := stored.testzip()) is not None:
            raise BadZipFile(f"{damaged} is damaged")
        there = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        _MAPPED.add(there)
        return {info.filename.removesuffix(".npy"): _mapped(opened, info, there) for info in stored.infolist()}


def _mapped(opened: IO[bytes], info: ZipInfo, there: mmap.mmap) -> npt.NDArray[Any]:
    opened.seek(info.header_offset + LOCAL_HEADER - LENGTHS.size)
    opened.seek(sum(LENGTHS.unpack(opened.read(LENGTHS.size))), 1)
    np.lib.format.read_magic(opened)
    shape, backwards, dtype = np.lib.format.read_array_header_1_0(opened)
    count = int(np.prod(shape))
    found = np.frombuffer(there, dtype, count, opened.tell()) if count else np.empty(0, dtype)
    found = found.reshape(shape, order="F" if backwards else "C")
    return found if found.flags.aligned else found.copy()
