"""Enrolling a whole file: /import, a file that is sent, and the buttons under what was understood."""

import asyncio
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from telegram import Bot, Document, Update
from telegram.error import TelegramError
from telegram.ext import MessageHandler, filters

from bot.care.house import House
from bot.care.model.day_order import DayOrder
from bot.care.model.file_text import MOST_BYTES
from bot.care.model.inbound import Said, Sender, Tap
from bot.care.model.permissions import may
from bot.care.ports.records import Work
from bot.care.services.importing import UnderWay
from bot.care.services.importing_by_chat import Answer
from bot.care.services.staff_reply import answers_patient
from bot.chat.deeds import Deed, TakesLonger
from bot.chat.doorway import Doorway, said
from bot.chat.handlers.commands import command, private_words
from bot.chat.handlers.desk import heard_in_group
from bot.chat.handlers.listening import media

TABLES = (".csv", ".tsv", ".txt", ".tab")
WORKBOOKS = (".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".numbers")
"""Spreadsheets' own files are told how to become tables."""
FIRST_SAID, SAID_EVERY = 1.0, 3.0
"""Seconds after which it is said how far it is, and how often from then on."""

LONG = 100_000
"""Bytes that take more than a second to read."""

FILES = filters.Document.ALL & filters.UpdateType.MESSAGE & ~filters.VIA_BOT


async def file_sent(update: Update, context: Doorway) -> None:
    """What looks like a table and comes from the team, for nobody else; any other file is heard as it always was."""
    message, heard = update.effective_message, said(update)
    who, document = heard.sender, message.document if message else None
    if document is None or not _is_a_table(document) or not await _is_for_us(context, heard):
        await (media if who.private else heard_in_group)(update, context)
        return
    size, house = document.file_size or 0, context.house.importing
    if size > MOST_BYTES:
        answer = house.refusal("too-big")
    else:
        answer = await _looked_into(context, who, document.file_id, size=size)
    await context.visit.do(lambda work: house.show(work, who, answer), said=private_words(update, who))


async def _looked_into(
    context: Doorway, who: Sender, file_id: str, order: DayOrder | None = None, *, size: int = 0
) -> Answer:
    """What is to be said about the file; nothing of it is kept."""
    house, records = context.house.importing, context.visit.records
    member = await records.read(lambda work: work.team.member(who.account))
    if not may(member, "import"):
        return house.refusal("gone")  # is not shown: they are refused as anybody else
    if size > LONG:
        await records.write(lambda work: house.reading(work, who))
    content = await _fetched(context.bot, file_id)
    if content is None:
        return house.refusal("gone")
    roster = await house.importing.look(records, content, order=order, member=member)
    return await asyncio.to_thread(house.answer, who, roster, file=file_id, order=order)


async def _fetched(bot: Bot, file_id: str) -> bytes | None:
    """None when it cannot be had (any more)."""
    try:
        return bytes(await (await bot.get_file(file_id)).download_as_bytearray())
    except TelegramError:
        return None


async def _is_for_us(context: Doorway, heard: Said) -> bool:
    """Of the team, and no reply that is for a patient."""

    now = context.house.clock.now()

    def query(work: Work) -> bool:
        return work.team.member(heard.sender.account) is not None and answers_patient(work, heard, at=now) is None

    return await context.visit.records.read(query)


def _is_a_table(document: Document) -> bool:
    name = (document.file_name or "").lower()
    return name.endswith((*TABLES, *WORKBOOKS)) or (document.mime_type or "").startswith("text/")


def enrol(house: House, work: Work, who: Sender, tap: Tap) -> None:
    if house.importing.may_go_on(work, who, tap):
        raise TakesLonger(partial(_enrol, who=who, tap=tap))


def choose_order(house: House, work: Work, who: Sender, tap: Tap) -> None:
    if house.importing.may_go_on(work, who, tap):
        raise TakesLonger(partial(_look_again, who=who, tap=tap))


async def _look_again(context: Doorway, *, who: Sender, tap: Tap) -> None:
    _, file_id, order = tap.args
    answer = await _looked_into(context, who, file_id, DayOrder(order))
    await context.visit.do(lambda work: context.house.importing.show(work, who, answer))


async def _enrol(context: Doorway, *, who: Sender, tap: Tap) -> None:
    """From the file again, as it was not kept."""
    house, visit = context.house.importing, context.visit
    _, file_id, typed = tap.args
    order = DayOrder(typed) if typed else None
    content = await _fetched(context.bot, file_id)
    if content is None:
        await visit.do(lambda work: house.show(work, who, house.refusal("gone")))
        return
    member = await visit.records.read(lambda work: work.team.member(who.account))
    roster = await house.importing.look(visit.records, content, order=order, member=member)
    if roster.faults or not roster.entries:
        # somebody enrolled them meanwhile, or changed the words
        answer = house.answer(who, roster, file=file_id, order=order)
        await visit.do(lambda work: house.show(work, who, answer))
        return
    progress = Progress(context, tap, len(roster.entries))
    try:
        staged = await house.importing.stage(visit.records, content, roster, by=who.account, done=progress.note)
        await progress.said()
        said = await asyncio.to_thread(house.finished, who, roster, staged)
        await visit.do(lambda work: house.finish(work, who, tap, staged, said))
    except UnderWay:
        # perhaps another replica, at work on this very tap: the update is not at its end before the file is
        visit.put_off()
        if not visit.resumed:
            await visit.records.write(lambda work: house.under_way(work, tap))


@dataclass
class Progress:
    """Says in the chat how far it is, where that takes a while."""

    context: Doorway
    tap: Tap
    of: int
    _next: float = field(default_factory=lambda: asyncio.get_running_loop().time() + FIRST_SAID)
    _saying: asyncio.Task[Any] | None = None

    def note(self, done: int) -> None:
        now = asyncio.get_running_loop().time()
        if now < self._next or (self._saying is not None and not self._saying.done()):
            return
        self._next = now + SAID_EVERY
        house, records = self.context.house.importing, self.context.visit.records
        self._saying = asyncio.create_task(records.write(lambda work: house.progress(work, self.tap, done, self.of)))

    async def said(self) -> None:
        """Until the last of it is on its way."""
        if self._saying is not None:
            await self._saying


HANDLERS = (
    command("import", lambda house, work, who, words: house.importing.explain(work, who)),  # noqa: ARG005
    MessageHandler(FILES, file_sent),
)

DEEDS: dict[str, Deed] = {
    "import-enrol": enrol,
    "import-order": choose_order,
    "import-discard": lambda house, work, who, tap: house.importing.discard(work, who, tap),
}
