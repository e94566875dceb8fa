"""The page about matching: figures with their intervals, the risk of answering, what fails and what did not help."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.pictures.curve import risk_coverage
from bot.settings import ROOT
from bot.understanding.checked import Checked
from bot.understanding.intervals import wilson
from bot.understanding.understander import Understander

REPORT = ROOT / "docs" / "matching.md"
PICTURE = "matching.svg"

GOALS = {
    "faq.top1": "0.87 / 0.92",
    "faq.top3": "0.95 / 0.98",
    "faq.coverage": "0.60 / 0.75",
    "faq.precision": "0.97 / 0.98",
    "out_of_scope.answered": "<= 0.10 / 0.03",
    "red_flag.red": "0.94 / 0.97",
    "false_alarm.red": "<= 0.05 / 0.03",
    "red_flag.red_or_amber": "0.97 / 0.995",
    "false_alarm.red_or_amber": "<= 0.14 / 0.10",
}
"""At least / aim."""

HEAD = """# Matching: how well patients are understood

Made by `aftercare evaluate FILE --report`; do not edit. Labelled messages are not part of this repository, and none is
quoted here. Intervals are Wilson's, 95 %.
"""

HOW = """
## How it works

A message is made plain, cut into words and put right. Danger signs come first: rules over concepts (what, how bad,
where, since when; denied, over, another person's, only asked about), and behind them a learned backstop that hears what
no rule names. Then the topic: what the sentence means (MiniLM-L6 in numpy, one byte per weight) and its words, letters
and concepts each have a say, and a third model tells how sure one may be. Below its threshold three topics are offered.
Every fit is kernel ridge regression in closed form, so what a fit would have said about each line *without* it is exact
and free: all thresholds come from that. Without the encoder everything runs on words alone, and answers less.
"""

FAILS = """
## What fails

1. Topics that frame a question (missed care, preparation, sessions) lose to the thing that is mentioned in it.
2. Neighbours on a line of time: results, permanence, sessions, downtime. Related topics stand under every answer.
3. Redness, peeling, darkening and results share their words; the day is not in the words.
4. A danger sign told by its effect or a likeness only, in a line that sounds like an ordinary question.
5. Harmless messages with alarming words: likenesses, old stories, disappointing looks. They are asked about (one tap).
6. Two languages in one message: the encoder speaks English only.
7. An emergency told by what was done, not felt (what was drunk, counted, locked, written) is new each time: of 350
   lines that four blind writers made up, 329 were heard at first sight; what the others had in common is a rule now.

## Tried without gain

- Matching the message without what is denied ("no pain, no pus, may I ..."): right more often, but it takes the topic
  out of "how do I avoid dark marks". Now it may only make sure unsure: a third of the wrong answers go, and a point of
  coverage.
- Nearest phrasing as a voice of its own: fewer right (top-1 falls by three points); its nearness stays
  as a feature of sureness, where it helps.
- One kernel for meaning and words together instead of two voices: the same top-1, one point less at top-3.
- Learned weights for the voices: within a hundredth of equal ones.
- A linear instead of a bending kernel on sentence vectors: one point less at top-3.
- Letters as a voice of their own: two points less; as a quarter of the words' voice they carry mistyped words.
- Single precision in the fits: errors up to a tenth of the scores; double precision costs a second.
"""


def counted(checked: Checked) -> dict[str, dict[str, float | int | None]]:
    """Every share of the content's own lines with its interval."""
    found: dict[str, dict[str, float | int | None]] = {}
    for name, (part, whole) in checked.counts.items():
        low, high = wilson(part, whole)
        found[name] = {"n": whole, "share": round(part / whole, 4) if whole else None, "low": low, "high": high}
    return found


def write(file: Path, report: Mapping[str, Any], checked: Checked, understanding: Understander) -> None:
    """Raises `OSError`."""
    file.parent.mkdir(exist_ok=True)
    covered, lines = checked.counts["coverage"]
    at = covered / lines if lines else 0.0
    (file.parent / PICTURE).write_text(risk_coverage(checked.curve, at=at), encoding="utf-8")
    file.write_text("\n".join(_page(report, checked, understanding)), encoding="utf-8")


def _page(report: Mapping[str, Any], checked: Checked, understanding: Understander) -> Iterator[str]:
    yield HEAD
    yield "Sentences and words." if understanding.has_encoder else "**Words only: the sentence encoder was missing.**"
    if report["intervals"]:
        yield "\n## Labelled messages\n\n| share | n | measured | 95 % | at least / aim |\n|---|---|---|---|---|"
        yield from _labelled(report)
    yield "\n## The content's own lines, each judged without having been seen\n"
    yield "Harder than messages of patients: lines of one topic are written to differ. `_certain`: taken for danger by"
    yield "the backstop alone; `_asked`: at least asked about.\n"
    yield "| share | n | measured | 95 % |\n|---|---|---|---|"
    for name, one in counted(checked).items():
        share = "-" if one["share"] is None else f"{one['share']:.3f}"
        yield f"| {name} | {one['n']} | {share} | {one['low']:.3f} - {one['high']:.3f} |"
    yield f"\n![Precision and out-of-scope answers by coverage]({PICTURE})"
    yield HOW + FAILS


def _labelled(report: Mapping[str, Any]) -> Iterator[str]:
    for name, (low, high) in report["intervals"].items():
        part, share = name.split(".")
        whole = report[part]["n"]
        yield f"| {name} | {whole} | {report[part][share]:.3f} | {low:.3f} - {high:.3f} | {GOALS.get(name, '')} |"
