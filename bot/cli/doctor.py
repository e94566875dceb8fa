"""`aftercare doctor`: what would keep the bot from doing its work, and what to do about it."""

import asyncio
import json
from typing import Annotated

import typer

from bot.cli import verb_app
from bot.cli.examination import Finding, Level, fail, of_content, of_files, of_the_database
from bot.cli.examination_of_alarms import of_alarms
from bot.cli.examination_of_telegram import of_telegram
from bot.settings import BadSettings, Settings, load

app = verb_app("doctor")


@app.command()
def doctor(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    page: Annotated[bool, typer.Option("--page", help="Send a test by the second alarm channel.")] = False,
) -> None:
    """Changes nothing and shows no secret. Exit status 1 when anything fails; warnings alone leave it 0."""
    findings = list(_examined(page=page))
    if as_json:
        typer.echo(json.dumps([finding.as_json() for finding in findings], indent=2))
    else:
        typer.echo("\n".join(map(str, findings)))
    raise typer.Exit(1 if any(finding.level is Level.FAIL for finding in findings) else 0)


def _examined(*, page: bool) -> list[Finding]:
    try:
        chosen = load()
    except BadSettings as error:
        return [fail("settings", why, "correct it in the environment or in .env") for why in str(error).splitlines()]
    return [
        _settings(chosen),
        *of_files(chosen),
        *of_content(chosen),
        *of_the_database(chosen),
        *asyncio.run(of_telegram(chosen)),
        *asyncio.run(of_alarms(chosen, page=page)),
    ]


def _settings(chosen: Settings) -> Finding:
    if not chosen.telegram_bot_token.get_secret_value():
        return fail("settings", "TELEGRAM_BOT_TOKEN is empty", "`aftercare init` writes it")
    held = [name.upper() for name in chosen.model_fields_set]
    return Finding(Level.OK, "settings", f"set: {', '.join(sorted(held))}")
