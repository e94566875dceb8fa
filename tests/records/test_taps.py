"""A tap counts only for a button that we really hung under a message."""

from dataclasses import replace
from datetime import timedelta

from bot.care.model.delivery import Act, Button, DeliveryState, Outcome, Result
from bot.care.ports.records import Records
from tests.records.builders import ANNA, NOW, a_reply, an_act

YES, NO = Button("Yes", "consent", ("1", "yes")), Button("No", "consent", ("1", "no"))
LINK = Button("Map", url="https://example.org")
MINUTE = timedelta(minutes=1)


def tokens(act: Act | None) -> list[str]:
    assert act is not None
    return [button.token for row in act.keyboard for button in row]


async def test_every_button_with_a_deed_gets_its_own_opaque_id(records: Records) -> None:
    row = await records.write(lambda work: work.outbox.add(a_reply(act=an_act(ANNA, YES, NO, LINK))))

    yes, no, link = tokens(row.act)

    assert link == ""
    assert yes != no
    assert len(yes) >= 16
    assert len(yes) <= 64
    assert tokens((await records.read(lambda work: work.outbox.due(at=NOW, limit=1)))[0].act) == [yes, no, ""]


async def test_a_tap_is_found_with_everything_it_stands_for(records: Records) -> None:
    row = await records.write(lambda work: work.outbox.add(a_reply(act=an_act(ANNA, YES))))

    tap = await records.read(lambda work: work.outbox.tap(tokens(row.act)[0]))

    assert tap is not None
    assert (tap.deed, tap.args, tap.label) == ("consent", ("1", "yes"), "Yes")
    assert (tap.chat, tap.delivery_id, tap.message_id, tap.used_at) == (501, row.id, None, None)


async def test_a_made_up_id_finds_and_does_nothing(records: Records) -> None:
    assert await records.read(lambda work: work.outbox.tap("x" * 22)) is None
    assert not await records.write(lambda work: work.outbox.use_tap("x" * 22, at=NOW))


async def test_a_tap_is_used_once(records: Records) -> None:
    row = await records.write(lambda work: work.outbox.add(a_reply(act=an_act(ANNA, YES))))
    token = tokens(row.act)[0]

    used = [await records.write(lambda work: work.outbox.use_tap(token, at=NOW)) for _ in range(2)]

    assert used == [True, False]
    tap = await records.read(lambda work: work.outbox.tap(token))
    assert tap is not None
    assert tap.used_at == NOW


async def test_a_tap_knows_the_message_it_hangs_under_once_that_was_sent(records: Records) -> None:
    row = await records.write(lambda work: work.outbox.add(a_reply(act=an_act(ANNA, YES))))
    act = row.act
    assert act is not None

    await records.write(lambda work: work.outbox.begin(row, act, attempt_id="a1", lease=MINUTE, alert=False))
    await records.write(
        lambda work: work.outbox.finish(
            row.id, "a1", DeliveryState.SENT, at=NOW, result=Result(Outcome.SENT, message_id=31)
        )
    )

    tap = await records.read(lambda work: work.outbox.tap(tokens(act)[0]))
    assert tap is not None
    assert tap.message_id == 31


async def test_an_act_rendered_at_its_first_attempt_gets_its_taps_then(records: Records) -> None:
    row = await records.write(lambda work: work.outbox.add(a_reply(act=None)))

    frozen = await records.write(
        lambda work: work.outbox.begin(row, an_act(ANNA, YES, NO), attempt_id="a1", lease=MINUTE, alert=False)
    )

    assert all(tokens(frozen))
    assert (await records.read(lambda work: work.outbox.get(row.id))).act == frozen


async def test_a_retry_keeps_the_ids_that_may_hang_under_the_first_copy(records: Records) -> None:
    row = await records.write(lambda work: work.outbox.add(a_reply(act=an_act(ANNA, YES, NO))))
    plain = an_act(ANNA, NO, replace(YES, label="Yes, please"))

    again = await records.write(lambda work: work.outbox.begin(row, plain, attempt_id="a1", lease=MINUTE, alert=False))

    yes, no = tokens(row.act)
    assert tokens(again)[0] == no
    assert tokens(again)[1] not in (yes, no)
    assert await records.read(lambda work: work.outbox.tap(yes)) is not None


async def test_buttons_that_mean_the_same_share_one_id(records: Records) -> None:
    row = await records.write(lambda work: work.outbox.add(a_reply(act=an_act(ANNA, YES, YES))))

    first, second = tokens(row.act)

    assert first == second != ""
