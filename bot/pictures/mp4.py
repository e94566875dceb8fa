"""Blank whatever an MP4 or MOV says besides picture and sound: places, devices, names, dates.

Inside its codec's own box and inside a coded picture or sound nothing is looked for: what an encoder hid there stays.
"""

from bot.pictures.box_bodies import clear_bodies
from bot.pictures.boxes import Box, walked
from bot.pictures.sample_entries import HEARD, SEEN, clear_entries
from bot.pictures.samples import keep_samples, table_of

SHOWN = {b"vide": SEEN, b"soun": HEARD}
PURPOSE, HANDS_OUT = slice(4, 12), b"dhlr"
"""QuickTime has a second handler in a track, for how its data are read."""


def blanked(content: bytes) -> bytes:
    """Of the same length; raises `ValueError` for what cannot be walked from end to end, or shows something else."""
    left = bytearray(content)
    whole = walked(left)
    tracks = whole.one(b"moov").each(b"trak")
    if not tracks or whole.inside[0] is not whole.one(b"ftyp") or not whole.each(b"mdat"):
        raise ValueError("no video")
    clear_bodies(left, whole)
    for track in tracks:
        _clear_track(left, track)
    keep_samples(left, whole)
    return bytes(left)


def _clear_track(file: bytearray, track: Box) -> None:
    """Places are also written as a track of their own, beside picture and sound, and under their names."""
    media = track.one(b"mdia")
    for second in media.one(b"minf").each(b"hdlr"):
        if _purpose(file, second)[:4] != HANDS_OUT:
            raise ValueError("a second purpose")
    known = SHOWN.get(_purpose(file, media.one(b"hdlr"))[4:])
    if known is None:
        raise ValueError("a track that is neither seen nor heard")
    clear_entries(file, table_of(track).one(b"stsd"), known)


def _purpose(file: bytearray, handler: Box) -> bytes:
    return bytes(file[handler.body : handler.body + PURPOSE.stop])[PURPOSE]
