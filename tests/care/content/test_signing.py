"""A clinician stands for a treatment as it is, by two taps; any change of it is shown before the next approval."""

from dataclasses import replace
from datetime import date

from bot.care.model.revision import FileChange, Item, Revision, Rewording
from bot.care.model.sign_off import FILE, Approval
from tests.care.content.newsroom import Newsroom, a_newsroom
from tests.care.scene import CLARA, FRIDAY_NOON, MARIA, RITA

DAY_3 = Item("en", "steps/picosure/PS-03", 0)
PS_03 = "en/steps/picosure/PS-03.toml"


def approved(room: Newsroom, treatment: str, *, hash_: str = "") -> None:
    """As after somebody approved it, or (`hash_`) what it was once."""
    shelf = room.library.shelf
    approval = Approval(treatment, hash_ or shelf.prints[treatment], "Clara", date(2026, 11, 2))
    room.library.shelf = replace(shelf, approvals=(*shelf.approvals, approval))


def revised(room: Newsroom, file: str, old: str | None, new: str, *rewordings: Rewording) -> None:
    room.work.revisions.add(Revision(FRIDAY_NOON, 0, "file", FileChange(file, old, new, rewordings)))


def test_every_treatment_says_how_it_stands() -> None:
    room = a_newsroom()
    approved(room, "picosure")
    approved(room, "pico", hash_="0" * 16)

    room.opens(MARIA, "Sign-off")

    assert "<b>PicoSure</b>: approved by Clara, 2 November" in room.last(MARIA)
    assert "changed since Clara approved it" in room.last(MARIA)
    assert room.last(MARIA).count("not yet approved") == 4
    assert "<b>Answers and danger signs</b>: not yet approved" in room.last(MARIA)


async def test_a_clinician_approves_by_a_second_tap_in_their_own_name() -> None:
    room = a_newsroom()

    room.opens(CLARA, "Sign-off", "PicoSure", "Approve ...")
    await room.works()
    asked = room.last(CLARA)
    before = dict(room.press.says)
    room.tap(CLARA, "I approve this")
    await room.works()

    assert "you stand, by your name, for the 20 messages of PicoSure" in asked
    assert room.library.shelf.sign_offs["picosure"].print in asked
    assert before == {}
    assert [said.split(" ", 2)[1:] for said in room.press.says.values()] == [["2026-11-20", "Clara"]]
    assert "Approved" in room.last(CLARA)
    (revision,) = room.work.revisions.latest(limit=9)
    assert (revision.by, revision.why) == (CLARA.account, "approve:picosure")
    assert room.audited()[-1] == "approve"


async def test_a_clinician_approves_all_answers_alike() -> None:
    room = a_newsroom()

    room.opens(CLARA, "Sign-off", "Answers and danger signs")
    opened, buttons = room.last(CLARA), room.buttons(CLARA)
    room.tap(CLARA, "Approve ...")
    await room.works()
    asked = room.last(CLARA)
    room.tap(CLARA, "I approve this")
    await room.works()

    print_ = room.library.shelf.sign_offs["answers"].print
    assert print_ in opened
    assert print_ in asked
    assert "Real patients can be enrolled in a treatment once both are approved" in asked
    assert buttons == ["Approve ...", "Read the answers", "Read the danger signs", "Back"]
    assert [said.split(" ", 2) for said in room.press.says.values()] == [[print_, "2026-11-20", "Clara"]]
    (revision,) = room.work.revisions.latest(limit=9)
    assert revision.why == "approve:answers"
    room.opens(CLARA, "Latest changes")
    assert "Approval of Answers and danger signs" in room.last(CLARA)


def test_what_is_approved_can_be_read_from_there() -> None:
    room = a_newsroom()

    room.opens(CLARA, "Sign-off", "Answers and danger signs", "Read the answers", "Does the laser hurt")
    answers = room.last(CLARA)
    room.opens(CLARA, "Sign-off", "Answers and danger signs", "Read the danger signs")

    assert "Does the laser hurt" in answers
    assert "Airway or severe allergy" in room.buttons(CLARA)


def test_answers_that_changed_since_their_approval_are_shown_and_no_message() -> None:
    room = a_newsroom()
    approved(room, "answers", hash_="0" * 16)
    makeup, flag = Item("en", "faq/makeup"), Item("en", "red_flags/RF-U1")
    revised(room, FILE, "", f'hash = "{"0" * 16}"')
    revised(room, "en/faq/makeup.toml", "", "", Rewording(makeup, "Elsewhere.", "Somewhere else."))
    revised(room, "en/red_flags.toml", "", "", Rewording(flag, "Advice.", "Other advice."))
    revised(room, PS_03, "", "", Rewording(DAY_3, "Day three.", "Day 3, dear."))

    room.opens(CLARA, "Sign-off", "Answers and danger signs")

    assert "Before: <b>Elsewhere.</b>" in room.last(CLARA)
    assert "<b>Other advice.</b>" in room.last(CLARA)
    assert "dear" not in room.last(CLARA)


async def test_whoever_rewords_an_answer_reads_that_the_approval_of_all_answers_ends() -> None:
    room = a_newsroom()
    approved(room, "answers")

    await room.drafts(MARIA, "New.", "Answers to questions", "Does the laser hurt", "Title")

    assert "the approval of Answers and danger signs ends" in room.last(MARIA)


async def test_who_ended_an_approval_finds_the_way_to_a_new_one_where_it_went_live() -> None:
    room = a_newsroom()
    approved(room, "answers")
    await room.drafts(MARIA, "New.", "Answers to questions", "Does the laser hurt", "Title")
    room.tap(MARIA, "Publish")

    await room.works()

    assert "Published" in room.last(MARIA)
    assert "Sign-off" in room.buttons(MARIA)


async def test_an_admin_who_asks_for_it_has_a_clinician_asked() -> None:
    room = a_newsroom()

    room.opens(MARIA, "Sign-off", "PicoSure", "Approve ...")
    await room.works()
    room.tap(MARIA, "I approve this")
    await room.works()
    by_maria = dict(room.press.says)
    room.tap(CLARA, "I approve this")
    await room.works()

    assert by_maria == {}
    assert "Clara let it go live" in room.last(MARIA)
    assert [said.split(" ", 2)[2] for said in room.press.says.values()] == ["Clara"]


def test_reception_sees_nothing_of_it() -> None:
    room = a_newsroom()

    room.opens(MARIA, "Sign-off")
    room.opens(RITA)

    assert "Sign-off" not in "".join(room.heard(RITA))


async def test_words_that_change_between_reading_and_approving_are_not_approved() -> None:
    room = a_newsroom()
    room.opens(CLARA, "Sign-off", "PicoSure")
    shelf = room.library.shelf
    changed = {**shelf.tables, PS_03: {**shelf.tables[PS_03], "text": "Third day."}}
    room.library.shelf = replace(shelf, tables=changed)

    room.tap(CLARA, "Approve ...")
    await room.works()

    assert room.library.shelf.prints["picosure"] != shelf.prints["picosure"]
    assert room.library.shelf.prints["picosure"] in room.last(CLARA)
    assert room.press.says == {}


def test_what_changed_since_the_approval_is_shown_and_no_more() -> None:
    room = a_newsroom()
    approved(room, "picosure", hash_="0" * 16)
    old = "en/faq/makeup.toml"
    revised(room, PS_03, "", "", Rewording(DAY_3, "Long ago.", "Day three."))
    revised(room, FILE, "", f'hash = "{"0" * 16}"')
    revised(room, PS_03, "", "", Rewording(DAY_3, "Day three.", "Day 3, dear."))
    revised(room, PS_03, "", "", Rewording(DAY_3, "Day 3, dear.", "Third day."))
    revised(room, old, "", "", Rewording(Item("en", "faq/makeup"), "Elsewhere.", "Somewhere else."))
    revised(room, "protocols/picosure.toml", "day = 3\n", "day = 4\n")

    room.opens(CLARA, "Sign-off", "PicoSure")

    assert "PicoSure: Day 3 (PS-03)" in room.last(CLARA)
    assert "Before: <b>Day three.</b>" in room.last(CLARA)
    assert "Now: <b>Third day.</b>" in room.last(CLARA)
    assert "+day = 4" in room.last(CLARA)
    assert not any(said in room.last(CLARA) for said in ("Long ago", "dear", "lsewhere"))


def test_where_nobody_noted_the_approval_it_says_so() -> None:
    room = a_newsroom()
    approved(room, "picosure", hash_="0" * 16)

    room.opens(CLARA, "Sign-off", "PicoSure")

    assert "no record of how it was then" in room.last(CLARA)


async def test_whoever_rewords_an_approved_treatment_reads_that_its_approval_ends() -> None:
    room = a_newsroom()
    approved(room, "picosure")

    await room.drafts(MARIA, "New.", "Treatments, day by day", "PicoSure", "Day 3 (PS-03)", "Short safety line")
    clinical = room.last(MARIA)
    await room.drafts(MARIA, "New.", "Names of treatments", "PicoSure")

    assert "the approval of PicoSure ends" in clinical
    assert "approval of" not in room.last(MARIA)
