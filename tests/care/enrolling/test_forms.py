"""Dates, hours, codes and lines as people type them."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care.model.codes import read_code
from bot.care.model.dates_typed import read_date, read_hour, read_staff_date
from bot.care.model.enrolment_form import Reading, read
from bot.care.model.typed_line import Known, read_options
from tests.standing_library import the_shelf

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("today", date(2026, 11, 20)),
        ("Yesterday", date(2026, 11, 19)),
        ("+4w", date(2026, 12, 18)),
        ("+10d", date(2026, 11, 30)),
        ("20.11", date(2026, 11, 20)),
        ("3.1.", date(2027, 1, 3)),
        ("20.11.2026", date(2026, 11, 20)),
        ("2026-11-20", date(2026, 11, 20)),
        ("29.2", date(2028, 2, 29)),
        ("31.2", None),
        ("11/20/2026", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_it_is_typed(typed: str, meant: date | None) -> None:
    # the only leap day within a year either way is looked for where there is one
    today = date(2027, 12, 1) if typed == "29.2" else TODAY

    assert read_date(typed, today=today) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("17/11", date(2026, 11, 17)),
        ("12/11", date(2026, 11, 12)),
        ("5/1/2027", date(2027, 1, 5)),
        ("17 Nov", date(2026, 11, 17)),
        ("Nov 17th", date(2026, 11, 17)),
        ("17 november 2026", date(2026, 11, 17)),
        ("last Tuesday", date(2026, 11, 17)),
        ("last friday", date(2026, 11, 13)),
        ("next fri", date(2026, 11, 27)),
        ("last", None),
        ("11/20/2026", None),
        ("31 Feb", None),
    ],
)
def test_staff_may_type_a_day_as_they_say_it(typed: str, meant: date | None) -> None:
    assert read_staff_date(typed, today=TODAY) == meant


@pytest.mark.parametrize(
    ("words", "problem", "fact"),
    [
        ("Anna pico 32.11", "bad-date", "session"),
        ("Anna pico next=32.11", "bad-date-ahead", "next"),
        ("Anna pico next=4 weeks", "date-as-step", "+4w"),
        ("Anna picosur 20.11", "near-treatment", "picosure"),
    ],
)
def test_what_is_wrong_is_named_once_with_what_works(words: str, problem: str, fact: str) -> None:
    (found,) = read_form(words).problems

    assert found.name == problem
    assert fact in found.facts.values()


def test_a_day_of_several_words_is_read_in_the_line() -> None:
    form = read_form("Anna pico last Tuesday next=15 Dec").form

    assert (form.session_on, form.next_on) == (date(2026, 11, 17), date(2026, 12, 15))


def test_weeks_for_the_next_session_count_from_the_session() -> None:
    assert read_date("+4w", today=TODAY, counted_from=date(2026, 11, 1)) == date(2026, 11, 29)


@pytest.mark.parametrize(
    ("typed", "meant"), [("16:30", time(16, 30)), ("9.05", time(9, 5)), ("25:00", None), ("4", None)]
)
def test_an_hour_is_read_as_it_is_typed(typed: str, meant: time | None) -> None:
    assert read_hour(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("abcd-1234", "ABCD1234"),
        (" AbCd 12 34 ", "ABCD1234"),
        ("ilo0 1234", "11001234"),
        ("abcd123", None),
        ("uuuu1234", None),
    ],
)
def test_a_code_is_read_forgivingly(typed: str, meant: str | None) -> None:
    assert read_code(typed) == meant


def known() -> Known:
    shelf = the_shelf()
    return Known(shelf.aliases, shelf.protocols, ("en",), TODAY, time(12, 14))


def read_form(words: str) -> Reading:
    options, problems = read_options(words, known())
    return read(options, known(), problems=problems)


def test_quotes_hold_a_name_together_and_an_apostrophe_is_a_letter() -> None:
    form = read_form("name=“Anna O'Neill” pico ref=D'12").form

    assert (form.first_name, form.ref) == ("Anna O'Neill", "D'12")


TYPED = st.lists(
    st.one_of(
        st.sampled_from(
            ["Anna", "pico", "next=+4w", "booked=", "ended=99:99", "20.11", "surface=intact", '"', "zone=../x"]
        ),
        st.text(max_size=12),
    ),
    max_size=8,
).map(" ".join)


@given(TYPED)
def test_whatever_is_typed_is_a_form_or_a_list_of_problems(typed: str) -> None:
    reading = read_form(typed)

    if not reading.problems and not reading.missing:
        form = reading.form
        assert form.first_name
        assert form.treatments
        assert (form.session_on is None) != (form.booked_on is None)


@given(TYPED)
def test_every_problem_has_its_words(typed: str) -> None:
    shelf = the_shelf()
    reading = read_form(typed)

    assert all(shelf.say(f"phrases/enrolling_faults/{one.name}", "en", one.facts) for one in reading.problems)
    notes = [(one.name, {"patient_code": "A-1", **one.facts}) for one in reading.warnings]
    assert all(shelf.say(f"phrases/enrolling_notes/{name}", "en", facts) for name, facts in notes)


@pytest.mark.parametrize(
    ("typed", "meant"), [("1990", 1990), ("2008", 2008), ("2009", None), ("1905", None), ("90", None), ("next", None)]
)
def test_a_year_of_birth_is_that_of_a_grown_up(typed: str, meant: int | None) -> None:
    reading = read_form(f"Anna pico born={typed}")

    assert reading.form.born == meant
    assert [problem.name for problem in reading.problems] == ([] if meant else ["bad-born"])


@pytest.mark.parametrize("name", ["@Anna", "-Anna", "+Anna", "=HYPERLINK()"])
def test_a_name_that_a_spreadsheet_would_run_is_refused(name: str) -> None:
    reading = read({"name": name, "treatment": "pico"}, known())

    assert [problem.name for problem in reading.problems] == ["bad-name"]
