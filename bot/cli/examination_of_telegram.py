"""What `doctor` finds at Telegram: the token, the way in, the clocks, the desk."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

from bot.care.model.people import Desk
from bot.chat.examining import NotReached, Telegram, TokenUnknown
from bot.cli.examination import Finding, fail, fine, warn
from bot.compose.clocks import the_clock
from bot.compose.opening import NOT_OPENED, open_database
from bot.records.refusing import told_plainly
from bot.records.schema import Schema, schema
from bot.settings import Settings

DRIFT = 60.0
"""Seconds our clock may differ from Telegram's."""
RIGHTS = {"can_pin_messages": "pin", "can_delete_messages": "delete", "can_restrict_members": "remove people"}


async def of_telegram(chosen: Settings) -> list[Finding]:
    token = chosen.telegram_bot_token.get_secret_value()
    if not token:
        return []
    desk = _desk(chosen)
    try:
        async with Telegram(token, chosen.telegram_api_url) as telegram:
            return [finding async for finding in _visited(chosen, telegram, desk)]
    except NotReached as error:
        return [fail("telegram", f"{chosen.telegram_api_url} does not answer ({error})", "look at network and proxy")]
    except TokenUnknown:
        return [fail("telegram", "it does not know the token (401)", "copy it again from @BotFather")]


async def _visited(chosen: Settings, telegram: Telegram, desk: Desk | None) -> AsyncIterator[Finding]:
    me = await telegram.me()
    yield fine("telegram", f"@{me.get('username')} at {chosen.telegram_api_url}")
    yield _way_in(chosen, await telegram.webhook())
    yield _clock(chosen, telegram)
    # a bot that reads everything in a group has no need to: replies and commands reach it anyway
    if me.get("can_read_all_group_messages"):
        yield warn("privacy", "privacy mode is off: it is sent whatever staff write", "/setprivacy at @BotFather")
    else:
        yield fine("privacy", "privacy mode is on: in groups it sees commands and replies only")
    if desk is not None:
        yield await _of_desk(telegram, desk, int(me["id"]))


async def _of_desk(telegram: Telegram, desk: Desk, account: int) -> Finding:
    name = (await telegram.chat(desk.contact.chat)).get("username")
    if name:
        said = f"the staff's group is public (@{name}): anybody can read it"
        return fail("desk", said, "make it private in its settings, at once")
    return _rights(await telegram.member(desk.contact.chat, account), is_forum=desk.is_forum)


def _way_in(chosen: Settings, webhook: Mapping[str, Any]) -> Finding:
    known, ours = str(webhook.get("url", "")), chosen.webhook_url
    pending = f"{webhook.get('pending_update_count', 0)} updates wait"
    if known != ours:
        said = f"Telegram calls {known or 'nobody'}, WEBHOOK_URL is {ours or 'empty'}"
        return warn("way in", said, "`aftercare run` tells Telegram at its start")
    if webhook.get("last_error_message"):
        return warn(
            "way in", f"Telegram could not deliver: {webhook['last_error_message']}", "look at proxy and LISTEN"
        )
    return fine("way in", f"{'webhook' if ours else 'polling'}, {pending}")


def _clock(chosen: Settings, telegram: Telegram) -> Finding:
    if chosen.clock_start is not None or chosen.clock_rate is not None or telegram.sent_at is None:
        return fine("clock", "not compared: it is turned, or Telegram sent no hour")
    drift = abs((the_clock(chosen).now() - telegram.sent_at).total_seconds())
    said = f"{drift:.0f} s from Telegram's"
    return fine("clock", said) if drift <= DRIFT else fail("clock", said, "set this machine's clock (NTP)")


def _rights(member: Mapping[str, Any], *, is_forum: bool) -> Finding:
    status = member.get("status")
    if status in ("left", "kicked"):
        return fail("desk", "the bot is not in the staff's group", "add it, then /desk there")
    if status == "restricted" and not member.get("can_send_messages"):
        return fail("desk", "the bot may not write in the staff's group", "let it")
    wanted = RIGHTS | ({"can_manage_topics": "manage topics"} if is_forum else {})
    missing = [name for right, name in wanted.items() if not member.get(right)]
    if missing:
        return warn(
            "desk", f"it may not {', '.join(missing)} in the staff's group", "make it an admin with these rights"
        )
    return fine("desk", "it has the rights it needs in the staff's group")


def _desk(chosen: Settings) -> Desk | None:
    """From records that are there and up to date; whatever is wrong with them is found by its own look."""
    if not chosen.has_replicas and not chosen.database_file.is_file():
        return None
    try:
        with told_plainly(chosen.database):
            if schema(chosen.database) is not Schema.CURRENT:
                return None
        database = open_database(chosen)
    except NOT_OPENED:
        return None
    try:
        return database.writing(lambda work: work.team.desk()).result()
    finally:
        database.close()
