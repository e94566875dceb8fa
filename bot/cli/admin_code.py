"""`aftercare admin-code`: the one-time code that makes the first admin."""

import typer

from bot.care.model.people import Role
from bot.care.ports import Work
from bot.care.services.teaming import CLAIM_LIVES
from bot.cli import verb_app
from bot.cli.says import refuse, settings
from bot.compose.opening import open_database
from bot.records.database import Database

app = verb_app("admin-code")


@app.command("admin-code")
def admin_code() -> None:
    """Prints the code; it lives fifteen minutes and works once, while there is no admin."""
    database = open_database(settings())
    try:
        code = database.writing(lambda work: _new_code(work, database)).result()
    finally:
        database.close()
    if code is None:
        refuse("there is an admin already: /team add in the chat with the bot adds another")
    typer.echo(f"In a private chat with the bot, within 15 minutes:\n\n/claim {code}")


def _new_code(work: Work, database: Database) -> str | None:
    if any(member.role is Role.ADMIN for member in work.team.members()):
        return None
    code = database.keys.token()
    work.team.add_claim(database.keys.hash(code), expires_at=work.outbox.machine_now() + CLAIM_LIVES)
    return code
