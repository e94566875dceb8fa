"""The scores say what they promise."""

from dataclasses import dataclass

from bot.care.model.triage import CLEAR, Assessment, Level
from bot.care.ports.hearing import Candidate, Match, Situation
from bot.understanding.evaluating import Row, evaluate


@dataclass(frozen=True)
class Scripted:
    """Understands a few lines by heart."""

    def triage(self, text: str, situation: Situation) -> Assessment:
        if "pus" in text:
            return Assessment("RF-U1", Level.URGENT)
        return Assessment("RF-U1", Level.URGENT, certain=False) if "warm" in text else CLEAR

    def match(self, text: str, situation: Situation) -> Match:
        topics = ("sun", "makeup") if "sun" in text else ("makeup", "sun")
        return Match(tuple(Candidate(topic, 0.5) for topic in topics), confident="?" in text)


ROWS: list[Row] = [
    {"text": "sun?", "kind": "faq", "topic": "sun"},
    {"text": "powder?", "kind": "faq", "topic": "sun"},
    {"text": "powder", "kind": "faq", "topic": "swimming", "alt_topics": ["makeup"]},
    {"text": "warm but fine", "kind": "not-red-flag", "topic": "heat"},
    {"text": "pus", "kind": "red-flag", "subtype": "infection"},
    {"text": "warm", "kind": "red-flag", "subtype": "infection"},
    {"text": "bad", "kind": "red-flag", "subtype": "eye"},
    {"text": "pus joke", "kind": "out-of-scope", "escalation_ok": True},
    {"text": "pizza?", "kind": "out-of-scope"},
]


def test_topics_are_scored_with_their_accepted_neighbours() -> None:
    faq = evaluate(ROWS, Scripted())["faq"]

    assert faq == {"n": 4, "top1": 0.5, "top3": 0.75, "coverage": 0.5, "precision": 0.5}


def test_red_is_handed_over_and_amber_is_asked_about() -> None:
    report = evaluate(ROWS, Scripted())["red_flag"]

    assert (report["n"], report["red"], report["red_or_amber"]) == (3, 0.3333, 0.6667)
    assert report["by_subtype"]["infection"] == {"n": 2, "red": 0.5, "red_or_amber": 1.0}


def test_false_alarms_leave_out_rows_where_a_person_is_welcome() -> None:
    assert evaluate(ROWS, Scripted())["false_alarm"] == {"n": 5, "red": 0.0, "red_or_amber": 0.2}


def test_abstention_is_counted_on_what_is_out_of_scope() -> None:
    assert evaluate(ROWS, Scripted())["out_of_scope"] == {"n": 2, "answered": 0.5}


def test_nothing_to_score_is_not_a_zero() -> None:
    assert evaluate([], Scripted())["faq"]["top1"] is None
