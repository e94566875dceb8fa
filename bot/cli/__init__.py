"""The commands a person types: one file per verb, loaded only when it is called."""

from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword

import typer

VERBS = {
    "init": "Ask for token, clinic and numbers; write .env, key file and clinic.toml; print the first admin's code.",
    "run": "The bot: polling, or a webhook when WEBHOOK_URL is set.",
    "admin-code": "Print a one-time code; /claim CODE in a private chat makes its sender the first admin.",
    "play": "The bot, a local Telegram in the browser, and a clock you can turn. No token, no network.",
    "import": "Enrol everybody in a CSV file, and print their links: import FILE.csv [--dry-run].",
    "check": "Check every content file; all faults at once, file:line: reason.",
    "plan": "What a patient would get and when, in the words they would read.",
    "ask": "What the bot would answer now, and why.",
    "learn": "Fetch the sentence encoder and learn the words, so that the first start is quick.",
    "new": "A filled-in start for a new treatment: new treatment NAME --like OTHER.",
    "evaluate": "Score matching, triage and abstention on labelled messages.",
    "facts": "Which source fact is used where; exit 1 on a gap.",
    "handbook": "The booklet a clinician reads and signs, as HTML and PDF: handbook [--treatment T] [--out FOLDER].",
    "doctor": "What would keep it from its work, and what to do: settings, keys, words, database, Telegram, clock.",
    "status": "How it stands: what is due, uncertain, failed; who is on duty; which words are live.",
    "audit": "Check that nobody changed the record of who did what; exit 1 and the row on a break.",
    "backup": "Copy the database and the photos while it runs; how to restore: backup --help.",
}
"""Verb -> its line of help; its file is `bot/cli/<verb with underscores>.py` and holds `app`."""


def call(arguments: Sequence[str]) -> None:
    """Hand the rest of the line to the verb's own file: start-up costs what one verb needs, not what all need."""
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("--help", ())
    if verb not in VERBS:
        typer.echo(_overview(), err=verb not in ("--help", "-h"))
        raise SystemExit(0 if verb in ("--help", "-h") else 2)
    name = verb.replace("-", "_")
    module = import_module(f"bot.cli.{name}_" if iskeyword(name) else f"bot.cli.{name}")
    module.app(args=list(rest), prog_name=f"aftercare {verb}")


def verb_app(verb: str) -> typer.Typer:
    """What each verb's file hangs its one function on."""
    return typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None, help=VERBS[verb])


def _overview() -> str:
    width = max(map(len, VERBS))
    lines = (f"  aftercare {verb:<{width}}  {what}" for verb, what in VERBS.items())
    return "\n".join(("Aftercare, the Telegram bot of a skin-laser clinic.", "", *lines, "", "aftercare VERB --help"))
