"""`aftercare check`: every fault of the content at once."""

import json
from collections.abc import Iterator
from typing import Annotated

import typer

from bot.cli import verb_app
from bot.cli.says import settings
from bot.compose.proof import proof
from bot.library.faults import Fault, Report
from bot.library.folder import read
from bot.library.going_live import pending, unapproved
from bot.library.loading import inspect, inspect_once
from bot.library.verdicts import Verdicts

app = verb_app("check")


@app.command()
def check(
    *,
    go_live: Annotated[
        bool, typer.Option("--go-live", help="Also what must be decided and approved before real patients.")
    ] = False,
    every: Annotated[bool, typer.Option("--every-combination", help="Words of every patient and day: slow.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Exit status 1 when there is any fault, and with --go-live anything open; warnings alone leave it 0."""
    chosen = settings()
    snapshot, verdicts = read(chosen.content_dir), Verdicts(chosen.verdicts_dir)
    proved = proof(verdicts=verdicts)
    found = inspect(snapshot, proved, every=True) if every else inspect_once(snapshot, proved, verdicts)
    report, shelf = found.report, found.shelf
    open_points = pending(chosen.content_dir) if go_live else None
    if as_json:
        typer.echo(json.dumps(_contract(report, open_points), indent=2))
    else:
        typer.echo("\n".join(_page(report, () if shelf is None else unapproved(shelf), open_points)))
    raise typer.Exit(1 if report.faults or open_points else 0)


def _contract(report: Report, open_points: tuple[Fault, ...] | None) -> dict[str, object]:
    """`{"faults": [{"file", "line", "reason"}], "warnings": [...]}`, with --go-live also `"go_live": [...]`."""
    more = {} if open_points is None else {"go_live": [vars(point) for point in open_points]}
    return {**report.as_json(), **more}


def _page(report: Report, not_approved: tuple[str, ...], open_points: tuple[Fault, ...] | None) -> Iterator[str]:
    for warning in report.warnings:
        yield f"{warning.file}:{warning.line}: warning: {warning.reason}"
    for fault in report.faults:
        yield str(fault)
    if not_approved and open_points is None:
        yield f"not approved by a clinician as they are now: {', '.join(not_approved)} (--go-live says more)"
    yield f"{len(report.faults)} faults, {len(report.warnings)} warnings"
    if open_points is not None:
        yield ""
        yield from map(str, open_points)
        yield f"{len(open_points)} points open before real patients are enrolled" if open_points else "ready to go live"
