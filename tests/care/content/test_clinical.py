"""What patients read about symptoms, recovery and whom to reach is never an admin's alone."""

from collections import defaultdict

import pytest

from bot.care.model.clinical import is_clinical
from bot.care.model.revision import Item
from tests.care.content.newsroom import a_newsroom
from tests.care.scene import CLARA, MARIA
from tests.standing_library import the_shelf

WHOLLY = {
    "also", "answering", "asks", "expected", "leaflet", "lists", "listening", "plan", "promise", "route", "things",
    "things_short", "window",
}  # fmt: skip
PARTLY = {
    "alerts": {
        "also-emergency", "before-session", "being-told", "ended-advice", "ended-duplicate", "ended-emergency",
        "ended-false_alarm", "ended-seen", "ended-self-harm", "from-team", "nobody", "nobody-self-harm", "plain-advice",
        "raised", "seen", "sorry", "sorry-self-harm",
    },
    "health": {"timing-checked"},
    "joining": {"place"},
    "selfcare": {"help", "help-now", "help-self-harm", "help-urgent", "help-wait", "person"},
    "session_day": {
        "patient-asked", "patient-known", "patient-no", "patient-refuted", "patient-said-no", "patient-said-yes",
        "patient-yes",
    },
    "sessions": {"patient-correction", "patient-last-use", "patient-moved", "patient-no-date", "patient-stay-off"},
}  # fmt: skip


def _is_clinical(key: str) -> bool:
    shelf = the_shelf()
    names = frozenset[str]().union(*(one.names for one in shelf.written(key, "en")))
    topic = shelf.topics("en").get(key.split("/")[1]) if key.startswith("faq/") else None
    return is_clinical(key, names, is_symptom=topic is not None and topic.symptom)


def test_of_all_groups_of_phrases_it_is_known_which_wait_for_a_clinician() -> None:
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    for key in the_shelf().keys("en"):
        section, _, name = key.partition("/")
        if section == "phrases":
            group, _, phrase = name.partition("/")
            found[group][phrase] = _is_clinical(key)

    assert {group for group, phrases in found.items() if all(phrases.values())} == WHOLLY
    partly = {group: {name for name, one in phrases.items() if one} for group, phrases in found.items()}
    assert {group: names for group, names in partly.items() if names and group not in WHOLLY} == PARTLY


@pytest.mark.parametrize("name", sorted(PARTLY["alerts"]))
def test_what_patients_read_of_alerts_stays_a_clinicians_whatever_it_names(name: str) -> None:
    assert is_clinical(f"phrases/alerts/{name}", frozenset(), is_symptom=False)


def test_of_everything_else_it_is_steps_advice_what_is_not_ours_and_topics_about_symptoms() -> None:
    keys = [key for key in the_shelf().keys("en") if not key.startswith("phrases/")]

    clinical = {
        key.split("/")[0] if not key.startswith("faq/") else key.split("/")[1] for key in keys if _is_clinical(key)
    }

    topics = {name for name, topic in the_shelf().topics("en").items() if topic.symptom}
    assert clinical == {"steps", "red_flags", "out_of_scope", *topics}
    assert not any(_is_clinical(key) for key in keys if key.startswith("treatments/"))


@pytest.mark.parametrize(
    ("group", "name"),
    [
        pytest.param("expected", "swelling_urgent", id="said by a placeholder in an answer about a symptom"),
        pytest.param("route", "on-call", id="whom to call"),
        pytest.param("listening", "added-self-harm", id="said in a crisis"),
        pytest.param("selfcare", "help-now", id="holds whom to call"),
    ],
)
async def test_for_such_a_phrase_an_admin_has_a_clinician_asked(group: str, name: str) -> None:
    room = a_newsroom()
    room.begins(MARIA, Item("en", f"phrases/{group}/{name}"))
    room.writes(MARIA, "That is normal, no need to write.")
    await room.works()

    room.tap(MARIA, "Publish")
    await room.works()

    assert "I asked Clara" in room.last(MARIA)
    assert "Maria asks you" in room.last(CLARA)
    assert room.press.says == {}
