"""Of a recording only what is seen and heard is passed on; what cannot be made sure of is not."""

import random
import struct
from time import process_time

import pytest

from bot.pictures.ogg_pages import checksum_of
from bot.pictures.recordings import NotARecording, stripped
from tests.pictures.recordings import (
    FIRST,
    FRAMES,
    LAST,
    OPUS,
    OWNER,
    PLACE,
    a_song,
    a_stream,
    a_video,
    a_voice,
    box,
    comments,
    handler,
    page,
    picture,
    rows,
    sound,
    track,
)


def nested(kind: bytes, depth: int) -> bytes:
    inside = b""
    for _ in range(depth):
        inside = box(kind, inside)
    return inside


def chunks(*starts: int) -> bytes:
    """One sample in each, of 230 bytes."""
    each = box(b"stsz", struct.pack(">III", 0, 230, len(starts)))
    return track(lies=(rows(b"stsc", 1, 1, 1), each, rows(b"stco", *starts, count=len(starts))))


def referring(to: bytes) -> bytes:
    return track(inner=box(b"dinf", rows(b"dref", more=to)))


MADE = [
    pytest.param(a_video(), id="a video"),
    pytest.param(a_video(long=True), id="a video with long sizes"),
    pytest.param(a_stream(), id="a video in fragments"),
    pytest.param(a_stream(own_start=True), id="fragments that say where they begin"),
    pytest.param(a_voice(), id="a voice message"),
    pytest.param(a_voice(b"METADATA_BLOCK_PICTURE=" + b"x" * 9_000), id="comments over two pages"),
    pytest.param(a_song(), id="an MP3"),
]
CODED_LIKE = b"how it is coded"
ENDS_WITH_CODECS = b"".join(
    (
        box(b"ftyp", bytes(8)),
        box(b"mdat"),
        box(b"moov", box(b"trak", box(b"mdia", handler(), box(b"minf", box(b"stbl", box(b"stsd")))))),
    )
)
OPENED = page(OPUS, kind=FIRST)
WHOLE = (a_video(), a_stream(), a_video(long=True), a_voice(), a_song())


@pytest.mark.parametrize("recording", MADE)
def test_neither_place_nor_owner_is_left_in_a_recording(recording: bytes) -> None:
    assert PLACE in recording

    left = stripped(recording)

    assert PLACE not in left
    assert OWNER not in left
    assert b"Anna" not in left


@pytest.mark.parametrize("recording", MADE[:6])
def test_what_is_seen_and_heard_stays_byte_for_byte_where_it_was(recording: bytes) -> None:
    left = stripped(recording)

    assert len(left) == len(recording)
    assert left.index(FRAMES) == recording.index(FRAMES)
    assert left.count(FRAMES) == recording.count(FRAMES)


def test_the_boxes_of_a_video_hold_together_and_its_dates_are_gone() -> None:
    left = stripped(a_video())

    assert rows(b"stco", left.index(FRAMES)) in left
    assert b"date" not in left
    assert not any(kind in left for kind in (b"udta", b"meta", b"uuid", b"ISO6709", b"xyz"))
    assert stripped(left) == left


@pytest.mark.parametrize(
    "recording",
    [
        pytest.param(a_video(kind=b"XAVC" + PLACE.ljust(28)), id="brands"),
        pytest.param(a_video(box(b"wide", PLACE)), id="a filler"),
        pytest.param(a_video(box(b"sidx", PLACE)), id="an index"),
        pytest.param(a_video(box(b"styp", PLACE)), id="brands of a part"),
        pytest.param(a_video(box(b"mdat", PLACE)), id="data of their own"),
        pytest.param(a_video(struct.pack(">I4s", 0, b"mdat") + box(b"udta", PLACE)), id="data without end"),
        pytest.param(a_video(struct.pack(">I4s", 0, b"free") + PLACE), id="a filler without end"),
        pytest.param(a_video(nested(b"trak", 5_000) + box(b"trak", box(b"dref", PLACE))), id="out of place"),
        pytest.param(a_video(tracks=(track(tables=box(b"sgpd", PLACE)),)), id="groups"),
        pytest.param(a_video(tracks=(track(tables=box(b"subs", PLACE)),)), id="parts of samples"),
        pytest.param(a_video(tracks=(track(tables=rows(b"stss", 1, more=PLACE)),)), id="behind a table"),
        pytest.param(a_video(tracks=(track(inner=box(b"smhd", bytes(8), PLACE)),)), id="behind what is of one length"),
        pytest.param(a_video(tracks=(track(inner=box(b"gmhd", PLACE)),)), id="a head of places"),
        pytest.param(a_video(tracks=(track(inner=handler(PLACE[:4], of=b"dhlr")),)), id="a name of the data's reader"),
        pytest.param(a_video(tracks=(track(entry=picture(box(b"udta", PLACE))),)), id="beside a codec"),
        pytest.param(a_video(tracks=(track(entry=picture(box(b"uuid", PLACE))),)), id="a maker's own, beside a codec"),
        pytest.param(a_video(tracks=(track(entry=picture(box(b"pasp", bytes(8), PLACE))),)), id="behind a shape"),
        pytest.param(a_video(tracks=(track(entry=picture(box(b"colr", b"prof", PLACE))),)), id="a profile of colours"),
        pytest.param(a_video(tracks=(track(entry=picture(PLACE[:7])),)), id="crumbs behind a codec"),
        pytest.param(
            a_video(tracks=(track(kind=b"soun", entry=sound(box(b"wave", box(b"udta", PLACE)), version=1)),)),
            id="in QuickTime's own",
        ),
        pytest.param(
            a_video(tracks=(track(kind=b"soun", entry=sound(box(b"damr", b"Anna", bytes(5)), kind=b"samr")),)),
            id="a maker of AMR",
        ),
    ],
)
def test_wherever_a_place_or_a_maker_is_written_in_a_video_it_is_gone(recording: bytes) -> None:
    left = stripped(recording)

    assert len(left) == len(recording)
    assert not any(told in left for told in (PLACE[:7], PLACE[4:8], b"XAVC", b"Anna", OWNER))
    assert FRAMES in left


@pytest.mark.parametrize(
    ("kind", "entry"),
    [
        pytest.param(b"vide", picture(box(b"hvcC", CODED_LIKE), kind=b"hvc1"), id="HEVC"),
        pytest.param(b"vide", picture(box(b"avcC", CODED_LIKE), box(b"colr", b"nclx", bytes(7)), bytes(4)), id="H.264"),
        pytest.param(b"soun", sound(box(b"esds", CODED_LIKE)), id="AAC"),
        pytest.param(b"soun", sound(box(b"esds", CODED_LIKE), version=1), id="AAC in QuickTime"),
        pytest.param(
            b"soun",
            sound(box(b"wave", box(b"frma", b"mp4a"), box(b"esds", CODED_LIKE), box(bytes(4))), version=1),
            id="AAC in QuickTime, older",
        ),
        pytest.param(b"soun", sound(box(b"dOps", CODED_LIKE), kind=b"Opus"), id="Opus"),
        pytest.param(b"soun", sound(box(b"alac", CODED_LIKE), kind=b"alac", version=2), id="lossless"),
    ],
)
def test_how_it_is_coded_is_kept(kind: bytes, entry: bytes) -> None:
    left = stripped(a_video(tracks=(track(kind=kind, entry=entry),)))

    assert CODED_LIKE in left


@pytest.mark.parametrize(
    "recording",
    [
        pytest.param(a_video(tracks=(track(tables=rows(b"stts", *range(2_000_000), count=1_000_000)),)), id="rows"),
        pytest.param(a_video(box(b"mdat", bytes(8_000_000)), tracks=(chunks(*range(30_000)),)), id="chunks"),
        pytest.param(a_video(box(b"mdat") * 19_000), id="data"),
    ],
)
def test_even_a_video_of_tables_alone_is_done_in_seconds(recording: bytes) -> None:
    begun = process_time()

    stripped(recording)

    assert process_time() - begun < 5


def test_the_pages_of_a_voice_message_have_checksums_that_are_right() -> None:
    left = stripped(a_voice(b"TITLE=" + b"x" * 9_000))

    at, pages = 0, 0
    while at < len(left):
        laces = left[at + 27 : at + 27 + left[at + 26]]
        end = at + 27 + len(laces) + sum(laces)
        whole = left[at:end]
        assert struct.unpack("<I", whole[22:26])[0] == checksum_of(whole[:22] + bytes(4) + whole[26:])
        at, pages = end, pages + 1
    assert pages == 3
    assert b"OpusTags" + bytes(8) in left


def test_the_checksum_is_the_one_that_ogg_knows() -> None:
    # bit by bit, as RFC 3533 says it
    words, value = bytes(range(256)) * 3, 0
    for byte in words:
        value ^= byte << 24
        for _ in range(8):
            value = (value << 1 ^ (0x04C11DB7 if value & 0x80000000 else 0)) & 0xFFFFFFFF

    assert checksum_of(words) == value


@pytest.mark.parametrize(
    "voice",
    [
        pytest.param(a_voice() + page(number=3, kind=LAST), id="an empty last page"),
        pytest.param(
            page(OPUS[:9] + b"\6" + bytes(8) + b"\1" + bytes(8), kind=FIRST) + page(comments(), number=1),
            id="six channels",
        ),
    ],
)
def test_rarer_voices_that_the_standard_knows_are_passed_on(voice: bytes) -> None:
    assert len(stripped(voice)) == len(voice)


def test_of_an_mp3_every_frame_stays_and_no_tag() -> None:
    assert stripped(a_song(frames=20)) == (b"\xff\xfb\x90\x00" + b"\x05" * 413) * 20


@pytest.mark.parametrize(
    "recording",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"OggS", id="a head alone"),
        pytest.param(b"%PDF-1.7 leaflet", id="a PDF"),
        pytest.param(b"\x1aE\xdf\xa3 webm", id="WebM"),
        pytest.param(a_video(struct.pack(">I4s", 9_999, b"free")), id="a size past the end"),
        pytest.param(a_video(struct.pack(">I4s", 4, b"free")), id="a size below its head"),
        pytest.param(a_video(struct.pack(">I4sQ", 1, b"free", 1 << 63)), id="a long size past the end"),
        pytest.param(a_video(struct.pack(">I4sQ", 1, b"free", 8)), id="a long size below its head"),
        pytest.param(a_video(struct.pack(">I4s", 1, b"free")), id="a long size cut off"),
        pytest.param(a_video(b"\0\0\0"), id="crumbs behind it"),
        pytest.param(a_video(box(b"free") * 30_000), id="boxes without end"),
        pytest.param(a_video(kind=b"mp42"), id="brands cut off"),
        pytest.param(ENDS_WITH_CODECS, id="codecs cut off at the end"),
        pytest.param(a_video(box(b"moov")), id="described twice"),
        pytest.param(a_video(tracks=(track(kind=b"meta"),)), id="a track of places"),
        pytest.param(a_video(tracks=(track(entry=box(b"gpmd", PLACE)),)), id="places that are called a picture"),
        pytest.param(a_video(tracks=(track(entry=sound()),)), id="a sound that is called a picture"),
        pytest.param(a_video(tracks=(track(entry=b""),)), id="a picture of no kind"),
        pytest.param(a_video(tracks=(track(entry=picture() + PLACE),)), id="something behind the codecs"),
        pytest.param(a_video(tracks=(track(entry=box(b"avc1", bytes(70))),)), id="a codec cut off"),
        pytest.param(a_video(tracks=(track(entry=picture(box(b"avcC", bytes(9_000)))),)), id="a codec without end"),
        pytest.param(a_video(tracks=(track(entry=picture(box(b"free") * 200)),)), id="boxes in a codec without end"),
        pytest.param(a_video(tracks=(track(entry=picture(b"\0\0\0\x40avcC")),)), id="a codec longer than its entry"),
        pytest.param(a_video(tracks=(track(handled=b""),)), id="a track without a purpose"),
        pytest.param(a_video(tracks=(track(handled=handler() + handler(b"soun")),)), id="a track with two"),
        pytest.param(a_video(tracks=(track(handled=handler(b"meta", of=b"dhlr")),)), id="a purpose that is none"),
        pytest.param(a_video(tracks=(track(handled=box(b"hdlr")),)), id="a handler cut off"),
        pytest.param(a_video(tracks=(track(inner=handler(b"meta")),)), id="a second purpose"),
        pytest.param(a_video(tracks=(referring(b"file:///Users/Anna%20Berg/"),)), id="names another file"),
        pytest.param(a_video(tracks=(referring(PLACE[:12]),)), id="names a place of just that length"),
        pytest.param(a_video(tracks=(box(b"trak", box(b"tkhd", b"\0")),)), id="dates cut off"),
        pytest.param(a_video(tracks=(track(tables=rows(b"stss", count=9)),)), id="a table shorter than it says"),
        pytest.param(a_video(tracks=(track(tables=rows(b"stco", 20)),)), id="data that lie in two places"),
        pytest.param(a_video(tracks=(track(at=1 << 30),)), id="data that lie nowhere"),
        pytest.param(a_video(tracks=(chunks(*[28] * 100),)), id="the same data without end"),
        pytest.param(a_stream().replace(b"tfhd\0\2\0\0", b"tfhd\0\0\0\1"), id="a fragment cut off"),
        pytest.param(box(b"ftyp", b"mp42"), id="a video without anything"),
        pytest.param(page(b"\x01vorbis" + bytes(20), kind=FIRST) + page(comments(), number=1), id="Vorbis"),
        pytest.param(a_voice() + a_voice(), id="two streams, one behind the other"),
        pytest.param(a_voice() + page(PLACE, serial=8), id="two streams together"),
        pytest.param(a_voice() + PLACE, id="something behind the voice"),
        pytest.param(a_voice() + page(OPUS, number=3), id="a second head, later"),
        pytest.param(a_voice() + page(comments(PLACE), number=3), id="second comments, later"),
        pytest.param(OPENED + page(comments(), comments(PLACE), number=1), id="second comments beside the first"),
        pytest.param(
            OPENED + page(comments(), number=1, kind=LAST) + page(PLACE, number=2), id="something behind the last page"
        ),
        pytest.param(page(OPUS + PLACE, kind=FIRST) + page(comments(), number=1), id="a head longer than it needs"),
        pytest.param(page(OPUS, PLACE, kind=FIRST) + page(comments(), number=1), id="something beside the head"),
        pytest.param(page(OPUS[:18], kind=FIRST) + page(comments(), number=1), id="a head cut off"),
        pytest.param(OPENED + page(number=1) + page(comments(), number=2), id="an empty page that is not the last"),
        pytest.param(OPENED, id="no comments"),
        pytest.param(OPENED + page(FRAMES), id="sound in their place"),
        pytest.param(OPENED + page(comments(b"x" * 900)[:765], is_open=True), id="comments without an end"),
        pytest.param(b"ID3\x04\0\0\xff\xff\xff\xff" + a_song(), id="a damaged tag"),
        pytest.param(b"ID3\x04\0\0\x7f\x7f\x7f\x7f", id="a tag longer than the file"),
        pytest.param(a_song(frames=1), id="one frame"),
        pytest.param(a_song()[:-128] + PLACE * 200, id="something behind the sound"),
    ],
)
def test_what_cannot_be_walked_from_end_to_end_is_not_passed_on(recording: bytes) -> None:
    with pytest.raises(NotARecording):
        stripped(recording)


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_recording_raises_nothing_else_and_ends(seed: int) -> None:
    chance = random.Random(seed)
    for whole in WHOLE:
        broken = bytearray(whole[: chance.randrange(1, len(whole))] if chance.random() < 0.5 else whole)
        for _ in range(chance.randrange(8)):
            broken[chance.randrange(len(broken))] = chance.choice((0, 1, 0x7F, 0xFF, chance.randrange(256)))
        try:
            assert len(stripped(bytes(broken))) <= len(broken)
        except NotARecording:
            continue


def test_a_video_cut_off_anywhere_is_refused_or_tells_nothing() -> None:
    whole = a_video()
    for end in range(0, len(whole), 7):
        try:
            assert PLACE not in stripped(whole[:end])
        except NotARecording:
            continue
