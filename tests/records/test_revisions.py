"""What of the content was changed stays known, and a draft goes on once from each state."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.care.model.revision import FILE, Draft, DraftState, FileChange, Item, Retimed, Revision, Rewording
from bot.care.ports.records import NotRemembered, Records, Work
from tests.records.builders import NOW, later

MAKEUP = Item("en", "faq/makeup", 2)
FAQ = "en/faq/makeup.toml"


def a_revision(file: str = FAQ, **fields: Any) -> Revision:  # noqa: ANN401 - each field its own
    change = FileChange(
        file, "say = 'old “ü”'\r\n", "say = 'new'\r\n", (Rewording(MAKEUP, "old “ü”", "new"),), "a", "b"
    )
    return replace(Revision(NOW, FILE, "file", change, version="f00"), **fields)


def a_draft(**fields: Any) -> Draft:  # noqa: ANN401 - each field its own
    return replace(
        Draft(MAKEUP, FAQ, "<b>new</b>", "old", DraftState.WRITING, 77, -900, NOW, message_id=5, shown=3), **fields
    )


async def test_a_revision_comes_back_with_every_letter_of_its_file(records: Records) -> None:
    added = await records.write(lambda work: work.revisions.add(a_revision(by=77, why="edit", published_by=9)))

    assert await records.read(lambda work: work.revisions.get(added.id)) == added
    assert added.published_by == 9
    assert added.of(MAKEUP) == Rewording(MAKEUP, "old “ü”", "new")
    assert added.of(Item("en", "faq/makeup", 0)) is None


async def test_a_file_that_was_not_there_has_no_words_from_before(records: Records) -> None:
    fresh = FileChange(FAQ, None, "say = 'new'\n", (), "", "b")

    added = await records.write(lambda work: work.revisions.add(a_revision(change=fresh)))

    assert (await records.read(lambda work: work.revisions.get(added.id))).change == fresh


async def test_the_newest_revisions_are_listed_first_without_their_files(records: Records) -> None:
    for file in (FAQ, "en/faq/sun.toml", FAQ):
        await records.write(lambda work, file=file: work.revisions.add(a_revision(file)))  # type: ignore[misc]

    everything = await records.read(lambda work: work.revisions.latest(limit=2))
    of_one = await records.read(lambda work: work.revisions.latest(limit=9, file=FAQ))

    assert [one.id for one in everything] == [3, 2]
    assert [one.id for one in of_one] == [3, 1]
    assert {one.change.old for one in of_one} == {one.change.new for one in of_one} == {None}
    assert of_one[0].change.rewordings == a_revision().change.rewordings


async def test_the_last_revision_of_each_file_and_every_state_that_a_file_had_are_known(records: Records) -> None:
    sun = "en/faq/sun.toml"
    for file, old, new in ((FAQ, "a", "b"), (sun, "", "s"), (FAQ, "b", "c")):
        change = FileChange(file, "old", "new", (), old, new)
        await records.write(lambda work, change=change: work.revisions.add(a_revision(change=change)))  # type: ignore[misc]

    newest = await records.read(lambda work: work.revisions.newest())
    states = [(FAQ, "a"), (FAQ, "b"), (FAQ, "c"), (sun, ""), (FAQ, "s"), (sun, "b")]
    known = await records.read(lambda work: [work.revisions.knows(*state) for state in states])

    assert [(one.id, one.change.file, one.change.new_print, one.change.new) for one in newest] == [
        (2, sun, "s", None), (3, FAQ, "c", None)
    ]  # fmt: skip
    assert known == [True, True, True, True, False, False]


async def test_what_its_two_files_say_of_timings_is_not_written_beside_them(records: Records) -> None:
    retimed = (Retimed("PS-03", "3 09:30:00 fold", "5 09:30:00 fold"),)
    change = replace(a_revision().change, retimed=retimed)

    def note(work: Work) -> Revision:
        work.revisions.alone()
        return work.revisions.add(a_revision(change=change))

    added = await records.write(note)

    assert added.change.retimed == retimed
    assert (await records.read(lambda work: work.revisions.get(added.id))).change == a_revision().change


async def test_a_question_about_plans_comes_back_with_what_it_is_about(records: Records) -> None:
    retimed = (Retimed("PS-03", "3 09:30:00 fold", "5 09:30:00 fold"),)
    item, before = Item("", "plans/picosure"), json.dumps(retimed)

    added = await records.write(lambda work: work.drafts.add(a_draft(item=item, before=before)))
    found = await records.read(lambda work: work.drafts.get(added.id))

    assert (found.treatment, found.retimed) == ("picosure", retimed)


async def test_a_revision_that_never_was_is_not_remembered(records: Records) -> None:
    with pytest.raises(NotRemembered):
        await records.read(lambda work: work.revisions.get(99))


async def test_a_draft_goes_on_once_from_each_state(records: Records) -> None:
    added = await records.write(lambda work: work.drafts.add(a_draft()))
    ready = added.turned(DraftState.READY, print="abc", told="<b>what changes</b>", clinical=True, sample="picosure 3")
    ready = replace(ready, asked_chat=501, asked_message=7, published_by=9)

    turned = [await records.write(lambda work: work.drafts.turn(ready, was=DraftState.WRITING)) for _ in range(2)]

    assert turned == [True, False]
    assert await records.read(lambda work: work.drafts.get(added.id)) == ready
    assert await records.read(lambda work: work.drafts.in_state(DraftState.WRITING)) == []
    assert await records.read(lambda work: work.drafts.in_state(DraftState.READY, DraftState.SAVING)) == [ready]


async def test_a_draft_is_claimed_once_until_it_turns_or_its_lease_is_over(records: Records) -> None:
    one = await records.write(lambda work: work.drafts.add(a_draft(state=DraftState.CHECKING)))
    saving = one.turned(DraftState.SAVING)

    async def claims(draft: Draft, lease: timedelta) -> bool:
        return await records.write(lambda work: work.drafts.claim(draft, lease=lease))

    assert await claims(one, timedelta())
    assert await claims(one, timedelta(hours=1))
    assert not await claims(one, timedelta(hours=1))
    await records.write(lambda work: work.drafts.turn(saving, was=DraftState.CHECKING))
    assert not await claims(one, timedelta(hours=1))
    assert await claims(saving, timedelta(hours=1))


async def test_old_drafts_are_erased_whatever_became_of_them(records: Records) -> None:
    for state, at in ((DraftState.WRITING, NOW), (DraftState.SAVED, NOW), (DraftState.WRITING, later(days=1))):
        draft = a_draft(state=state, at=at)
        await records.write(lambda work, draft=draft: work.drafts.add(draft))  # type: ignore[misc]

    erased = await records.write(lambda work: work.drafts.erase(before=later(hours=1)))

    assert erased == 2
    assert [one.at for one in await records.read(lambda work: work.drafts.in_state(*DraftState))] == [later(days=1)]
