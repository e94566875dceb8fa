"""What the words may never say to this patient on this day."""

import pytest

from tests.content.step_words import LONG, Piece, files, fill, texts
from tests.each import each

BY_STEP = {piece.step: piece for piece in texts()}
EVENINGS = [BY_STEP[key] for key in sorted(BY_STEP) if key.endswith("-evening")]
SUN_STEPS = [BY_STEP[key] for key in ("picosure/PS-42", "acne-scar-laser/AS-42", "resurfacing/RS-56")]
START = "you may use"
TOGETHER = [
    ("picosure/PS-01-again", "picosure/PS-02"),
    ("picosure/PS-01-again", "pico/PC-02"),
    ("picosure/PS-01-again", "acne-scar-laser/AS-02"),
    ("resurfacing/RS-01-again", "resurfacing/RS-02"),
    ("acne-laser/AL-01-again", "picosure/PS-gate"),
    ("acne-scar-laser/AS-03-again", "acne-scar-laser/AS-04"),
    ("picosure/PS-14", "picosure/PRE-14"),
    ("acne-scar-laser/AS-14", "picosure/PRE-14"),
    ("acne-laser/AL-14", "picosure/PRE-14"),
    ("picosure/PS-42", "picosure/PRE-14"),
    ("resurfacing/RS-42", "picosure/PRE-14"),
    ("resurfacing/RS-28", "picosure/PRE-28"),
]


def said(piece: Piece, situation: dict[str, str]) -> str:
    variant = piece.chosen(situation)
    assert variant is not None
    return variant.say


@each(EVENINGS)
def test_only_who_may_use_retinol_is_told_to_start_it(piece: Piece) -> None:
    for situation in piece.situations():
        assert (START in said(piece, situation).lower()) is (situation["retinol_variant"] == "R1")


@each(EVENINGS)
def test_an_unanswered_morning_gets_conditional_words(piece: Piece) -> None:
    for situation in piece.situations():
        if situation["retinol_variant"] == "R1" and situation["gate"] != "calm":
            assert "Only if your skin is closed and calm" in said(piece, situation)


@each(EVENINGS)
def test_whoever_starts_retinol_knows_when_to_stop_again(piece: Piece) -> None:
    for situation in piece.situations():
        if situation["retinol_variant"] == "R1":
            assert "Stop again {{ retinol_stop }}" in said(piece, situation).replace("again on", "again")


@each(SUN_STEPS)
def test_the_sun_break_is_not_lifted_close_to_the_next_session(piece: Piece) -> None:
    for situation in piece.situations():
        lifted = "need not avoid the sun as strictly" in said(piece, situation)
        assert not lifted or (situation["near_next"] == "no" and situation["sun"] == "open")


@each([BY_STEP[key] for key in sorted(BY_STEP)])
def test_nobody_is_told_to_smoke_or_tan_again(piece: Piece) -> None:
    for variant in piece.variants:
        assert "{{ smoke_state }}" not in variant.say
        assert "you may smoke" not in variant.say
        assert "you may tan" not in variant.say


@each([BY_STEP[key] for key in sorted(BY_STEP)])
def test_off_the_face_nothing_is_said_about_makeup_eyes_or_pillows(piece: Piece) -> None:
    if any("face" in variant.when for variant in piece.variants):
        elsewhere = said(piece, {"face": "no"})
        assert all(word not in elsewhere.lower() for word in ("makeup", "pillow", "lid", "eye"))


@pytest.mark.parametrize("pair", TOGETHER, ids=" + ".join)
def test_two_messages_of_one_morning_still_fit_into_one(pair: tuple[str, str]) -> None:
    longest = [max(len(fill(variant.say, LONG)) for variant in BY_STEP[key].variants) for key in pair]

    assert sum(longest) <= 1200


def test_a_question_about_eyes_carries_both_numbers() -> None:
    question = files()["resurfacing/RS-02"]["ask"]["which-eye"]["question"]

    assert "{{ emergency_number }}" in question
    assert "{{ urgent_route }}" in question
