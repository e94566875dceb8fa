"""Videos, voice messages and sound as phones make them, with places and names in them, made on the spot."""

import struct

from bot.pictures.ogg_pages import checksum_of

PLACE = b"+51.5007-000.1246/"
OWNER = b"Anna Berg's iPhone"
FRAMES = b"what is seen and heard " * 40
GOES_ON, FIRST, LAST = 1, 2, 4
OPUS = b"OpusHead\1\1" + bytes(9)


def box(kind: bytes, *inside: bytes, long: bool = False) -> bytes:
    held = b"".join(inside)
    if long:
        return struct.pack(">I4sQ", 1, kind, len(held) + 16) + held
    return struct.pack(">I4s", len(held) + 8, kind) + held


def rows(kind: bytes, *numbers: int, count: int = 1, more: bytes = b"") -> bytes:
    """A table, and what stands behind its last row."""
    return box(kind, struct.pack(f">II{len(numbers)}I", 0, count, *numbers), more)


def handler(kind: bytes = b"vide", *, of: bytes = bytes(4)) -> bytes:
    return box(b"hdlr", bytes(4), of, kind, b"maker" + bytes(7), OWNER + b"\0")


def picture(*inside: bytes, kind: bytes = b"avc1") -> bytes:
    named = bytes([len(OWNER)]) + OWNER.ljust(31, b"\0")
    return box(kind, bytes(7), b"\1", bytes(4), b"Anna", bytes(26), named, bytes(4), *inside)


def sound(*inside: bytes, kind: bytes = b"mp4a", version: int = 0) -> bytes:
    longer = bytes((0, 16, 36)[version])
    return box(kind, bytes(7), b"\1\0", bytes([version]), bytes(2), b"Anna", bytes(12), longer, *inside)


CODED = {b"vide": picture(box(b"avcC", b"how it is coded")), b"soun": sound(box(b"esds", b"how it is heard"))}


def track(
    *more: bytes,
    kind: bytes = b"vide",
    entry: bytes | None = None,
    at: int = 0,
    handled: bytes | None = None,
    inner: bytes = b"",
    tables: bytes = b"",
    lies: tuple[bytes, ...] = (),
) -> bytes:
    """Its two samples, of 230 bytes each, lie together unless told otherwise."""
    coded = CODED.get(kind, b"") if entry is None else entry
    lies = lies or (rows(b"stsc", 1, 2, 1), box(b"stsz", struct.pack(">5I", 0, 0, 2, 230, 230)), rows(b"stco", at))
    own_file = box(b"dinf", rows(b"dref", more=box(b"url ", b"\0\0\0\1")))
    inside = box(b"minf", inner, own_file, box(b"stbl", box(b"stsd", bytes(7), b"\1", coded), *lies, tables))
    media = box(b"mdia", handler(kind) if handled is None else handled, inside)
    return box(b"trak", box(b"tkhd", b"\0" * 4 + b"date" * 2 + b"\1" * 72), media, *more)


def a_video(
    *more: bytes,
    tracks: tuple[bytes, ...] = (),
    long: bool = False,
    kind: bytes = b"mp42\0\0\0\0isom",
    data: bytes = box(b"free", b"freeGPS ", PLACE),
) -> bytes:
    """With the place in every way that phones and cameras write it, before, in and behind what is seen."""
    told = (
        box(b"udta", box(b"\xa9xyz", b"\0\x12\x15\xc7" + PLACE), box(b"loci", PLACE), box(b"\xa9mod", OWNER)),
        box(b"meta", box(b"keys", b"com.apple.quicktime.location.ISO6709"), box(b"ilst", PLACE, OWNER)),
        box(b"uuid", b"\xbe\x7a\xcf\xcb" * 4, b"<x:xmpmeta>", PLACE),
    )
    begin = box(b"ftyp", kind)
    first = len(begin) + (16 if long else 8)
    every = (track(*told, at=first), track(kind=b"soun", at=first + 460), *tracks)
    moov = box(b"moov", box(b"mvhd", b"\0" * 4 + b"date" * 2 + b"\2" * 88), *every, *told)
    return b"".join((begin, box(b"mdat", FRAMES, data, long=long), box(b"free", PLACE), moov, told[2], *more))


def a_stream(*, own_start: bool = False) -> bytes:
    """In fragments, each with its data behind it, and the place behind the data."""
    begin = box(b"ftyp", b"iso5\0\0\2\0dash")
    empty = (box(b"stsz", bytes(12)), *(box(kind, bytes(8)) for kind in (b"stsc", b"stco")))
    tables = box(b"stbl", box(b"stsd", bytes(7), b"\1", CODED[b"vide"]), *empty)
    media = box(b"mdia", handler(), box(b"minf", tables))
    usual = box(b"mvex", box(b"trex", struct.pack(">6I", 0, 1, 1, 0, 400, 0)))
    stream = begin + box(b"moov", box(b"mvhd", bytes(100)), box(b"trak", media), usual)
    ahead = 8 + 8 + (24 if own_start else 16) + 20 + 24 + 8
    # two samples of the usual length, then one that says its own
    runs = box(b"trun", struct.pack(">IIi", 1, 2, ahead)) + box(b"trun", struct.pack(">4I", 0x300, 1, 9, 120))
    for _ in range(2):
        start = struct.pack(">IIQ", 1, 1, len(stream)) if own_start else struct.pack(">II", 0x20000, 1)
        stream += box(b"moof", box(b"traf", box(b"tfhd", start), runs)) + box(b"mdat", FRAMES, PLACE)
    return stream


def page(*packets: bytes, number: int = 0, kind: int = 0, serial: int = 7, is_open: bool = False) -> bytes:
    laces = b"".join(_laces(packet, is_open=is_open) for packet in packets)
    head = struct.pack("<4sBBQIIIB", b"OggS", 0, kind, 0, serial, number, 0, len(laces))
    plain = head + laces + b"".join(packets)
    return plain[:22] + struct.pack("<I", checksum_of(plain)) + plain[26:]


def _laces(packet: bytes, *, is_open: bool) -> bytes:
    full, rest = divmod(len(packet), 255)
    return b"\xff" * full + (b"" if is_open else bytes([rest]))


def comments(*said: bytes) -> bytes:
    told = b"".join(struct.pack("<I", len(one)) + one for one in said)
    return b"OpusTags" + struct.pack("<I", len(OWNER)) + OWNER + struct.pack("<I", len(said)) + told


def a_voice(*said: bytes, sound: bytes = FRAMES) -> bytes:
    tags = comments(b"ARTIST=" + OWNER, b"LOCATION=" + PLACE, *said)
    whole, rest = tags[: len(tags) // 255 * 255], tags[len(tags) // 255 * 255 :]
    pages = [page(whole, number=1, is_open=True), page(rest, sound, number=2, kind=GOES_ON)]
    if not whole:
        pages = [page(tags, number=1), page(sound, number=2)]
    return b"".join((page(OPUS, kind=FIRST), *pages))


def a_song(*, frames: int = 20) -> bytes:
    """128 kbit/s at 44.1 kHz, 417 bytes a frame."""
    one = b"\xff\xfb\x90\x00" + b"\x05" * 413
    tag = b"TIT2" + OWNER + PLACE
    return b"ID3\x04\0\0" + bytes([0, 0, 0, len(tag)]) + tag + one * frames + b"TAG" + OWNER.ljust(125, b"\0")
