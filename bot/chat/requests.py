"""How we speak to Telegram: one place for time-outs, pools and the address."""

from functools import cache
from ssl import SSLContext

import httpx
from telegram.request import HTTPXRequest

CONNECT, READ, WRITE, POOL = 5.0, 10.0, 5.0, 2.0
"""Seconds for each stage of one call; whatever they add up to, the dispatcher's deadline cuts an attempt at 20."""

POLL = 25
"""Seconds Telegram may keep a getUpdates open."""


def sending() -> HTTPXRequest:
    """For all calls but getUpdates. Small on purpose: the pool is scanned at every call."""
    return _client(pool=16, read=READ)


def polling() -> HTTPXRequest:
    return _client(pool=2, read=POLL + READ)


def _client(pool: int, read: float) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=pool,
        connect_timeout=CONNECT,
        read_timeout=read,
        write_timeout=WRITE,
        pool_timeout=POOL,
        httpx_kwargs={"verify": _trusted()},
    )


@cache
def _trusted() -> SSLContext:
    """The authorities of this machine, read once: each client that reads them for itself starts 0.07 s later."""
    return httpx.create_ssl_context()
