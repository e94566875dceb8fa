"""What patients say in their own words ends with the right sign, and harmless words with none."""

import pytest

from bot.care.model.triage import Level
from bot.care.ports.hearing import Situation
from bot.understanding.understander import Understander


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        pytest.param("my face is dropping on one side", "RF-E6", id="a face that drops"),
        pytest.param("talking rubbish and my skin is blotchy blue", "RF-E2", id="muddled and blue"),
        pytest.param("chest feels tight and my arm is numb", "RF-E6", id="a tight chest with an arm is the heart"),
        pytest.param("cant breathe and hives on my left arm", "RF-E1", id="an arm alone is not"),
        pytest.param("pain went away now its back worse", "RF-U5", id="pain that came back"),
        pytest.param("39 on the thermometer", "RF-U1", id="the number before its thermometer"),
        pytest.param("the skin looks like someone held an iron on it", "RF-U4", id="a burn by its looks"),
        pytest.param("took ibuprofen and still up pacing all night", "RF-U5", id="a remedy that failed"),
        pytest.param("my mom says im rambling", "RF-E2", id="somebody else noticed"),
    ],
)
def test_the_sign_is_named(understanding: Understander, text: str, flag: str) -> None:
    heard = understanding.triage(text, Situation("en", "pico", 5))

    assert (heard.flag, heard.certain) == (flag, True)


@pytest.mark.parametrize(
    "text",
    [
        "my cat scratched my arm",
        "a crust dropped off one side of my face",
        "i fell asleep on one side, is my face ok",
        "the plan is confusing, can you resend it",
        "the dog ate a whole pack of biscuits",
        "the pain went away and i am back to normal",
        "i burnt my dinner",
        "does paracetamol work as well as ibuprofen",
        "i used to faint at blood tests",
        "sorry to be a burden, one more question",
        "dry flakes, nothing wet",
    ],
)
def test_harmless_words_raise_nothing_for_certain(understanding: Understander, text: str) -> None:
    heard = understanding.triage(text, Situation("en", "acne-scar-laser", 5))

    assert not (heard.raised and heard.certain)


def test_a_wet_spot_in_the_first_week_of_resurfacing_is_for_the_same_day(understanding: Understander) -> None:
    heard = understanding.triage("still a wet bit on my jaw", Situation("en", "resurfacing", 6))

    assert (heard.level, heard.certain) == (Level.SAME_DAY, True)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("when can i go gym", "exercise"),
        ("when can i use my vit c", "actives"),
        ("can i have a shower", "cleansing"),
        ("what time do you open", "contact"),
        ("its flaking like dandruff", "peeling"),
        ("fine crust is coming off", "peeling"),
        ("looks brown like a tan", "darkening"),
    ],
)
def test_everyday_questions_are_answered(understanding: Understander, text: str, topic: str) -> None:
    found = understanding.match(text, Situation("en", "acne-scar-laser", 5))

    assert found.confident
    assert found.candidates[0].topic == topic


@pytest.mark.parametrize("text", ["thank you", "ok", "thanks", "👍"])
def test_thanks_are_no_greeting(understanding: Understander, text: str) -> None:
    assert understanding.match(text, Situation("en")).family == "thanks"
