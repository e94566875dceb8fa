"""Every update is stored and committed before it is acknowledged, then handled once, in order per chat and sender."""

import asyncio
import json
import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from telegram import Update

from bot.care.house import House
from bot.care.model.inbound import RawUpdate, Sender
from bot.care.ports.outside import Clock
from bot.care.ports.records import Records, Work
from bot.chat.crowd import Crowd
from bot.chat.doorway import CareApplication, Visit
from bot.chat.shape import is_sound

log = logging.getLogger(__name__)

Telling = Callable[[Work, Sender, str], None]
"""Tells about an update that was given up: whose it is, and its words."""

MOST_TRIES = 5
BETWEEN_TRIES = 0.5
"""Seconds, times the number of tries so far."""


@dataclass
class Intake:
    """`store` is what polling and webhook call; `resume` picks up what a crash left waiting."""

    records: Records
    house: House
    application: CareApplication
    clock: Clock
    _lines: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _crowd: Crowd = field(default_factory=Crowd)
    _under_way: set[int] = field(default_factory=set)
    _resumed: set[int] = field(default_factory=set)
    _ending: asyncio.Event = field(default_factory=asyncio.Event)

    async def store(self, raws: Iterable[dict[str, Any]]) -> None:
        """Returns once all of them are committed; an id seen before does nothing."""
        now = self.clock.now()
        updates = [RawUpdate(raw["update_id"], _order(raw), json.dumps(raw), now) for raw in raws]
        new = await self.records.write(lambda work: [update for update in updates if work.inbox.store(update)])
        for update in new:
            self._queue(update)

    async def resume(self, *, rested: timedelta = timedelta()) -> None:
        """Take up what a crash, of this process or of another, has left waiting for so long (clinic time)."""
        before = self.clock.now() - rested
        waiting = await self.records.read(lambda work: list(work.inbox.waiting()))
        for update in waiting:
            if update.received_at <= before and update.id not in self._under_way:
                self._resumed.add(update.id)
                self._queue(update)

    async def settled(self) -> None:
        """Until nothing that came in is still being handled."""
        while self._lines:
            await asyncio.gather(*self._lines.values())

    async def stop(self, *, within: float) -> None:
        """What is being handled lands, for so many seconds; what waits for its turn or its next try waits for the next
        start."""
        self._ending.set()
        if self._lines:
            await asyncio.wait(self._lines.values(), timeout=within)

    def _queue(self, update: RawUpdate) -> None:
        before = self._lines.get(update.order)
        task = asyncio.create_task(self._after(before, update))
        self._lines[update.order] = task
        self._under_way.add(update.id)
        task.add_done_callback(partial(self._forget, update))

    async def _after(self, before: asyncio.Task[None] | None, update: RawUpdate) -> None:
        if before is not None:
            await asyncio.wait([before])
        tries = update.tries
        while not self._ending.is_set() and not await self._ended(update):
            tries += 1
            with suppress(TimeoutError):
                async with asyncio.timeout(BETWEEN_TRIES * min(tries, MOST_TRIES)):
                    await self._ending.wait()

    async def _ended(self, update: RawUpdate) -> bool:
        try:
            parsed = _parse(update, self.application)
            if parsed is None:
                # it will not read better tomorrow, and what comes after it must not wait
                return await self._given_up(update, most=1)
            return await self._handle(update, parsed) or await self._given_up(update, most=MOST_TRIES)
        except Exception as error:  # records out of order are no fault of the update: it waits for them
            log.error("update_waits", extra={"event": "update_waits", "update": update.id}, exc_info=error)
            return False

    async def _given_up(self, update: RawUpdate, *, most: int) -> bool:
        """Counts one more try; True when it was the last: the update is put aside, and a person hears of it."""
        for told in (self.house.unhandled.answer, self.house.unhandled.plainly):
            try:
                return await self._put_aside(update, told, most=most)
            except Exception as error:  # what broke the update may break this as well
                log.error("unhandled_untold", extra={"event": "unhandled_untold", "update": update.id}, exc_info=error)
        return await self._put_aside(update, _tell_nobody, most=most)

    async def _put_aside(self, update: RawUpdate, told: Telling, *, most: int) -> bool:
        last = await self.records.write(partial(_failed, update=update, told=told, most=most))
        if last:
            log.error("update_quarantined", extra={"event": "update_quarantined", "update": update.id})
        return last

    async def _handle(self, update: RawUpdate, parsed: Update) -> bool:
        """True when the update has its named end."""
        hurried, resumed = self._crowd.hurries(update.order), update.id in self._resumed
        visit = Visit(update.id, self.records, self.house, hurried=hurried, resumed=resumed)
        self.application.bot_data.visits[update.id] = visit
        try:
            await self.application.process_update(parsed)
        finally:
            del self.application.bot_data.visits[update.id]
        if visit.error is not None:
            log.error("update_failed", extra={"event": "update_failed", "update": update.id}, exc_info=visit.error)
            return False
        if not visit.acted:
            # nobody wanted it: a service message, or a text of a person without rights
            await self.records.write(partial(self._ignore, update_id=update.id))
        return True

    def _ignore(self, work: Work, *, update_id: int) -> None:
        work.inbox.done(update_id, at=self.clock.now(), erase=True)

    def _forget(self, update: RawUpdate, task: asyncio.Task[None]) -> None:
        self._under_way.discard(update.id)
        self._resumed.discard(update.id)
        if self._lines.get(update.order) is task:
            del self._lines[update.order]


def _failed(work: Work, *, update: RawUpdate, told: Telling, most: int) -> bool:
    was_told = update.id in work.inbox.quarantined()
    last = work.inbox.failed(update.id, most=most)
    sent = _sent(update) if last and not was_told and told is not _tell_nobody else None
    if sent is not None:
        told(work, *sent)
    return last


def _sent(update: RawUpdate) -> tuple[Sender, str] | None:
    """Who sent what, as far as it can be read; None for what is no message and no tap."""
    raw = json.loads(update.raw)
    tap = _part(raw, "callback_query")
    message = _part(tap, "message") or _part(raw, "message") or _part(raw, "edited_message")
    chat, person = _part(message, "chat"), _part(tap or message, "from")
    chat_id, account = _number(chat, "id"), _number(person, "id")
    if chat_id is None or account is None or not is_sound({"chat": chat, "from": person}):
        return None
    words = "[button]" if tap else _part(message, "text") or _part(message, "caption") or "[not a text]"
    return Sender(account, chat_id, "", private=chat_id == account), str(words)


def _tell_nobody(work: Work, who: Sender, words: str) -> None:
    pass


def _parse(update: RawUpdate, application: CareApplication) -> Update | None:
    try:
        raw = json.loads(update.raw)
        if is_sound(raw):
            return Update.de_json(raw, application.bot)
        why = "shape"
    except (TypeError, ValueError, KeyError, AttributeError, ArithmeticError, OSError, RecursionError) as error:
        why = type(error).__name__
    # never log the payload: it holds what a patient wrote
    log.error("update_unreadable", extra={"event": "update_unreadable", "update": update.id, "why": why})
    return None


def _order(raw: dict[str, Any]) -> str:
    """Chat and sender (in a forum, and topic): updates of one line are handled one after another."""
    body = next((value for key, value in raw.items() if key != "update_id"), None)
    message = _part(body, "message") or body
    thread = message if _part(message, "is_topic_message") else None
    person = _part(body, "from") or _part(body, "user")
    return f"{_number(_part(message, 'chat'), 'id')}:{_number(person, 'id')}:{_number(thread, 'message_thread_id')}"


def _number(raw: object, key: str) -> int | None:
    # words in its place could be such that no database takes them
    found = _part(raw, key)
    return found if isinstance(found, int) else None


def _part(raw: object, key: str) -> object:
    # anything may come in: what is not an object has no parts
    return raw.get(key) if isinstance(raw, dict) else None
