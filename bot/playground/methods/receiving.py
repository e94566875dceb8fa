"""Bot API methods that choose how updates reach the bot."""

import re
from urllib.parse import urlsplit

from bot.playground.controls import Json
from bot.playground.inbox import Webhook
from bot.playground.params import Params
from bot.playground.refusal import bad_request
from bot.playground.telegram import Telegram

SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def set_webhook(telegram: Telegram, params: Params) -> object:
    inbox = telegram.inbox
    url = params.text("url")
    if not url:
        return delete_webhook(telegram, params)
    address = urlsplit(url)
    # Telegram's own local server takes plain HTTP too; here only where it cannot leave the machine
    if address.scheme != "https" and not (address.scheme == "http" and address.hostname in LOOPBACK):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not SECRET.fullmatch(params.text("secret_token")):
        raise bad_request("secret token contains unallowed characters")
    inbox.allow(params.items("allowed_updates"))
    _drop_pending(telegram, params)
    inbox.webhook = Webhook(url, params.text("secret_token"), params.whole("max_connections") or 40)
    inbox.last_error = {}
    inbox.end_polls()
    return True


def delete_webhook(telegram: Telegram, params: Params) -> object:
    _drop_pending(telegram, params)
    telegram.inbox.webhook = None
    telegram.inbox.bell.ring()
    return True


def get_webhook_info(telegram: Telegram, _params: Params) -> object:
    inbox = telegram.inbox
    info: Json = {"url": "", "has_custom_certificate": False, "pending_update_count": len(inbox)}
    if inbox.webhook is not None:
        info |= {"url": inbox.webhook.url, "max_connections": inbox.webhook.max_connections} | inbox.last_error
    return info | ({"allowed_updates": list(inbox.allowed)} if inbox.allowed else {})


def _drop_pending(telegram: Telegram, params: Params) -> None:
    if params.flag("drop_pending_updates"):
        telegram.inbox.clear()
