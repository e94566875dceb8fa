"""`aftercare facts` follows every source fact to the words that rest on it."""

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Aftercare
from tests.own_content import move_in


@pytest.fixture
def content(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CONTENT_DIR", "content")
    return move_in(home / "content")


def test_each_fact_comes_with_its_use_and_its_places(aftercare: Aftercare) -> None:
    ended = aftercare("facts", "--json")

    assert len(ended.json) == 111
    assert all(set(fact) == {"id", "use", "where"} for fact in ended.json)
    swelling = next(fact for fact in ended.json if fact["id"] == "S000-09")
    assert any(where.startswith("en/faq/") for where in swelling["where"])


def test_what_we_ship_has_no_gap_and_says_why_a_fact_is_not_used(aftercare: Aftercare) -> None:
    ended = aftercare("facts")

    assert ended.status == 0
    assert ended.out.endswith("111 facts, 0 gaps\n")
    assert "S004-05  STAFF          - (governance: " in ended.out


def test_a_gap_is_named(content: Path, aftercare: Aftercare) -> None:
    ledger = content / "facts.toml"
    new = '{ id = "S000-99", use = ["STAFF"], treatment = "pico", say = "Nobody says this" },'
    ledger.write_text(re.sub(r"^fact = \[", f"fact = [\n{new}", ledger.read_text(), flags=re.MULTILINE))

    ended = aftercare("facts")

    assert ended.status == 1
    assert "S000-99  STAFF          GAP: nothing rests on it" in ended.out


def test_content_that_cannot_go_live_is_still_looked_at_and_said_to_be_so(content: Path, aftercare: Aftercare) -> None:
    (content / "en" / "faq" / "makeup.toml").write_text("title = ")

    assert "cannot go live" in aftercare("facts").err


def test_content_that_cannot_be_read_is_refused(content: Path, aftercare: Aftercare) -> None:
    (content / "clinic.toml").unlink()

    ended = aftercare("facts")

    assert (ended.status, ended.out) == (2, "")
    assert "aftercare check" in ended.err
