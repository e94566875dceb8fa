"""`aftercare admin-code`: the one-time code that makes the first admin."""

import typer

from bot.care.services.teaming import make_claim
from bot.cli import verb_app
from bot.cli.records import opened
from bot.cli.says import refuse, settings

app = verb_app("admin-code")


@app.command("admin-code")
def admin_code() -> None:
    """Prints the code; it lives fifteen minutes and works once, while there is no admin."""
    with opened(settings()) as database:
        code = database.writing(lambda work: make_claim(work, database.keys)).result()
    if code is None:
        refuse("there is an admin already: /staff in the chat with the bot invites another")
    typer.echo(f"In a private chat with the bot, within 15 minutes:\n\n/claim {code}")
