"""What is due leaves once, in order, and every unclear end is seen by somebody."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from bot.care.model.delivery import Act, ActKind, Claim, Delivery, DeliveryState, Lane, Outcome, Result
from bot.care.model.people import Contact, Desk, Guest
from bot.care.model.purpose import Purpose
from bot.care.ports.records import Work
from bot.care.services.composing import Held, Later, Ready
from bot.care.services.dispatching import CANDIDATES, Dispatching
from tests.fakes.channel import FakeChannel
from tests.fakes.clock import FakeClock
from tests.fakes.records import FakeRecords
from tests.standing_library import a_library

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ANNA, BEN, DESK = Contact(501), Contact(502), Contact(-900)


@dataclass
class Ended:
    """An aftermath that only remembers."""

    rows: list[Delivery] = field(default_factory=list)

    def ended(self, work: object, delivery: Delivery, *, at: datetime) -> None:
        self.rows.append(delivery)

    def held(self, work: Work, delivery: Delivery, *, at: datetime) -> None:
        work.outbox.postpone(delivery.id, to=at + timedelta(minutes=1))


@dataclass
class Plan:
    """A composing that answers what the test wants."""

    answer: Ready | Held | Later = field(
        default_factory=lambda: Ready(Act(ActKind.SEND, ANNA, "Day 3."), "hash", "2026-11-20", ())
    )

    def compose(self, work: object, delivery: Delivery, *, at: datetime) -> Ready | Held | Later:
        return self.answer


class House:
    def __init__(self) -> None:
        self.records, self.channel, self.clock = FakeRecords(), FakeChannel(), FakeClock(NOW)
        self.ended, self.plan = Ended(), Plan()
        self.dispatching = Dispatching(
            self.records,
            self.channel,
            a_library(),
            self.clock,
            self.plan,
            self.ended,
            rng=Random(1),
        )

    def post(self, text: str, to: Contact = ANNA, lane: Lane = Lane.REPLY, **fields: object) -> Delivery:
        row = Delivery(lane, to, NOW, act=Act(ActKind.SEND, to, text), **fields)  # type: ignore[arg-type]
        return self.records.work.outbox.add(row)

    async def send(self) -> None:
        """One look, and everything it let fly lands."""
        for claim in await self.records.write(lambda work: self.dispatching.claim(work, most=10)):
            await self.dispatching.attempt(claim)

    async def in_flight(self) -> Sequence[Claim]:
        """Claimed, and nothing of it has left."""
        return await self.records.write(lambda work: self.dispatching.claim(work, most=10))

    async def crash(self) -> None:
        await self.records.write(lambda work: self.dispatching.recover(work, everything=True))

    def state(self, row: Delivery) -> DeliveryState:
        return self.records.work.outbox.get(row.id).state


@pytest.fixture
def house() -> House:
    return House()


async def test_a_reply_leaves_and_is_marked_sent(house: House) -> None:
    row = house.post("hello")

    await house.send()

    assert house.channel.texts == ["hello"]
    assert house.state(row) is DeliveryState.SENT


async def test_an_alert_overtakes_a_backlog(house: House) -> None:
    for number in range(30):
        house.post(f"plan {number}", Contact(600 + number), Lane.SCHEDULED)
    house.post("urgent", DESK, Lane.URGENT)

    await house.send()

    assert house.channel.texts[0] == "urgent"


@pytest.mark.parametrize(("chat", "seconds"), [(DESK, 0), (ANNA, 1)])
async def test_an_alert_is_the_next_to_leave_however_many_notes_stand_before_it(
    house: House, chat: Contact, seconds: int
) -> None:
    for number in range(40):
        house.post(f"note {number}", chat, Lane.BESIDE)
    for _ in range(15):
        await house.send()
    sent = len(house.channel.texts)
    house.post("their throat is closing", chat, Lane.URGENT)

    house.records.machine.advance(timedelta(seconds=seconds))
    await house.send()

    assert house.channel.texts[sent:] == ["their throat is closing"]


async def test_staff_are_answered_at_once_however_much_is_copied_into_their_group(house: House) -> None:
    for number in range(40):
        house.post(f"copy {number}", DESK, Lane.SCHEDULED)
    for _ in range(15):
        await house.send()
    sent = len(house.channel.texts)
    house.post("the card they asked for", DESK)

    await house.send()

    assert sent == 8
    assert house.channel.texts[sent:] == ["the card they asked for"]


async def test_one_chat_gets_at_most_one_message_a_second(house: House) -> None:
    house.post("first")
    house.post("second")

    await house.send()
    await house.send()

    assert house.channel.texts == ["first"]
    house.records.machine.advance(timedelta(seconds=1))
    await house.send()
    assert house.channel.texts == ["first", "second"]


async def test_an_unclear_end_is_sent_once_more_and_the_copy_says_so(house: House) -> None:
    house.post("take care")
    house.channel.coming = [Result(Outcome.AMBIGUOUS)]

    await house.send()
    house.records.machine.advance(timedelta(minutes=20))
    await house.send()

    assert house.channel.texts[0] == "take care"
    assert "in case it did not arrive" in house.channel.texts[1]


async def test_there_is_never_a_third_copy(house: House) -> None:
    row = house.post("take care")
    house.channel.coming = [Result(Outcome.AMBIGUOUS), Result(Outcome.AMBIGUOUS)]

    for _ in range(5):
        await house.send()
        house.records.machine.advance(timedelta(minutes=20))

    assert len(house.channel.texts) == 2
    assert house.state(row) is DeliveryState.UNCERTAIN
    assert [ended.state for ended in house.ended.rows] == [DeliveryState.UNCERTAIN]


async def test_while_telegram_asks_for_silence_nothing_leaves(house: House) -> None:
    house.post("one")
    house.post("two", BEN)
    house.channel.coming = [Result(Outcome.PAUSED, retry_after=30), Result(Outcome.PAUSED, retry_after=30)]

    await house.send()
    house.records.machine.advance(timedelta(seconds=29))
    await house.send()

    assert house.channel.texts == []
    house.records.machine.advance(timedelta(seconds=10))
    await house.send()
    assert sorted(house.channel.texts) == ["one", "two"]


async def test_a_message_that_is_no_longer_useful_is_not_sent(house: House) -> None:
    row = house.post("tonight you may", useful_until=NOW - timedelta(minutes=1))

    await house.send()

    assert house.channel.texts == []
    assert house.state(row) is DeliveryState.EXPIRED


async def test_what_had_left_before_a_crash_counts_as_unclear(house: House) -> None:
    row = house.post("hello")
    await house.in_flight()
    house.records.work.outbox.depart(row.id, house.records.work.outbox.get(row.id).attempt_id)

    await house.crash()

    held = house.records.work.outbox.get(row.id)
    assert (held.state, held.ambiguous) == (DeliveryState.RETRY_WAIT, 1)


async def test_what_had_not_left_before_a_crash_is_sent_as_if_nothing_had_been(house: House) -> None:
    house.post("take care")

    for _ in range(5):
        await house.in_flight()
        await house.crash()
        house.records.machine.advance(timedelta(seconds=1))
    await house.send()

    assert house.channel.texts == ["take care"]


async def test_an_attempt_that_was_given_up_before_it_left_sends_nothing(house: House) -> None:
    house.post("hello")
    claims = await house.in_flight()
    await house.crash()

    await house.dispatching.attempt(claims[0])

    assert house.channel.texts == []


async def test_an_act_that_depends_on_a_lost_message_is_cancelled(house: House) -> None:
    first = house.post("form")
    edit = house.records.work.outbox.add(
        Delivery(Lane.REPLY, ANNA, NOW, act=Act(ActKind.EDIT, ANNA, "connected"), after=first.id)
    )
    house.channel.coming = [Result(Outcome.REFUSED)]

    await house.send()
    house.records.machine.advance(timedelta(seconds=2))
    await house.send()

    assert house.state(edit) is DeliveryState.CANCELLED


async def test_an_edit_finds_the_message_it_depends_on(house: House) -> None:
    first = house.post("form")
    house.records.work.outbox.add(
        Delivery(Lane.REPLY, ANNA, NOW, act=Act(ActKind.EDIT, ANNA, "connected"), after=first.id)
    )

    await house.send()
    house.records.machine.advance(timedelta(seconds=2))
    await house.send()

    assert house.channel.sent[1].target is not None
    assert house.channel.sent[1].target.message == 1


async def test_whatever_is_behind_many_stale_messages_is_looked_at_without_a_wait(house: House) -> None:
    for number in range(CANDIDATES):
        house.post("stale", Contact(600 + number), useful_until=NOW - timedelta(hours=1))
    house.post("fresh")

    await house.send()
    assert house.dispatching._look_in == 0.0
    await house.send()

    assert house.channel.texts == ["fresh"]
    assert house.dispatching._look_in > 0.0


# --- somebody unknown in the group -----------------------------------------------------------------------------------


def comes_in(house: House) -> None:
    house.records.work.team.greet(Guest(DESK.chat, 9, "Eve", NOW))


async def test_nothing_leaves_for_a_group_with_somebody_unknown_in_it_also_after_a_restart(house: House) -> None:
    comes_in(house)
    house.post("Anna stopped", DESK)
    again = House()
    again.records.memory.restore(house.records.memory.snapshot())

    await house.send()
    await again.send()

    assert house.channel.texts == again.channel.texts == []


async def test_what_is_said_about_them_does_not_wait_behind_what_is_held(house: House) -> None:
    comes_in(house)
    house.post("Anna stopped", DESK)
    house.post("Eve joined", DESK, purpose=Purpose.GUARD)

    await house.send()
    await house.send()

    assert house.channel.texts == ["Eve joined"]


async def test_who_comes_in_between_claim_and_departure_reads_nothing(house: House) -> None:
    row = house.post("Anna stopped", DESK)
    claims = await house.in_flight()

    comes_in(house)
    for claim in claims:
        await house.dispatching.attempt(claim)

    assert house.channel.texts == []
    assert house.state(row) is DeliveryState.RETRY_WAIT


async def test_what_expires_while_it_is_held_is_not_sent_later(house: House) -> None:
    comes_in(house)
    row = house.post("today's digest", DESK, useful_until=NOW + timedelta(minutes=5))
    await house.send()

    house.clock.later(minutes=6)
    house.records.work.team.forget_guest(DESK.chat, 9)
    await house.send()

    assert house.state(row) is DeliveryState.EXPIRED


@pytest.mark.parametrize("flies", [False, True])
async def test_a_group_that_became_the_desk_is_not_left(flies: bool) -> None:  # noqa: FBT001 - a table of two
    house = House()
    row = house.records.work.outbox.add(Delivery(Lane.REPLY, DESK, NOW, act=Act(ActKind.LEAVE, DESK)))
    claims = await house.in_flight() if flies else ()

    house.records.work.team.set_desk(Desk(DESK, "Staff", is_forum=False, set_by=1, set_at=NOW))
    for claim in claims:
        await house.dispatching.attempt(claim)
    await house.send()

    assert house.state(row) is DeliveryState.CANCELLED
    assert house.channel.sent == []
