"""How much of a needed box its kind needs; dates, names and what stands behind are blanked."""

from bot.pictures.boxes import NEEDED, Box, clear, u32

FIXED = {
    b"mvhd": (100, 112), b"tkhd": (84, 96), b"mdhd": (24, 36), b"vmhd": (12, 12), b"smhd": (8, 8), b"cslg": (24, 44),
    b"mehd": (8, 12), b"trex": (24, 24), b"mfhd": (8, 8), b"tfdt": (8, 12),
}  # fmt: skip
"""Bytes of the old kind and of the one with long times."""
ROWS = {
    b"elst": (12, 20), b"stts": (8, 8), b"ctts": (8, 8), b"stss": (4, 4), b"stsc": (12, 12), b"stco": (4, 4),
    b"co64": (8, 8),
}  # fmt: skip
"""Bytes of one row, as above; how many there are stands before the first."""
DATED = frozenset({b"mvhd", b"tkhd", b"mdhd"})
KNOWN = (
    b"isomiso2iso3iso4iso5iso6iso7iso8iso9mp41mp42avc1hvc1hev1av01M4A M4V M4B qt  3gp43gp53gp63gp73g2adashcmfc\0\0\0\0"
)
BRAND, MOST_BRANDS, COMMON = 4, 32, b"isom"
BRANDS = frozenset(KNOWN[at : at + BRAND] for at in range(0, len(KNOWN), BRAND))
"""Any other names a maker."""
HANDLED = 12
"""Bytes of a handler that say what its track is for; behind them are its maker and its name."""
ELSEWHERE = frozenset({b"mdat", b"dref", b"stsd"})
OWN_FILE, REFERENCE = 20, 12
"""Bytes of a `dref` that names no other file, and of the one box in it, which says so."""


def clear_bodies(file: bytearray, box: Box) -> None:
    """Of the box and of all in it. Raises `ValueError` for what is shorter than its kind."""
    for inner in box.inside:
        clear_bodies(file, inner)
    if box.kind == b"ftyp":
        _keep_brands(file, box)
    elif box.kind == b"dref" and (box.end - box.body != OWN_FILE or u32(file, box.body + 8) != REFERENCE):
        raise ValueError("names another file")
    elif box.kind not in ELSEWHERE and box.kind not in NEEDED:
        needed = _needed(file, box)
        if box.end - box.body < needed:
            raise ValueError("cut off")
        clear(file, box.body + needed, box.end)
    if box.kind in DATED:
        clear(file, box.body + 4, box.body + (20 if file[box.body] else 12))


def _needed(file: bytearray, box: Box) -> int:
    """Bytes, by its version, its flags and the rows it says it has."""
    said, count = u32(file, box.body), u32(file, box.body + 4)
    version, flags = said >> 24, said & 0xFFFFFF
    if box.kind in FIXED:
        return FIXED[box.kind][version > 0]
    if box.kind in ROWS:
        return 8 + count * ROWS[box.kind][version > 0]
    match box.kind:
        case b"stsz":
            return 12 + (0 if count else 4 * u32(file, box.body + 8))
        case b"tfhd":
            return 8 + 8 * (flags & 1) + 4 * (flags & 0x3A).bit_count()
        case b"trun":
            return 8 + 4 * (flags & 5).bit_count() + 4 * count * (flags & 0xF00).bit_count()
        case _:
            return HANDLED


def _keep_brands(file: bytearray, box: Box) -> None:
    """The first, and of those it is compatible with the known ones; what is between them is the maker's number."""
    if box.end - box.body < 2 * BRAND:
        raise ValueError("cut off")
    if bytes(file[box.body : box.body + BRAND]) not in BRANDS:
        file[box.body : box.body + BRAND] = COMMON
    clear(file, box.body + BRAND, box.body + 2 * BRAND)
    end = min(box.end, box.body + MOST_BRANDS * BRAND)
    for at in range(box.body + 2 * BRAND, end, BRAND):
        if bytes(file[at : at + BRAND]) not in BRANDS:
            clear(file, at, min(at + BRAND, end))
    clear(file, end, box.end)
