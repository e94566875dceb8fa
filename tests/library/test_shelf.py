"""What the shelf says."""

from datetime import date, time

import pytest

from bot.care.model.clinic import Hours
from bot.care.model.enrolment import Area
from bot.care.model.protocol import Span
from bot.care.model.things import Thing
from bot.care.model.words import Html
from bot.care.ports.words import MissingWords
from tests.library.shelves import FACTS, FILES, a_shelf, faults_of


def test_a_whole_folder_has_no_fault() -> None:
    assert faults_of() == []


@pytest.mark.parametrize(
    ("key", "words"),
    [
        pytest.param(
            "steps/pico/PC-00",
            f"Today. Your face may be warm, Anna.\nWorse: {FACTS['urgent_route']}. Danger: 112. HELP brings a person.",
            id="step",
        ),
        pytest.param("steps/pico/PC-00/safety", f"Pus or fever: {FACTS['urgent_route']}.", id="safety line"),
        pytest.param("steps/pico/PC-03/ask/skin", "Which fits best?", id="question"),
        pytest.param("steps/pico/PC-03/answer/skin/hot", "Hot", id="answer"),
        pytest.param("steps/pico/PC-03/reply/skin/calm", "Good.", id="reply"),
        pytest.param("faq/makeup", "Not yet: off until 19 November.", id="topic"),
        pytest.param("faq/makeup/title", "Makeup", id="title"),
        pytest.param("red_flags/RF-U1", f"This may be an infection: {FACTS['urgent_route']}.", id="advice"),
        pytest.param("red_flags/RF-U1/name", "Infection", id="flag for staff"),
        pytest.param("out_of_scope/price", "The desk knows the prices.", id="family"),
        pytest.param("phrases/menu/help", "Write HELP, Anna.", id="phrase"),
        pytest.param("treatments/pico/name", "Pico laser", id="treatment"),
    ],
)
def test_everything_has_its_key(key: str, words: str) -> None:
    assert a_shelf().say(key, "en", FACTS) == words


def test_the_first_variant_that_holds_is_said() -> None:
    shelf = a_shelf()

    assert shelf.say("faq/makeup", "en", FACTS | {"makeup": "open"}) == "Yes, if your skin is calm."
    assert shelf.say("steps/pico/PC-00", "en", FACTS | {"face": "no"}).startswith("Today. Worse:")


def test_what_people_typed_cannot_become_markup() -> None:
    said = a_shelf().say("phrases/menu/help", "en", {"first_name": "<b>Anna & Co"})

    assert said == "Write HELP, &lt;b&gt;Anna &amp; Co."
    assert isinstance(said, Html)


def test_words_that_were_said_already_are_not_escaped_again() -> None:
    assert a_shelf().say("phrases/menu/help", "en", {"first_name": Html("<b>Anna</b>")}) == "Write HELP, <b>Anna</b>."


@pytest.mark.parametrize("key", ["phrases/menu/nothing", "faq/unknown", "steps/pico/PC-99"])
def test_missing_words_are_not_made_up(key: str) -> None:
    with pytest.raises(MissingWords, match=key):
        a_shelf().say(key, "en", FACTS)


def test_a_placeholder_without_a_value_is_not_left_blank() -> None:
    with pytest.raises(MissingWords, match="first_name"):
        a_shelf().say("phrases/menu/help", "en", {})


def test_a_language_that_is_not_offered_falls_back_to_the_first() -> None:
    shelf = a_shelf()

    assert shelf.language("fr") == "en"
    assert shelf.has("faq/makeup", "fr")
    assert shelf.say("faq/makeup/title", "fr", FACTS) == "Makeup"
    assert shelf.topics("fr")["redness"].title == "Redness"


def test_staff_may_type_a_treatment_by_any_of_its_names() -> None:
    assert a_shelf().aliases == {"pico": "pico", "picosecond": "pico"}


def test_a_bare_word_means_its_deed_in_any_language_and_case() -> None:
    assert a_shelf().bare_words() == {"help": "help", "hilfe": "help", "stop": "stop"}


def test_the_clinic_is_read_with_its_hours() -> None:
    clinic = a_shelf().clinic

    assert clinic.hours[0] == Hours(time(9), time(18))
    assert clinic.hours[1] is None
    assert clinic.holidays == (date(2026, 12, 25),)
    assert clinic.country_of("GB") is not None


def test_a_protocol_is_read_with_its_windows() -> None:
    protocol = a_shelf().protocols["pico"]
    (window,) = protocol.windows

    assert [step.id for step in protocol.steps] == ["PC-00", "PC-03"]
    assert protocol.steps[1].asks[0].answers[1].raises == "RF-U1"
    assert (window.thing, window.after, window.extra_days) == (Thing.MAKEUP, Span(1, 2, 7), ((Area.NECK, 3),))


def test_the_version_changes_with_the_words_and_only_with_them() -> None:
    reordered = dict(reversed(FILES.items()))

    assert a_shelf().version == a_shelf(reordered).version
    assert a_shelf().version != a_shelf({"en/promises.toml": 'banned = ["cure"]\n'}).version


def test_rules_that_the_library_does_not_know_are_passed_on() -> None:
    assert a_shelf().raw("en/red_flags.toml")["flag"][0]["words"] == ["pus"]
    assert a_shelf().raw("en/concepts.toml") == {}
