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


def handler(kind: bytes = b"vide") -> bytes:
    return box(b"hdlr", bytes(8) + kind + bytes(12) + OWNER + b"\0")


def track(*more: bytes, kind: bytes = b"vide") -> bytes:
    inside = box(b"minf", box(b"stbl", box(b"stco", struct.pack(">III", 0, 1, 4_321))))
    return box(b"trak", box(b"tkhd", b"\0" * 4 + b"date" * 2 + b"\1" * 70), box(b"mdia", handler(kind), inside), *more)


def a_video(*more: bytes, tracks: tuple[bytes, ...] = (), long: bool = False) -> bytes:
    """With the place in every way that phones write it, before and behind what is seen."""
    told = (
        box(b"udta", box(b"\xa9xyz", b"\0\x12\x15\xc7" + PLACE), box(b"loci", PLACE), box(b"\xa9mod", OWNER)),
        box(b"meta", box(b"keys", b"com.apple.quicktime.location.ISO6709"), box(b"ilst", PLACE, OWNER)),
        box(b"uuid", b"\xbe\x7a\xcf\xcb" * 4, b"<x:xmpmeta>", PLACE),
    )
    every = (track(*told), *(tracks or (track(kind=b"soun"),)))
    moov = box(b"moov", box(b"mvhd", b"\0" * 4 + b"date" * 2 + b"\2" * 80), *every, *told)
    mdat = box(b"mdat", FRAMES, long=long)
    return b"".join((box(b"ftyp", b"mp42\0\0\0\0isom"), mdat, box(b"free", PLACE), moov, told[2], *more))


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
