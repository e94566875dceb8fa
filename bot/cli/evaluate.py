"""`aftercare evaluate`: how well matching, triage and abstention do on labelled messages."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from select import select
from typing import Annotated, Any

import typer

from bot.cli import verb_app
from bot.cli.matching_report import REPORT, counted, write
from bot.cli.says import refuse, settings
from bot.cli.words import understood
from bot.library.shelf import ContentShelf
from bot.understanding.advice import rule_spots, weak_spots
from bot.understanding.baseline import keep, recall, regressions
from bot.understanding.checked import Checked
from bot.understanding.evaluating import evaluate as scores
from bot.understanding.shelf import WordShelf

app = verb_app("evaluate")

KINDS = ("faq", "red-flag", "not-red-flag", "out-of-scope")
MOST_NAMED = 10
"""Bad lines that are named; a wrong file has nothing but bad lines."""
Row = dict[str, Any]


class BadRow(ValueError):
    """A line that is no labelled message; the text says why."""


@app.command()
def evaluate(
    file: Annotated[
        Path | None, typer.Argument(help="One JSON object a line; else standard input; else the content alone.")
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    write_report: Annotated[bool, typer.Option("--report", help="Write docs/matching.md and its picture.")] = False,
    save_baseline: Annotated[
        bool, typer.Option("--save-baseline", help="What later runs must not fall below.")
    ] = False,
) -> None:
    """Exit status 1 when the content does worse on its own lines than in its baseline.

    Each line: text, kind (faq, red-flag, not-red-flag, out-of-scope), topic, and what is known of the patient."""
    rows = _rows(_text(file)) if file is not None or _is_given() else []
    chosen = settings()
    shelf, understanding = understood(chosen)
    language, known = shelf.clinic.languages[0], understanding.has_encoder
    checked = understanding.checked(language)
    worse = regressions(checked, recall(chosen.content_dir, with_encoder=known))
    report = scores(_by_column(rows, shelf), understanding, language=language)
    if save_baseline:
        keep(checked, chosen.content_dir, with_encoder=known)
    if write_report:
        write(REPORT, report, checked, understanding)
    if as_json:
        typer.echo(json.dumps(report | {"content": counted(checked), "regressions": worse}, indent=2))
    else:
        typer.echo("\n".join([*(_page(report) if rows else ()), *_content(checked, shelf, language)]))
    for line in worse:
        typer.echo(f"WORSE THAN BEFORE  {line}", err=True)
    raise typer.Exit(1 if worse and not save_baseline else 0)


def _is_given() -> bool:
    """Messages on standard input: a pipe or a file, not a person."""
    return not sys.stdin.isatty() and bool(select([sys.stdin], [], [], 0)[0])


def _content(checked: Checked, shelf: ContentShelf, language: str) -> Iterator[str]:
    yield "\nthe content's own lines, each judged without having been seen"
    for name, one in counted(checked).items():
        yield f"  {name:<24} {one['n']:>5}  {_percent(one['share'])}  [{one['low']:.1%} - {one['high']:.1%}]"
    words = WordShelf.of(language, shelf.tables)
    advice = [*weak_spots(checked), *rule_spots(words)]
    yield f"\nto look at: {len(advice)}"
    yield from (f"  {line}" for line in advice)


def _by_column(rows: Iterable[Row], shelf: ContentShelf) -> Iterator[Row]:
    """Each treatment by the one whose days hold for it."""
    columns = {treatment: protocol.column for treatment, protocol in shelf.protocols.items()}
    for row in rows:
        named = row.get("treatment")
        yield row | {"treatment": columns.get(named, named)} if named else row


def _text(file: Path | None) -> str:
    try:
        return sys.stdin.read() if file is None else file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        refuse(f"{file or 'standard input'} is not UTF-8 text")
    except OSError as error:
        refuse(f"cannot read {file}: {error.strerror}")


def _rows(text: str) -> list[Row]:
    """Every line must be one; all that are not are named at once."""
    rows: list[Row] = []
    bad: list[str] = []
    # not splitlines: a message may hold characters that count as line ends there
    for number, line in enumerate(text.split("\n"), start=1):
        try:
            rows += [_row(line)] if line.strip() else []
        except BadRow as error:
            bad.append(f"line {number}: {error}")
    if bad:
        more = [f"and {len(bad) - MOST_NAMED} more"] if len(bad) > MOST_NAMED else []
        refuse("\n".join(["these lines are no labelled messages:", *bad[:MOST_NAMED], *more]))
    if not rows:
        refuse("there is no message to score: give one JSON object a line")
    return rows


def _row(line: str) -> Row:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise BadRow("is not JSON") from error
    if not isinstance(row, dict):
        raise BadRow("is no JSON object")
    if not isinstance(row.get("text"), str):
        raise BadRow("`text` must be the patient's words")
    if row.get("kind") not in KINDS:
        raise BadRow(f"`kind` must be one of {', '.join(KINDS)}")
    if not isinstance(row.get("day", 0), int | None) or not isinstance(row.get("alt_topics", []), list | None):
        raise BadRow("`day` must be a whole number and `alt_topics` a list of topics")
    # an empty label says as much as a missing one
    return {key: value for key, value in row.items() if value is not None}


def _page(report: Mapping[str, Any]) -> Iterator[str]:
    faq, red, false, outside = (report[name] for name in ("faq", "red_flag", "false_alarm", "out_of_scope"))
    yield f"topics        {faq['n']:>5}  " + _shares(faq, ("top1", "top3", "coverage", "precision"))
    yield f"red flags     {red['n']:>5}  " + _shares(red, ("red", "red_or_amber"))
    yield f"false alarms  {false['n']:>5}  " + _shares(false, ("red", "red_or_amber"))
    yield f"out of scope  {outside['n']:>5}  " + _shares(outside, ("answered",))
    yield "\nred flags by kind"
    yield from _groups(red["by_subtype"], ("red", "red_or_amber"))
    yield "\nby topic"
    yield from _groups(report["by_topic"], ("top1", "top3", "coverage"))


def _groups(groups: Mapping[str, Mapping[str, Any]], names: Iterable[str]) -> Iterator[str]:
    kept = tuple(names)
    return (f"  {name:<24} {group['n']:>4}  {_shares(group, kept)}" for name, group in groups.items())


def _shares(group: Mapping[str, Any], names: Iterable[str]) -> str:
    return "  ".join(f"{name} {_percent(group[name])}" for name in names)


def _percent(share: float | None) -> str:
    return "   -  " if share is None else f"{share:>6.1%}"
