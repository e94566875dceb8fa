"""`aftercare check`: every fault of the content at once."""

import json
from typing import Annotated

import typer

from bot.cli import verb_app
from bot.cli.says import settings
from bot.library.loading import check_content

app = verb_app("check")


@app.command()
def check(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    every: Annotated[bool, typer.Option("--every-combination", help="Words of every patient and day: slow.")] = False,
) -> None:
    """Exit status 1 when there is any fault; warnings alone leave it 0."""
    report = check_content(settings().content_dir, every=every)
    if as_json:
        typer.echo(json.dumps(report.as_json(), indent=2))
    else:
        for warning in report.warnings:
            typer.echo(f"{warning.file}:{warning.line}: warning: {warning.reason}")
        for fault in report.faults:
            typer.echo(f"{fault.file}:{fault.line}: {fault.reason}")
        typer.echo(f"{len(report.faults)} faults, {len(report.warnings)} warnings")
    raise typer.Exit(1 if report.faults else 0)
