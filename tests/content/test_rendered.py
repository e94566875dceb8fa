"""Words as they are really filled in, for every treatment, surface, area, day and interval that matters."""

import re
from collections.abc import Iterator

import pytest

from bot.care.model.conditions import Known, next_ask
from bot.care.model.protocol import Anchor
from bot.care.model.texts import flat, units
from bot.care.services.merging import asked
from bot.care.services.questions import Questions, words_of
from tests.care.plan.shelves import real_shelf
from tests.content.reading_grade import grade
from tests.content.rendering import SESSION, SOMEBODY, Case, after_a_session, before_the_first
from tests.content.test_step_manners import DASH, DAY_0, DOSES, JARGON, PROMISES, SCOLDING, STOPPING

TOPICS = sorted(real_shelf().topics("en"))
MOST_OF_AN_ANSWER = 600
ASKS_FOR_THE_GATE = {"makeup"}
GATES = ("unanswered", "calm", "not-calm")
STEP_DAYS = (0, 1, 2, 3, 4, 5, 7, 10, 14, 21, 28, 42, 56, 84, 90)
ASKED_ON = (0, 1, 3, 8, 20, 45)
HARMLESS = re.compile(
    r"not a cure|no magic wand|lasts for ever|permanent makeup|(never|not) stop (or start )?a prescribed", re.IGNORECASE
)


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return [*after_a_session(ASKED_ON, intervals=(None, 28)), *before_the_first((5, 20))]


def answers(topic: str, cases: list[Case]) -> Iterator[tuple[Case, str]]:
    for case in cases:
        for gate in GATES if topic in ASKS_FOR_THE_GATE else GATES[:1]:
            yield case, flat(case.shelf.say(f"faq/{topic}", "en", case.facts | {"gate": gate}))


@pytest.mark.parametrize("topic", TOPICS)
def test_an_answer_is_short_plain_and_promises_nothing(topic: str, cases: list[Case]) -> None:
    said = {text: case for case, text in answers(topic, cases)}

    assert {text: str(case) for text, case in said.items() if units(text) > MOST_OF_AN_ANSWER} == {}
    assert {text: round(grade(text), 1) for text in said if grade(text) > 7} == {}
    assert [text for text in said if "!" in text or len(DASH.findall(text)) > 1] == []
    for wrong in (PROMISES, SCOLDING, DOSES, STOPPING):
        assert {text: found for text in said if (found := wrong.findall(HARMLESS.sub("", text)))} == {}


@pytest.mark.parametrize("topic", TOPICS)
def test_an_answer_speaks_no_jargon(topic: str, cases: list[Case]) -> None:
    # the name by which a patient asks is no jargon to them
    asked_for = {"retinol", "isotretinoin", "medication", "pregnancy"}
    texts = {text for _, text in answers(topic, cases)}
    found = {word.lower() for text in texts for word in JARGON.findall(text)}

    assert found <= ({"retinoid"} if topic in asked_for else set())


@pytest.mark.parametrize("topic", [topic for topic in TOPICS if real_shelf().raw(f"en/faq/{topic}.toml")["symptom"]])
def test_a_symptom_is_never_answered_without_what_must_not_wait(topic: str, cases: list[Case]) -> None:
    for case, text in answers(topic, cases):
        route = any(case.facts[name] in text for name in ("urgent_route", "urgent_any_hour"))
        assert route or topic in {"darkening"}, text
        assert route or case.facts["reply_time"] in text, text


@pytest.mark.parametrize("topic", TOPICS)
def test_related_topics_exist(topic: str) -> None:
    known = real_shelf().topics("en")

    assert known[topic].also
    assert set(known[topic].also) <= known.keys() - {topic}


def test_a_message_with_its_question_is_short_as_it_is_really_filled_in() -> None:
    too_long = {}
    for case in after_a_session(STEP_DAYS, intervals=(None, 28, 56)):
        known = Known([case.enrolment], SOMEBODY, case.shelf.protocols, SESSION)
        questions = Questions(case.shelf, "en", case.facts, case.protocol, 0)
        for step in case.protocol.steps:
            if step.anchor is Anchor.SESSION and step.day == case.day:
                words = words_of(case.protocol, step)
                ask = next_ask(step, known)
                text = flat(
                    asked(case.shelf.say(f"steps/{words}", "en", case.facts), questions.words(step, ask) if ask else "")
                )
                if units(text) > (1000 if words in DAY_0 else 700):
                    too_long[text] = str(case)

    assert too_long == {}


@pytest.mark.parametrize("flag", [flag["id"] for flag in real_shelf().raw("en/red_flags.toml")["flag"]])
def test_advice_is_plain_and_calm(flag: str) -> None:
    case = next(after_a_session((3,), intervals=(28,)))
    text = flat(case.shelf.say(f"red_flags/{flag}", "en", case.facts))

    assert grade(text) <= 7
    assert "!" not in text
    assert len(DASH.findall(text)) <= 1
    assert PROMISES.findall(text) + SCOLDING.findall(text) + DOSES.findall(text) == []
