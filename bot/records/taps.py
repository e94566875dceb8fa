"""Buttons under our messages: each stands for an opaque id that nobody can guess."""

import json
import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import bindparam, select

from bot.care.model.delivery import Act, Button
from bot.care.model.inbound import Tap
from bot.records.outbox_tables import DeliveryRow, TapRow
from bot.records.tables import table
from bot.records.transaction import Transaction

taps, deliveries = table(TapRow), table(DeliveryRow)
# asked for every button that leaves or is pressed: built once
ADD = taps.insert()
HELD = select(taps).where(taps.c.delivery_id == bindparam("held_by"))
FIND = (
    select(taps, deliveries.c.message_id)
    .join(deliveries, deliveries.c.id == taps.c.delivery_id)
    .where(taps.c.token == bindparam("its_token"))
)
USE = taps.update().where(taps.c.token == bindparam("its_token"), taps.c.used_at.is_(None))
ID_BYTES = 16
"""128 bits; 22 characters of the 64 bytes that a button may carry."""

Meaning = tuple[str, tuple[str, ...], str]


@dataclass(frozen=True)
class SqlTaps:
    transaction: Transaction

    def name(self, delivery_id: int, act: Act, *, fresh: bool) -> Act:
        """The act with a token on every button that has a deed; a deed offered again keeps the token it had."""
        meanings = {_meaning(button): "" for row in act.keyboard for button in row if button.deed}
        if not meanings:
            return act
        held = {} if fresh else self._held(delivery_id)
        tokens = {meaning: held.get(meaning) or secrets.token_urlsafe(ID_BYTES) for meaning in meanings}
        new = [self._columns(delivery_id, act.to.chat, one, tokens[one]) for one in meanings if one not in held]
        if new:
            self.transaction.connection.execute(ADD, new)
        rows = tuple(tuple(_named(button, tokens) for button in row) for row in act.keyboard)
        return replace(act, keyboard=rows)

    def find(self, token: str) -> Tap | None:
        row = self.transaction.first(FIND, its_token=token)
        if row is None:
            return None
        return Tap(
            token=row.token,
            deed=row.deed,
            args=tuple(json.loads(self.transaction.open(row.args))),
            chat=row.chat,
            delivery_id=row.delivery_id,
            label=self.transaction.open(row.label),
            used_at=row.used_at,
            message_id=row.message_id,
        )

    def use(self, token: str, *, at: datetime) -> bool:
        return self.transaction.change(USE, its_token=token, used_at=at) == 1

    def _held(self, delivery_id: int) -> dict[Meaning, str]:
        rows = self.transaction.rows(HELD, held_by=delivery_id)
        read = self.transaction.open
        return {(row.deed, tuple(json.loads(read(row.args))), read(row.label)): row.token for row in rows}

    def _columns(self, delivery_id: int, chat: int, meaning: Meaning, token: str) -> dict[str, object]:
        deed, args, label = meaning
        return {
            "token": token,
            "delivery_id": delivery_id,
            "chat": chat,
            "deed": deed,
            "args": self.transaction.seal(json.dumps(args)),
            "label": self.transaction.seal(label),
        }


def _meaning(button: Button) -> Meaning:
    return button.deed, button.args, button.label


def _named(button: Button, tokens: dict[Meaning, str]) -> Button:
    return replace(button, token=tokens[_meaning(button)]) if button.deed else button
