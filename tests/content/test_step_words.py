"""Every step has its words, and there are no words for what no protocol asks."""

import re
from collections import defaultdict
from typing import Any

from bot.care.model.words import DIMENSIONS, PLACEHOLDERS
from tests.content.step_words import NAME, Piece, files, labels, planned, questions, replies, safety_lines, texts
from tests.each import each

SOURCE = re.compile(r"S00[0-4]-\d\d|C\d{1,2}|E\d\d")
EVERYTHING = [*texts(), *safety_lines(), *questions(), *labels(), *replies()]


def asked_of(steps: list[dict[str, Any]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for step in steps:
        for ask in step.get("ask", ()):
            if ask["kind"] == "ack":
                # "Got it" is a button without a question
                continue
            found[ask["id"]] |= {answer["id"] for answer in ask.get("answers", ())}
    return found


def by_words() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for key, step in planned():
        found[key].append(step)
    return found


def test_every_step_of_every_protocol_has_words_and_no_words_lie_unused() -> None:
    assert files().keys() == by_words().keys()


@each(sorted(by_words()))
def test_every_question_and_answer_has_words_and_no_more(key: str) -> None:
    asked = {ask: set(table.get("answers", ())) for ask, table in files()[key].get("ask", {}).items()}

    assert asked == asked_of(by_words()[key])


@each(sorted(by_words()))
def test_a_reply_belongs_to_an_answer_that_can_be_given(key: str) -> None:
    asked = asked_of(by_words()[key])
    numbers = {str(number) for number in range(11)}
    replied = {(ask, answer) for ask, told in files()[key].get("reply", {}).items() for answer in told}

    assert {(ask, answer) for ask, answer in replied if answer not in (asked[ask] or numbers)} == set()


def test_what_is_folded_into_the_next_message_has_a_safety_line() -> None:
    folded = {key for key, step in planned() if step["late"] == "fold"}

    assert {key for key in folded if "safety" not in files()[key]} == set()


def test_every_message_before_a_session_keeps_a_safety_line_for_those_who_pause() -> None:
    assert {
        key for key, step in planned() if step["anchor"] == "next_session" and "safety" not in files()[key]
    } == set()


@each(sorted(files()))
def test_words_name_their_sources(key: str) -> None:
    sources = files()[key]["sources"]

    assert sources
    assert [source for source in sources if not SOURCE.fullmatch(source)] == []
    assert len(set(sources)) == len(sources)


@each(EVERYTHING)
def test_only_known_names_and_situations_are_used(piece: Piece) -> None:
    names = {name for variant in piece.variants for name in NAME.findall(variant.say)}
    whens = {(name, value) for variant in piece.variants for name, values in variant.when.items() for value in values}

    assert names <= PLACEHOLDERS.keys()
    assert {(name, value) for name, value in whens if value not in DIMENSIONS.get(name, ())} == set()
    assert all("{" not in NAME.sub("", variant.say) for variant in piece.variants)


@each([piece for piece in EVERYTHING if len(piece.variants) > 1])
def test_every_patient_gets_words_and_every_variant_is_said_to_somebody(piece: Piece) -> None:
    said = [piece.chosen(situation) for situation in piece.situations()]

    assert None not in said
    assert all(variant in said for variant in piece.variants)
