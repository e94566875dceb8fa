"""Messages a word apart: the one is a danger, the other is the same word meant otherwise, or on another day."""

import pytest

from bot.care.model.triage import Level
from bot.care.ports.hearing import Situation
from bot.understanding.understander import Understander

BEFORE_THE_NEXT = Situation("en", "acne-laser", 20, days_to_next=8)


def on(protocol: str, day: int) -> Situation:
    return Situation("en", protocol, day)


@pytest.mark.parametrize(
    "text",
    [
        "i think im late, could be preg and still on accutane",
        "i might be preg and im on accutane",
        "preg and on roaccutane",
        "on accutane and my period didnt come",
        "still taking isotretinoin, think i could be expecting",
    ],
)
@pytest.mark.parametrize("situation", [BEFORE_THE_NEXT, on("pico", 5)], ids=["before a session", "after one"])
def test_isotretinoin_and_perhaps_pregnant_is_urgent(
    understanding: Understander, text: str, situation: Situation
) -> None:
    found = understanding.triage(text, situation)

    assert (found.flag, found.level, found.certain) == ("RF-U9", Level.URGENT, True)


@pytest.mark.parametrize(
    ("text", "situation", "level"),
    [
        ("the redness had gone but now its back and hot", on("pico", 6), Level.URGENT),
        ("redness came back today and its warm", on("picosure", 8), Level.URGENT),
        ("its gone red again and feels warm", on("acne-laser", 5), Level.URGENT),
        ("pink again this morning and sore", on("pico", 5), Level.URGENT),
        ("swelling came back and hot", on("resurfacing", 9), Level.URGENT),
        ("redness came back overnight", on("pico", 6), Level.SAME_DAY),
        ("the redness is back but not hot", on("pico", 6), Level.SAME_DAY),
        ("red again, no pain, cool to touch", on("pico", 6), Level.SAME_DAY),
        ("red again since a warm bath", on("pico", 6), Level.SAME_DAY),
    ],
)
def test_redness_that_returns_is_urgent_where_it_is_hot_or_hurts(
    understanding: Understander, text: str, situation: Situation, level: Level
) -> None:
    found = understanding.triage(text, situation)

    assert (found.level, found.certain) == (level, True)


@pytest.mark.parametrize(
    ("text", "situation", "level"),
    [
        ("my cheek still weeps a bit and isnt closed", on("resurfacing", 12), Level.SAME_DAY),
        ("one bit is still open and wet", on("acne-scar-laser", 8), Level.SAME_DAY),
        ("still weepy", on("resurfacing", 12), Level.SAME_DAY),
        ("a wet crust on my chin", on("acne-scar-laser", 8), Level.SAME_DAY),
        ("still raw and still red", on("acne-scar-laser", 8), Level.URGENT),
        ("one bit is still open and weeping yellow", on("acne-scar-laser", 8), Level.URGENT),
        ("open bit by my ear thats still wet, also still swollen", on("resurfacing", 12), Level.URGENT),
    ],
)
def test_one_wound_is_one_sign_however_many_words_tell_it(
    understanding: Understander, text: str, situation: Situation, level: Level
) -> None:
    assert understanding.triage(text, situation).level is level


@pytest.mark.parametrize(
    "text",
    [
        "nose is blocked cant breathe thru it got a cold",
        "nose all stuffed up and i cant breathe through it",
        "the photo i took came out all blurry",
        "sorry the selfies are all blurry",
        "dark circles under my eyes are worse im so tired from the baby",
        "my skin feels rough",
        "dry brown crusts feel rough",
        "face feels rough like sandpaper",
        "it was 8/10 during the laser but its like a 1 now",
        "have a burning question when can i dye my hair",
    ],
)
def test_a_word_that_means_something_else_pages_nobody(understanding: Understander, text: str) -> None:
    found = understanding.triage(text, on("pico", 4))

    assert not (found.raised and found.certain), found


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("blocked nose and i cant breathe", "RF-E1"),
        ("my nose is swollen and i cant breathe through it", "RF-E1"),
        ("my nose is blocked and i cant breathe through my mouth either", "RF-E1"),
        ("cant breathe through my nose or my mouth", "RF-E1"),
        ("took a photo, everything looks blurry to me", "RF-E3"),
        ("photos are fine but my eye is all blurry", "RF-E3"),
        ("dark circles under my eyes and i see double", "RF-E3"),
        ("dark circles under my eyes and they are swollen shut", "RF-U3"),
        ("a grey smudge in my vision", "RF-E3"),
        ("i feel rough", "RF-U1"),
        ("im feeling really rough today", "RF-U1"),
        ("my face is red and i feel rough", "RF-U1"),
        ("it was 2 during the laser but its like an 8 now", "RF-U5"),
        ("pain was 8 at the session and is 8 now", "RF-U5"),
        ("temp 39 and shaking, my cheek is red and swollen", "RF-E2"),
    ],
)
def test_what_is_a_word_away_from_it_still_rings(understanding: Understander, text: str, flag: str) -> None:
    found = understanding.triage(text, on("pico", 4))

    assert (found.flag, found.certain) == (flag, True)


@pytest.mark.parametrize(
    ("text", "situation", "flag"),
    [
        ("grey patch on forehead that was not there before", on("pico", 18), "RF-S5"),
        ("greyish patch on my forehead", on("acne-scar-laser", 16), "RF-S5"),
        ("noticed a greyish smudge on my forehead wasnt there before", on("pico", 16), "RF-S5"),
        ("grey patch on my cheek", on("pico", 2), "RF-U4"),
        ("grey patch on my cheek, hard and numb", on("pico", 18), "RF-U4"),
        ("white patch on my cheek, hard and numb", on("pico", 3), "RF-U4"),
        ("one tiny blister on my cheek", on("acne-laser", 2), "RF-S3"),
        ("a mini blister on my jaw", on("pico", 3), "RF-S3"),
        ("tiny blisters on my cheek", on("acne-laser", 2), "RF-U2"),
        ("tiny clear bubbles in a row on my jaw", on("pico", 3), "RF-U2"),
        ("the scar on my jaw feels lumpy and tight and itches", on("acne-scar-laser", 24), "RF-S6"),
        ("my face blistered after i swam", on("pico", 4), "RF-U11"),
    ],
)
def test_the_day_and_the_number_say_which_sign_it_is(
    understanding: Understander, text: str, situation: Situation, flag: str
) -> None:
    found = understanding.triage(text, situation)

    assert (found.flag, found.certain) == (flag, True)


def test_a_blister_at_the_mouth_is_urgent(understanding: Understander) -> None:
    assert understanding.triage("a small blister on my lip", on("pico", 3)).level is Level.URGENT


@pytest.mark.parametrize(
    ("text", "situation", "flag"),
    [
        ("my hair tongs caught the treated side and it has blistered", on("pico", 8), "RF-U11"),
        ("my old cold sore is waking up, the corner of my lip buzzes", BEFORE_THE_NEXT, "RF-U2"),
        ("the cheek wakes me every night and its worse each time", on("pico", 5), "RF-U5"),
    ],
)
def test_what_sounds_much_worse_goes_before_the_lesser_sign_that_a_rule_heard(
    understanding: Understander, text: str, situation: Situation, flag: str
) -> None:
    found = understanding.triage(text, situation)

    assert (found.flag, found.level, found.certain) == (flag, Level.URGENT, True)


@pytest.mark.parametrize(
    ("text", "situation", "flag"),
    [
        ("my cheeks are more swollen than yesterday", on("pico", 2), "RF-S2"),
        ("raw patch on my chin, still open", on("resurfacing", 11), "RF-S9"),
        ("took ibuprofen for a headache", BEFORE_THE_NEXT, "RF-S10"),
        ("on roaccutane since june", BEFORE_THE_NEXT, "RF-S10"),
        ("a wet spot on my cheek", on("acne-laser", 4), "RF-S3"),
    ],
)
def test_what_a_rule_took_for_the_same_day_stays_so_where_it_knows_better(
    understanding: Understander, text: str, situation: Situation, flag: str
) -> None:
    found = understanding.triage(text, situation)

    assert (found.flag, found.level) == (flag, Level.SAME_DAY)


@pytest.mark.parametrize(
    ("text", "situation", "flag"),
    [
        ("i took an advil", on("picosure", 2), None),
        ("i took two ibuprofen before bed, sorry", on("resurfacing", 1), None),
        ("had an aspirin this morning, is that bad?", on("pico", 3), None),
        ("i took two ibuprofen", BEFORE_THE_NEXT, "RF-S10"),
        ("i took 20 ibuprofen", on("picosure", 2), "RF-E6"),
        ("took a whole pack of paracetamol", on("picosure", 2), "RF-E6"),
        ("took an advil and now my face is swelling", on("picosure", 2), "RF-U6"),
        ("took ibuprofen and im pregnant", on("picosure", 2), "RF-S12"),
    ],
)
def test_a_painkiller_from_the_shop_is_answered_and_too_many_of_them_are_an_emergency(
    understanding: Understander, text: str, situation: Situation, flag: str | None
) -> None:
    found = understanding.triage(text, situation)

    assert (found.flag if found.raised else None) == flag


@pytest.mark.parametrize("opening", ["", "thanks! ", "thanks, ", "hi ", "Thank you so much. ", "ok thanks, "])
def test_a_courtesy_takes_no_danger_away(understanding: Understander, opening: str) -> None:
    found = understanding.triage(f"{opening}my eye feels gritty", on("pico", 2))

    assert (found.flag, found.certain) == ("RF-U3", True)


@pytest.mark.parametrize(
    "text", ["thanks!", "ok thank you", "hi, when can i wear makeup", "thanks! can i swim tomorrow"]
)
def test_a_courtesy_is_none_by_itself(understanding: Understander, text: str) -> None:
    assert not understanding.triage(text, on("pico", 2)).raised
