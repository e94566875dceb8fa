"""What `doctor` finds of the second alarm channel: whether it would take an alarm, or whether it took a test."""

from collections.abc import AsyncIterator

from bot.care.model.delivery import Outcome
from bot.care.model.page import Page, Why
from bot.cli.examination import Finding, fail, fine, warn
from bot.compose.alarms import described, pagers
from bot.compose.clocks import the_clock
from bot.settings import Settings

TRIAL = "TEST: Aftercare, second alarm channel"
SAYS = "This is a test of the second alarm channel (aftercare doctor --page). Nothing has happened, and nobody waits."
DO = {
    "webhook": "look at ALARM_WEBHOOK_URL and at what listens there",
    "mail": "look at ALARM_SMTP_URL, ALARM_MAIL_FROM and ALARM_MAIL_TO",
}


async def of_alarms(chosen: Settings, *, page: bool) -> list[Finding]:
    """`page`: a test is sent; else nobody is disturbed."""
    return [finding async for finding in _looked_at(chosen, page=page)]


async def _looked_at(chosen: Settings, *, page: bool) -> AsyncIterator[Finding]:
    clock, where = the_clock(chosen), described(chosen)
    if not where:
        yield warn(
            "alarms", "there is no second channel beside Telegram", "ALARM_WEBHOOK_URL or ALARM_SMTP_URL in .env"
        )
    test = Page(f"test-{clock.now():%Y%m%dT%H%M%S}", Why.TEST, TRIAL, SAYS)
    for contact, pager in pagers(chosen, clock).items():
        result = await (pager.page(test) if page else pager.look())
        kind = contact.channel
        if result.outcome is Outcome.SENT:
            yield fine(kind, f"{where[kind]} {'took the test: see that it arrived' if page else 'answers'}")
        else:
            yield fail(kind, f"{where[kind]}: {result.outcome.value.replace('_', ' ')} ({result.reason})", DO[kind])
