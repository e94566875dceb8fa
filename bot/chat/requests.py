"""How we speak to Telegram: one place for time-outs, pools and the address."""

from telegram.request import HTTPXRequest

CONNECT, READ, WRITE, POOL = 5.0, 10.0, 5.0, 2.0
"""Seconds for each stage of one call; whatever they add up to, the dispatcher's deadline cuts an attempt at 20."""

POLL = 25
"""Seconds Telegram may keep a getUpdates open."""


def sending() -> HTTPXRequest:
    """For all calls but getUpdates. Small on purpose: the pool is scanned at every call."""
    return HTTPXRequest(
        connection_pool_size=16, connect_timeout=CONNECT, read_timeout=READ, write_timeout=WRITE, pool_timeout=POOL
    )


def polling() -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=2,
        connect_timeout=CONNECT,
        read_timeout=POLL + READ,
        write_timeout=WRITE,
        pool_timeout=POOL,
    )
