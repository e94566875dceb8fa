"""An intake whose one topic does as the message says: what the front door promises, without the clinic behind it."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any, cast

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from bot.care.house import House
from bot.care.model.inbound import InboxState, Sender
from bot.care.ports.records import Work
from bot.care.services.listening import Listening
from bot.care.services.reception import Reception
from bot.chat.application import CareBot
from bot.chat.doorway import CareApplication, Doorway, Visits, remember_error
from bot.chat.intake import Intake
from tests.fakes.clock import FakeClock
from tests.fakes.records import FakeRecords

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SLOW, BROKEN = "slow", "broken"


@dataclass
class OneRoom:
    """As much of a house as an update without triage passes through."""

    reception: Reception
    unhandled: "Complaints"


@dataclass
class Complaints:
    """Hears of what was given up; `broken` tellings raise."""

    broken: set[str] = field(default_factory=set)
    heard: list[tuple[str, int, int, str]] = field(default_factory=list)

    def answer(self, _work: Work, who: Sender, words: str) -> None:
        self._hear("answer", who, words)

    def plainly(self, _work: Work, who: Sender, words: str) -> None:
        self._hear("plainly", who, words)

    def _hear(self, how: str, who: Sender, words: str) -> None:
        if how in self.broken:
            raise KeyError(words)
        self.heard.append((how, who.account, who.chat, words))


@dataclass
class Hallway:
    """`handled` is what was done, in order; a SLOW message waits for `let_go`, a BROKEN one never gets anywhere."""

    client: CareBot
    records: FakeRecords = field(default_factory=FakeRecords)
    clock: FakeClock = field(default_factory=lambda: FakeClock(NOON))
    handled: list[str] = field(default_factory=list)
    tries: list[str] = field(default_factory=list)
    let_go: asyncio.Event = field(default_factory=asyncio.Event)
    complaints: Complaints = field(default_factory=Complaints)

    async def intake(self) -> Intake:
        # nothing in this room listens: no words are handed to triage
        room = OneRoom(Reception(self.clock, cast(Listening, None)), self.complaints)
        contexts = ContextTypes(context=Doorway, bot_data=Visits)
        builder = Application.builder().bot(self.client).context_types(contexts).updater(None).job_queue(None)
        application: CareApplication = builder.build()
        application.add_handler(MessageHandler(filters.TEXT, self._handle))
        application.add_error_handler(remember_error)
        await application.initialize()
        return Intake(self.records, cast(House, room), application, self.clock)

    async def _handle(self, update: Update, context: Doorway) -> None:
        text = update.effective_message.text or "" if update.effective_message else ""
        self.tries.append(text)
        if text.startswith(SLOW):
            await self.let_go.wait()
        if text.startswith(BROKEN):
            raise ValueError(text)
        await context.visit.do(partial(self._do, text))

    def _do(self, text: str, _work: Work) -> None:
        self.handled.append(text)

    def state(self, update_id: int) -> InboxState:
        if update_id in self.records.work.inbox.quarantined():
            return InboxState.QUARANTINED
        waiting = {update.id for update in self.records.work.inbox.waiting()}
        return InboxState.WAITING if update_id in waiting else InboxState.DONE


def wrote(number: int, text: str, *, person: int = 501, chat: int | None = None, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """A raw update; in private unless a chat is named."""
    place = {"id": chat, "type": "supergroup", "title": "Desk"} if chat else {"id": person, "type": "private"}
    sender = {"id": person, "is_bot": False, "first_name": "Anna"}
    message = {"message_id": number, "date": 1, "chat": place, "from": sender, "text": text}
    return {"update_id": number, "message": message | more}
