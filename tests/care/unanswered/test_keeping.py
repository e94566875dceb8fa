"""What no answer met is kept, but never whose it was, and never what raised a flag."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.care.model.inbound import Sender
from bot.care.model.unanswered import ELSE, Unanswered
from tests.care.listening.ward import MONDAY, STRANGER, Ward, a_ward
from tests.care.scene import ANNA, CLARA, MARIA

UNKNOWN = "quantum chromodynamics on sundays"
PERSONAL = [
    "hi its Anna Berg, quantum chromodynamics on sundays, my number is 07700 900123",
    "quantum chromodynamics? my phone is +44 7700 900123 and my mail anna.berg@example.org",
    "Maria said quantum chromodynamics, record 4711, born 12/03/1987",
    "quantum chromodynamics as Wilhelmina and sophie say, https://x.example/anna @anna_berg",
]
SECRETS = (
    "anna",
    "berg",
    "07700",
    "900123",
    "+44",
    "example",
    "maria",
    "4711",
    "1987",
    "sophie",
    "jolanda",
    "wilhelmina",
    "501",
    "1001",
)


def kept(ward: Ward) -> list[Unanswered]:
    return list(ward.work.unanswered.waiting())


def test_of_a_message_that_no_answer_met_its_words_are_kept_and_how_it_was_met() -> None:
    ward = a_ward()

    ward.says(ANNA, UNKNOWN)

    row = kept(ward)[0]
    assert row.words == UNKNOWN
    assert (row.language, row.treatment, row.day, row.heard_on) == ("en", "picosure", 3, date(2026, 11, 23))
    assert (row.answered, row.chosen, len(row.near)) == ("", "", 3)


@pytest.mark.parametrize("words", PERSONAL)
def test_no_name_and_no_number_lands_in_the_table(words: str) -> None:
    ward = a_ward()
    ward.work.patients.save(replace(ward.anna(), ref="4711"))

    ward.says(Sender(ANNA.account, ANNA.chat, "Anna Berg", "en"), words)

    rows = kept(ward)
    assert len(rows) == 1
    assert "quantum chromodynamics" in rows[0].words
    assert not [secret for secret in SECRETS if secret in repr(rows[0]).lower()]


def test_something_else_and_the_topic_then_taken_are_noted() -> None:
    ward = a_ward()
    ward.says(ANNA, UNKNOWN)

    ward.tap(ANNA, "Something else")
    wanted = kept(ward)[0].chosen
    ward.tap(ANNA, "▶")
    taken = ward.buttons(ANNA)[0]
    ward.tap(ANNA, taken)

    topics = ward.library.shelf.topics("en")
    assert wanted == ELSE
    assert [topics[row.chosen].title for row in kept(ward)] == [taken]


def test_an_answer_that_was_right_leaves_nothing_behind() -> None:
    ward = a_ward()

    ward.says(ANNA, "when can I wear makeup again?")
    ward.tap(ANNA, "Today")

    assert kept(ward) == []


def test_whoever_takes_another_topic_below_an_answer_corrected_it_once() -> None:
    ward = a_ward()
    ward.says(ANNA, "when can I wear makeup again?")

    for label in ward.buttons(ANNA)[:2]:
        ward.tap(ANNA, label)

    row = kept(ward)[0]
    assert len(kept(ward)) == 1
    assert (row.words, row.answered) == ("when can I wear makeup again?", "makeup")
    assert row.chosen not in ("", "makeup")


@pytest.mark.parametrize(
    "words",
    [pytest.param("my cheek is leaking yellow stuff", id="for certain"), pytest.param("my face is hot", id="?")],
)
def test_what_raised_a_flag_is_never_kept_not_even_when_it_was_none(words: str) -> None:
    ward = a_ward()
    ward.says(ANNA, words)

    if "No" in ward.buttons(ANNA):
        ward.tap(ANNA, "No")
    ward.says(ANNA, f"{words} quantum", edits=1)

    assert kept(ward) == []


def test_nothing_is_kept_of_strangers_and_of_staff() -> None:
    ward = a_ward()

    ward.says(STRANGER, UNKNOWN)
    ward.says(MARIA, UNKNOWN)
    ward.says(CLARA, UNKNOWN)

    assert kept(ward) == []


def test_whoever_wishes_to_be_deleted_leaves_the_list_and_never_comes_back_to_it() -> None:
    ward = a_ward()
    ward.says(ANNA, UNKNOWN)

    ward.office.leaving.delete(ward.work, ANNA)
    gone = kept(ward)
    ward.says(ANNA, "quantum chromodynamics on mondays")

    assert gone == kept(ward) == []


def test_a_wish_to_be_deleted_reaches_what_was_filed_and_what_was_written_under_another_name() -> None:
    ward = a_ward()
    ward.says(ANNA, UNKNOWN)
    ward.says(ANNA, "quantum chromodynamics as Jolanda says")
    ward.work.unanswered.file(kept(ward)[0].id, 4)
    ward.work.patients.save(replace(ward.anna(), first_name="Jolanda"))

    ward.office.leaving.delete(ward.work, ANNA)

    assert ward.records.memory.unanswered == {}


def test_after_the_days_that_the_clinic_has_set_it_is_erased() -> None:
    ward = a_ward()
    ward.says(ANNA, UNKNOWN)
    days = ward.library.shelf.clinic.retention.unanswered_days

    ward.keeping.run(ward.work, at=MONDAY + timedelta(days=days))
    before = kept(ward)
    ward.keeping.run(ward.work, at=MONDAY + timedelta(days=days + 1))

    assert len(before) == 1
    assert kept(ward) == []
    assert ward.records.memory.unanswered == {}
