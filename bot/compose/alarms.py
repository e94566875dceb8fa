"""The second alarm channel as the settings have it."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from bot.care.model.page import MAIL, WEBHOOK
from bot.care.model.people import Contact
from bot.care.ports.outside import Clock
from bot.operations.mail import Mail
from bot.operations.paging import Pager
from bot.operations.webhook import Webhook
from bot.settings import Settings


def pagers(settings: Settings, clock: Clock) -> Mapping[Contact, Pager]:
    found: dict[Contact, Pager] = {}
    if settings.alarm_webhook_url.get_secret_value():
        secret = settings.alarm_webhook_secret.get_secret_value()
        found[WEBHOOK] = Webhook(settings.alarm_webhook_url.get_secret_value(), secret, clock)
    if settings.alarm_smtp_url.get_secret_value():
        found[MAIL] = Mail(
            settings.alarm_smtp_url.get_secret_value(), settings.alarm_mail_from, settings.alarm_addresses, clock
        )
    return found


def described(settings: Settings) -> dict[str, str]:
    """Each by its kind and where it goes, without what is secret in its address."""
    found = {}
    if url := settings.alarm_webhook_url.get_secret_value():
        found["webhook"] = urlsplit(url).hostname or ""
    if url := settings.alarm_smtp_url.get_secret_value():
        found["mail"] = f"{len(settings.alarm_addresses)} by {urlsplit(url).hostname}"
    return found
