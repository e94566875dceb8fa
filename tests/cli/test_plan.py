"""`aftercare plan` says what a patient would get, and what is wrong with a question that makes no sense."""

import pytest

from tests.cli.conftest import Aftercare

MESSAGE = {"steps", "anchor", "day", "at", "useful_until", "late", "asks", "text", "buttons"}
ANNA = ("picosure", "--session", "2026-11-20", "--next", "2026-12-18")


def test_the_contract_has_its_keys_and_no_others(aftercare: Aftercare) -> None:
    ended = aftercare("plan", *ANNA, "--json")

    assert ended.status == 0
    assert list(ended.json) == ["treatment", "zone", "messages", "windows"]
    assert all(set(message) == MESSAGE for message in ended.json["messages"])
    assert {message["anchor"] for message in ended.json["messages"]} == {"session", "next_session"}
    assert all(message["day"] >= 0 for message in ended.json["messages"])
    assert all(set(stretch) == {"from", "to"} for thing in ended.json["windows"].values() for stretch in thing)


def test_words_are_as_a_patient_reads_them(aftercare: Aftercare) -> None:
    texts = [message["text"] for message in aftercare("plan", *ANNA, "--json").json["messages"]]

    assert all(text and "<b>" not in text and "&#" not in text for text in texts)


def test_everything_that_changes_the_plan_can_be_said(aftercare: Aftercare) -> None:
    there = ("--ended", "15:30", "--zone", "America/Toronto", "--surface", "micro-wounds", "--area", "neck")

    found = aftercare("plan", *ANNA, *there, "--lang", "en", "--json").json

    assert found["zone"] == "America/Toronto"
    assert found["messages"][0]["at"] == "2026-11-20T15:30:00-05:00"
    assert found["windows"]["makeup"] != aftercare("plan", *ANNA, "--json").json["windows"]["makeup"]


def test_without_json_a_person_reads_day_hour_words_and_buttons(aftercare: Aftercare) -> None:
    page = aftercare("plan", *ANNA).out

    assert "--- Fri 2026-11-20 17:00   D+0   PS-00" in page
    assert "[Talk to a person]" in page
    assert "  retinol           2026-11-20 to 2026-11-27" in page
    assert all(len(line) <= 120 for line in page.splitlines())


def test_a_treatment_has_the_names_staff_type(aftercare: Aftercare) -> None:
    assert aftercare("plan", "PICO", "--session", "2026-11-20", "--json").json["treatment"] == "pico"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        pytest.param(("pikk", "--session", "2026-11-20"), "choose from acne-laser", id="unknown treatment"),
        pytest.param(("pico", "--session", "20.11.2026"), "like 2026-11-20", id="no date"),
        pytest.param(("pico", "--session", "9999-12-31"), "this century", id="date far away"),
        pytest.param(("pico", "--session", "2026-11-20", "--next", "2026-11-20"), "must be later", id="no interval"),
        pytest.param(("pico", "--session", "2026-11-20", "--ended", "25:00"), "like 14:30", id="no hour"),
        pytest.param(("pico", "--session", "2026-11-20", "--ended", "14:30+01:00"), "offset", id="hour with offset"),
        pytest.param(("pico", "--session", "2026-11-20", "--zone", "Europe"), "Europe/London", id="a continent"),
        pytest.param(("pico", "--session", "2026-11-20", "--zone", "../../etc/passwd"), "zone", id="a path"),
        pytest.param(("pico", "--session", "2026-11-20", "--lang", "xx"), "choose from en", id="no such language"),
        pytest.param(("pico", "--session", "2026-11-20", "--area", "foot"), "'face'", id="no such area"),
        pytest.param(("pico",), "--session", id="no session"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused_with_what_to_do(
    aftercare: Aftercare, typed: tuple[str, ...], says: str
) -> None:
    ended = aftercare("plan", *typed)

    assert (ended.status, ended.out) == (2, "")
    assert says in ended.err
