"""Links to the team are remembered by hash, and end once."""

from dataclasses import replace

import pytest

from bot.care.ports.records import NotRemembered, Records
from tests.records.builders import NOW, a_reply, a_staff_link, later


async def test_a_link_is_found_by_its_hash_as_it_was_made(records: Records) -> None:
    link = await records.write(lambda work: work.staff_links.add(a_staff_link()))

    assert await records.read(lambda work: work.staff_links.find("s" * 64)) == link
    assert await records.read(lambda work: work.staff_links.get(link.id)) == link
    assert await records.read(lambda work: work.staff_links.find("x" * 64)) is None


async def test_a_link_knows_which_message_shows_it(records: Records) -> None:
    link = await records.write(lambda work: work.staff_links.add(a_staff_link()))
    shown = await records.write(lambda work: work.outbox.add(a_reply()))

    await records.write(lambda work: work.staff_links.show_in(link.id, shown.id))

    assert await records.read(lambda work: work.staff_links.get(link.id)) == replace(link, shown_in=shown.id)


async def test_a_link_is_used_once_and_remembers_by_whom(records: Records) -> None:
    link = await records.write(lambda work: work.staff_links.add(a_staff_link()))

    tries = await records.write(lambda work: [work.staff_links.use(link.id, by=one, at=NOW) for one in (5, 6)])

    assert tries == [True, False]
    used = await records.read(lambda work: work.staff_links.get(link.id))
    assert (used.used_at, used.used_by) == (NOW, 5)
    assert not await records.write(lambda work: work.staff_links.revoke(link.id, at=NOW))


async def test_a_link_taken_back_or_too_old_is_worth_nothing(records: Records) -> None:
    back = await records.write(lambda work: work.staff_links.add(a_staff_link()))
    old = await records.write(lambda work: work.staff_links.add(a_staff_link(token_hash="o" * 64, expires_at=NOW)))
    good = await records.write(
        lambda work: work.staff_links.add(a_staff_link(token_hash="g" * 64, expires_at=later(hours=1)))
    )

    assert await records.write(lambda work: work.staff_links.revoke(back.id, at=NOW))

    assert await records.read(lambda work: work.staff_links.open(at=NOW)) == [good]
    for link in (back, old):
        assert not await records.write(lambda work, link=link: work.staff_links.use(link.id, by=5, at=NOW))  # type: ignore[misc]


async def test_a_link_that_never_was_cannot_be_shown(records: Records) -> None:
    shown = await records.write(lambda work: work.outbox.add(a_reply()))

    with pytest.raises(NotRemembered):
        await records.write(lambda work: work.staff_links.show_in(9, shown.id))
    with pytest.raises(NotRemembered):
        await records.read(lambda work: work.staff_links.get(9))
