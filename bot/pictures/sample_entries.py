"""Of how pictures and sound are coded, keep what a player needs; what the encoder says of itself is blanked."""

from collections.abc import Iterator

from bot.pictures.boxes import HEADER, Box, blank, box_at, clear, u32

SEEN = frozenset({b"avc1", b"avc3", b"hvc1", b"hev1", b"dvh1", b"dvhe", b"mp4v", b"vp09", b"av01", b"s263", b"H263"})
HEARD = frozenset({b"mp4a", b"samr", b"sawb", b"ac-3", b"ec-3", b"Opus", b"alac", b".mp3"})
CODING = frozenset({b"avcC", b"hvcC", b"lhvC", b"esds", b"av1C", b"vpcC", b"dvcC", b"dvvC", b"dOps", b"dec3", b"alac"})
FIXED = {
    b"pasp": 8, b"btrt": 12, b"clap": 32, b"fiel": 2, b"gama": 4, b"mdcv": 24, b"clli": 4, b"dac3": 3,
    b"damr": 9, b"d263": 7, b"frma": 4, b"mp4a": 4, b"colr": 11, bytes(4): 0,
}  # fmt: skip
"""Bytes of what describes pictures and sound further; QuickTime ends a list with one that has no name."""
MADE_BY = {b"damr": 4, b"d263": 4}
"""Bytes before the rest that name the maker."""
NUMBERED = (b"nclx", b"nclc")
"""Colours by number; else they are a profile, with names and dates in it."""
PICTURE, SOUND = 78, {0: 28, 1: 44, 2: 64}
"""Bytes before the boxes of an entry, for sound by QuickTime's version."""
LONGEST_CODING, MOST_INNER = 8_192, 100


def clear_entries(file: bytearray, table: Box, known: frozenset[bytes]) -> None:
    """Raises `ValueError` where one is of no known kind: it may be places, or anything else."""
    is_old, count = u32(file, table.body) >> 24 == 0, u32(file, table.body + 4)
    at, left = table.body + HEADER, iter(range(MOST_INNER))
    for _ in range(count):
        entry = box_at(file, at, table.end)
        if entry.kind not in known:
            raise ValueError("neither picture nor sound")
        inner = _clear_picture(file, entry) if known is SEEN else _clear_sound(file, entry, is_old=is_old)
        if inner > entry.end:
            raise ValueError("cut off")
        _clear_inner(file, inner, entry.end, left)
        at = entry.end
    if at != table.end or not count:
        raise ValueError("more or fewer entries than it says")


def _clear_picture(file: bytearray, entry: Box) -> int:
    """Its maker and the name of its encoder; where its boxes begin."""
    inner = entry.body + PICTURE
    if inner <= entry.end:
        clear(file, entry.body + 8, entry.body + 24)
        clear(file, entry.body + 42, entry.body + 74)
    return inner


def _clear_sound(file: bytearray, entry: Box, *, is_old: bool) -> int:
    version = u32(file, entry.body + 8) >> 16
    inner = entry.body + SOUND.get(version if is_old else 0, len(file))
    if inner <= entry.end:
        clear(file, entry.body + 10, entry.body + 16)
    return inner


def _clear_inner(file: bytearray, at: int, end: int, left: Iterator[int]) -> None:
    while end - at >= HEADER:
        if next(left, None) is None:
            raise ValueError("too many boxes")
        box = box_at(file, at, end)
        said = bytes(file[box.body : min(box.body + 4, box.end)])
        if box.kind == b"wave":
            _clear_inner(file, box.body, box.end, left)
        elif box.kind in FIXED and (box.kind != b"colr" or said in NUMBERED):
            clear(file, box.body, min(box.body + MADE_BY.get(box.kind, 0), box.end))
            clear(file, box.body + FIXED[box.kind], box.end)
        elif box.kind not in CODING:
            blank(file, box)
        elif box.end - box.body > LONGEST_CODING:
            raise ValueError("longer than any codec needs")
        at = box.end
    # QuickTime ends a list with four zeros
    clear(file, at, end)
