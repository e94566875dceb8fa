"""`aftercare init`: from a token to the first admin's code."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import verb_app
from bot.cli.admin_code import admin_code
from bot.cli.clinic_answers import CLOSED, QUESTIONS, faults, languages_of, tidy
from bot.cli.env_file import write_env
from bot.cli.says import refuse, settings
from bot.library.faults import ContentRefused
from bot.library.own_clinic import OwnClinic, is_made_up, languages, move_in
from bot.library.verdicts import Verdicts
from bot.records.keyfile import KeyFileRefused, read_or_create
from bot.settings import Settings

app = verb_app("init")

ENV = Path(".env")
MOST_NAMED = 5
"""Faults that are shown; one wrong value can bring a hundred."""
Answers = dict[str, str]
Text = str | None


@app.command()
def init(
    *,
    token: Annotated[Text, typer.Option(help="From @BotFather. Better asked for: options stay in shells.")] = None,
    clinic: Annotated[Text, typer.Option(help="The clinic's name.")] = None,
    phone: Annotated[Text, typer.Option(help="The number patients call.")] = None,
    country: Annotated[Text, typer.Option(help="Two letters, like GB.")] = None,
    zone: Annotated[Text, typer.Option(help="A time zone, like Europe/London.")] = None,
    language: Annotated[Text, typer.Option("--languages", help="With commas, the main one first; else en.")] = None,
    on_call_phone: Annotated[Text, typer.Option(help="For urgent cases, if it is another number.")] = None,
    privacy_contact: Annotated[Text, typer.Option(help="Whom to ask about personal data.")] = None,
    out_of_hours: Annotated[Text, typer.Option(help=f"What patients do when you are closed, like: {CLOSED}")] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite .env and clinic.toml.")] = False,
) -> None:
    """Asks for what is not given as an option. Nothing is written before everything fits; no network is used."""
    given = {
        "token": token, "clinic": clinic, "phone": phone, "country": country, "zone": zone, "languages": language,
        "on-call-phone": on_call_phone, "privacy-contact": privacy_contact, "out-of-hours": out_of_hours,
    }  # fmt: skip
    chosen = settings()
    if not force:
        _refuse_overwriting(chosen)
    answers = _complete({name: tidy(name, answer) for name, answer in given.items() if answer is not None})
    _move_in(chosen, answers)
    _write(answers["token"])
    _say_how_to_go_on(chosen)


def _refuse_overwriting(chosen: Settings) -> None:
    held = [str(ENV)] if ENV.exists() else []
    try:
        if not is_made_up(chosen.content_dir):
            held.append(str(chosen.content_dir / "clinic.toml"))
    except OSError as error:
        refuse(f"cannot read {error.filename}: {error.strerror}. CONTENT_DIR names the folder of the content")
    except ContentRefused as error:
        refuse(f"mend this first: {error}")
    if held:
        refuse(f"{' and '.join(held)} would be overwritten: say --force, or edit by hand")


def _complete(given: Answers) -> Answers:
    """Options as they are; when one that is needed is missing, all that are missing are asked for."""
    wrong = faults(given)
    if wrong:
        refuse("\n".join(["nothing was written:", *wrong]))
    missing = [name for name in QUESTIONS if name not in given]
    if all(QUESTIONS[name].default is not None for name in missing):
        return {name: QUESTIONS[name].default or "" for name in missing} | given
    try:
        return given | {name: _asked(name) for name in missing}
    except typer.Abort:
        needed = " ".join(f"--{name}" for name in missing if QUESTIONS[name].default is None)
        refuse(f"nothing was written, as the answers ended: give {needed}")


def _asked(name: str) -> str:
    """Again and again until the answer can be used."""
    question = QUESTIONS[name]
    while True:
        # without a terminal there is nothing to hide, and Python would warn
        hidden = question.secret and sys.stdin.isatty()
        typed: str = typer.prompt(question.words, default=question.default, hide_input=hidden)
        fault = question.fault(tidy(name, typed))
        if not fault:
            return tidy(name, typed)
        typer.echo(f"  {fault}", err=True)


def _move_in(chosen: Settings, answers: Answers) -> None:
    offered = languages(chosen.content_dir)
    untold = [language for language in languages_of(answers["languages"]) if language not in offered]
    if untold:
        refuse(f"nothing was written: there are no words in {', '.join(untold)} yet, only in {', '.join(offered)}")
    own = OwnClinic(
        name=answers["clinic"],
        phone=answers["phone"],
        country=answers["country"],
        zone=answers["zone"],
        languages=languages_of(answers["languages"]),
        on_call_phone=answers["on-call-phone"],
        privacy_contact=answers["privacy-contact"],
        out_of_hours=answers["out-of-hours"],
    )
    try:
        move_in(chosen.content_dir, own, Verdicts(chosen.verdicts_dir))
    except ContentRefused as error:
        named = "\n".join(str(error).splitlines()[:MOST_NAMED])
        refuse(f"nothing was written, since the content would not fit this clinic:\n{named}")
    except OSError as error:
        refuse(f"cannot write {chosen.content_dir / 'clinic.toml'}: {error.strerror}")


def _write(token: str) -> None:
    try:
        write_env(ENV, token)
    except OSError as error:
        refuse(f"cannot write {ENV.absolute()}: {error.strerror}")
    chosen = settings()
    if chosen.telegram_bot_token.get_secret_value() != token:
        typer.echo("aftercare: another TELEGRAM_BOT_TOKEN in the environment goes before the one in .env", err=True)
    try:
        read_or_create(chosen.key_file, data_exists=chosen.database_file.exists())
    except (KeyFileRefused, OSError) as error:
        refuse(str(error))


def _say_how_to_go_on(chosen: Settings) -> None:
    now = settings()
    typer.echo(f"Written: {ENV}, {now.key_file} (copy it to a safe place), {chosen.content_dir / 'clinic.toml'}\n")
    typer.echo(
        f"1. In {chosen.content_dir / 'clinic.toml'} enter your opening hours and holidays and look at every number."
    )
    typer.echo("   `aftercare check` says whether all is well.")
    typer.echo("2. Start the bot: aftercare run")
    typer.echo("3. Claim it with the code below (`aftercare admin-code` prints another one), then add the bot to your")
    typer.echo("   staff's group and type /desk there.\n")
    admin_code()
