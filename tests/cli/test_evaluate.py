"""`aftercare evaluate` scores labelled messages, and names every line that is none."""

import json
from pathlib import Path

from tests.cli.conftest import Aftercare

ROWS = (
    {
        "text": "can i wear makeup",
        "kind": "faq",
        "topic": "makeup",
        "treatment": "pico",
        "day": 3,
        "id": "x",
        "lang": None,
    },
    {"text": "my tongue is swelling and i cant breathe", "kind": "red-flag", "subtype": "allergic"},
    {"text": "no fever, no pus, all calm", "kind": "not-red-flag", "topic": "warning-signs", "alt_topics": None},
    {"text": "who won the match", "kind": "out-of-scope"},
)


PARTS = ("faq", "red_flag", "false_alarm", "out_of_scope")


def labelled(home: Path, *lines: str) -> str:
    path = home / "labelled.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


def test_the_report_has_the_keys_of_the_contract(home: Path, aftercare: Aftercare) -> None:
    ended = aftercare("evaluate", labelled(home, *map(json.dumps, ROWS), ""), "--json")

    assert ended.status == 0
    assert {name: list(ended.json[name]) for name in PARTS} == {
        "faq": ["n", "top1", "top3", "coverage", "precision"],
        "red_flag": ["n", "red", "red_or_amber", "by_subtype"],
        "false_alarm": ["n", "red", "red_or_amber"],
        "out_of_scope": ["n", "answered"],
    }
    assert ended.json["red_flag"]["red"] == 1.0
    assert set(ended.json["by_topic"]) == {"makeup", "warning-signs"}
    assert set(ended.json) == {*PARTS, "by_topic", "intervals", "content", "regressions"}
    assert list(ended.json["content"]["top1"]) == ["n", "share", "low", "high"]


def test_without_json_shares_are_percents(home: Path, aftercare: Aftercare) -> None:
    page = aftercare("evaluate", labelled(home, *map(json.dumps, ROWS))).out

    assert "red flags         1  red 100.0%" in page


def test_every_line_that_is_no_labelled_message_is_named(home: Path, aftercare: Aftercare) -> None:
    lines = ["{", "[]", '{"kind": "faq"}', '{"text": "hi", "kind": "spam"}', '{"text": "a", "kind": "faq", "day": "3"}']

    ended = aftercare("evaluate", labelled(home, json.dumps(ROWS[0]), *lines))

    assert ended.status == 2
    assert [f"line {number}:" in ended.err for number in range(1, 7)] == [False, True, True, True, True, True]


def test_a_file_without_messages_or_none_at_all_is_refused(home: Path, aftercare: Aftercare) -> None:
    assert aftercare("evaluate", labelled(home, "")).status == 2
    assert "cannot read" in aftercare("evaluate", "nowhere.jsonl").err
