"""Of what somebody sends only what is seen is passed on, and nothing they send can harm the program."""

import random

import pytest

from bot.pictures.cleaning import LONGEST_SIDE, NotAPicture, clean
from tests.pictures.photos import OWNER, PLACE, a_bomb, a_heic, a_lying_bomb, a_photo, size_of, tags_of


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_neither_place_nor_owner_is_left_in_a_picture(kind: str) -> None:
    photo = a_photo(kind)
    assert PLACE in photo

    cleaned = clean(photo)

    assert tags_of(cleaned) == {}
    assert PLACE not in cleaned
    assert OWNER.encode() not in cleaned


def test_a_picture_stays_upright_once_its_rotation_is_gone() -> None:
    assert size_of(clean(a_photo(size=(640, 480)))) == (480, 640)


def test_words_hidden_in_a_picture_are_gone() -> None:
    photo = a_photo(comment=b"written by Anna Berg")

    assert b"Anna Berg" not in clean(photo)


def test_what_hangs_behind_the_picture_is_gone() -> None:
    assert b"PK\x03\x04 secret" not in clean(a_photo() + b"PK\x03\x04 secret")


def test_a_very_large_picture_is_made_smaller() -> None:
    assert max(size_of(clean(a_photo(size=(4_000, 3_000))))) == LONGEST_SIDE


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(a_photo()[:3_000], id="cut off"),
        pytest.param(a_photo("PNG")[:3_000], id="cut off PNG"),
        pytest.param(a_bomb(), id="a bomb that says so"),
        pytest.param(a_heic(), id="HEIC"),
        pytest.param(b"%PDF-1.7\n%%EOF", id="PDF"),
        pytest.param(b"GIF89a" + b"\0" * 500, id="GIF"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", id="SVG"),
        pytest.param(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", id="PostScript"),
        pytest.param(random.Random(1).randbytes(50_000), id="noise"),
    ],
)
def test_what_is_no_sound_picture_is_refused(content: bytes) -> None:
    with pytest.raises(NotAPicture):
        clean(content)


def test_a_bomb_behind_a_small_header_is_only_as_large_as_it_says() -> None:
    assert size_of(clean(a_lying_bomb())) == (100, 100)


def test_damaged_pictures_are_redrawn_or_refused_but_never_passed_as_they_are() -> None:
    rng, photo = random.Random(7), a_photo(size=(64, 48))

    for _ in range(12):
        hurt = bytearray(photo)
        for _ in range(6):
            hurt[rng.randrange(2, len(hurt))] = rng.randrange(256)
        try:
            assert PLACE not in clean(bytes(hurt))
        except NotAPicture:
            continue
