"""Score matching, triage and abstention on labelled patient messages."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.care.model.triage import Assessment
from bot.care.ports.hearing import Match, Situation, Understanding
from bot.understanding.intervals import wilson

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Scored:
    """One row and what we made of it. Red means handed over, amber asked about, answered told from a topic."""

    row: Row
    assessment: Assessment
    match: Match

    @property
    def red(self) -> bool:
        return self.assessment.raised and self.assessment.certain

    @property
    def amber(self) -> bool:
        return self.assessment.raised and not self.assessment.certain

    @property
    def answered(self) -> bool:
        return not self.assessment.raised and self.match.confident

    @property
    def accepted(self) -> frozenset[str]:
        return frozenset({self.row.get("topic"), *self.row.get("alt_topics", ())} - {None})

    def right(self, within: int) -> bool:
        return any(candidate.topic in self.accepted for candidate in self.match.candidates[:within])


def evaluate(rows: Iterable[Row], understanding: Understanding, *, language: str = "en") -> dict[str, Any]:
    """The report of `aftercare evaluate`; shares are fractions, None where there was nothing to score."""
    scored = [_score(row, understanding, language) for row in rows]
    flagged = [one for one in scored if one.row["kind"] == "red-flag"]
    topical = [one for one in scored if one.row["kind"] in {"faq", "not-red-flag"} and one.row.get("topic")]
    outside = [one for one in scored if one.row["kind"] == "out-of-scope"]
    calm = [one for one in scored if one.row["kind"] != "red-flag" and not one.row.get("escalation_ok")]
    answered = [one for one in topical if one.answered]
    report = {
        "faq": {
            "n": len(topical),
            "top1": _share(one.right(1) for one in topical),
            "top3": _share(one.right(3) for one in topical),
            "coverage": _share(one.answered for one in topical),
            "precision": _share(one.right(1) for one in answered),
        },
        "red_flag": {**_raised(flagged), "by_subtype": _grouped(flagged, "subtype", _raised)},
        "false_alarm": _raised(calm),
        "out_of_scope": {"n": len(outside), "answered": _share(one.answered for one in outside)},
        "by_topic": _grouped(topical, "topic", _topical),
    }
    return {**report, "intervals": _intervals(report, answered=len(answered))}


def _intervals(report: Mapping[str, Any], *, answered: int) -> dict[str, tuple[float, float]]:
    """95 % of every share that was counted."""
    counted = {
        **{("faq", name): report["faq"]["n"] for name in ("top1", "top3", "coverage")},
        ("faq", "precision"): answered,
        **{(part, name): report[part]["n"] for part in ("red_flag", "false_alarm") for name in ("red", "red_or_amber")},
        ("out_of_scope", "answered"): report["out_of_scope"]["n"],
    }
    return {
        f"{part}.{name}": wilson(report[part][name] * whole, whole) for (part, name), whole in counted.items() if whole
    }


def _score(row: Row, understanding: Understanding, language: str) -> Scored:
    situation = Situation(
        language=row.get("lang", language),
        protocol=row.get("treatment"),
        day=row.get("day"),
        days_to_next=row.get("next_in"),
    )
    text = str(row["text"])
    return Scored(row, understanding.triage(text, situation), understanding.match(text, situation))


def _share(truths: Iterable[bool]) -> float | None:
    known = list(truths)
    return round(sum(known) / len(known), 4) if known else None


def _raised(scored: Sequence[Scored]) -> dict[str, Any]:
    return {
        "n": len(scored),
        "red": _share(one.red for one in scored),
        "red_or_amber": _share(one.red or one.amber for one in scored),
    }


def _topical(scored: Sequence[Scored]) -> dict[str, Any]:
    return {
        "n": len(scored),
        "top1": _share(one.right(1) for one in scored),
        "top3": _share(one.right(3) for one in scored),
        "coverage": _share(one.answered for one in scored),
    }


def _grouped(scored: Sequence[Scored], key: str, report: Callable[[Sequence[Scored]], Row]) -> dict[str, Row]:
    groups: defaultdict[str, list[Scored]] = defaultdict(list)
    for one in scored:
        groups[str(one.row.get(key) or "other")].append(one)
    return {name: report(group) for name, group in sorted(groups.items())}
