"""A timing is changed in its file while patients are on their way: they stay until an admin says that they follow."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from threading import Event

import pytest

from bot.care.model.people import Consent, Contact, Member, Role
from bot.care.model.revision import FILE, Checked, Draft, DraftState, Item, Revision, Verdict
from bot.care.ports.records import Work
from bot.care.services.planning import Planning
from bot.compose.premises import Premises, open_premises, running
from bot.play import NO_ALARMS, playing
from bot.playground.playground import Playground
from bot.playground.serving import serve
from bot.settings import load
from scheduler.clock import TurnableClock
from tests.builders import an_enrolment
from tests.faults.waiting import PATIENCE, until
from tests.first_start import first_start
from tests.own_content import move_in
from tests.playground.world import BOT_NAME, TOKEN, HandTurnedControls
from tests.records.builders import a_patient
from tests.stories.conftest import AFTERNOON
from tests.stories.story import Story

PLAN = "protocols/picosure.toml"
KEEP, MOVE = "Keep them on the old plan", "Move them"
ASKED = "when messages are sent was changed in the file"


@pytest.fixture
async def clinic(tmp_path: Path) -> AsyncIterator[tuple[Story, Path]]:
    content = move_in(tmp_path / "content")
    async with playing(first_start(tmp_path / "data"), start=AFTERNOON, content_dir=content) as scene:
        story = Story(scene)
        await story.agrees("Anna", await story.enrol("Anna picosure"))
        yield story, content / PLAN


def a_day_later(plan: Path, step: str, day: int) -> None:
    """As in an editor: the step's day, and the day until which it is of use."""
    text = plan.read_text()
    start = text.index(f'id = "{step}"\n')
    end = text.find("[[step]]", start)
    block = text[start:end]
    changed = block.replace(f"day = {day}\n", f"day = {day + 1}\n", 1)
    until = block.partition("until = { day = ")[2].partition(",")[0].partition(" ")[0]
    changed = changed.replace(f"until = {{ day = {until}", f"until = {{ day = {int(until) + 1}", 1)
    plan.write_text(text[:start] + changed + text[end:])


def questions(story: Story) -> list[str]:
    return [text for text in story.said_in(story.scene.staff) if ASKED in text]


async def asked(story: Story, number: int = 1) -> str:
    await story.until(lambda: len(questions(story)) >= number)
    await story.settled()
    return questions(story)[-1]


def day_2(story: Story) -> int:
    """How often Anna got its message."""
    return len([text for text in story.heard("Anna") if "The puffiness should be gone" in text])


async def test_until_an_admin_decides_she_gets_it_on_its_old_day_and_once(clinic: tuple[Story, Path]) -> None:
    story, plan = clinic

    a_day_later(plan, "PS-02", 2)
    said = await asked(story)
    await story.later(days=2)
    on_day_2 = day_2(story)
    await story.later(days=1)

    assert "Anna (A-1), PS-02: 22 November, 09:30 → 23 November, 09:30" in said
    assert (on_day_2, day_2(story)) == (1, 1)
    assert len(questions(story)) == 1
    assert story.scene.playground.refusals == []


async def test_moved_by_a_tap_she_gets_it_on_its_new_day_and_a_second_tap_is_answered(
    clinic: tuple[Story, Path],
) -> None:
    story, plan = clinic
    staff = story.scene.staff

    a_day_later(plan, "PS-02", 2)
    await asked(story)
    await story.staff_taps(MOVE, chat=staff)
    await story.until(lambda: "Plans made anew: 1" in "".join(story.said_in(staff)))
    await story.later(days=2)
    on_day_2 = day_2(story)
    await story.later(days=1)

    assert (on_day_2, day_2(story)) == (0, 1)
    assert story.scene.playground.refusals == []


async def test_changed_back_after_she_had_it_she_gets_it_no_second_time(clinic: tuple[Story, Path]) -> None:
    story, plan = clinic
    staff, before = story.scene.staff, plan.read_bytes()
    await story.later(days=2)

    a_day_later(plan, "PS-02", 2)
    first = await asked(story)
    plan.write_bytes(before)
    second = await asked(story, 2)
    await story.later(days=2)

    assert all("nothing to decide. 1 had it already" in text for text in (first, second))
    assert MOVE not in "".join(story.said_in(staff))
    assert day_2(story) == 1


async def test_kept_by_a_tap_and_taken_back_in_the_chat_she_is_not_moved(clinic: tuple[Story, Path]) -> None:
    story, plan = clinic
    staff, before = story.scene.staff, plan.read_bytes()

    a_day_later(plan, "PS-02", 2)
    await asked(story)
    await story.staff_taps(KEEP, chat=staff)
    await story.until(lambda: "They keep the old plan" in "".join(story.said_in(staff)))
    plan.write_bytes(before)
    # the answered question does not ask any more
    said = await asked(story)
    await story.later(days=3)

    assert "nothing to decide" in said
    assert day_2(story) == 1


@asynccontextmanager
async def one_on_her_way(tmp_path: Path) -> AsyncIterator[Callable[[], AbstractAsyncContextManager[Premises]]]:
    """A clinic that opens when it is told to, with Anna in care since the afternoon."""
    clock, content = TurnableClock(AFTERNOON), move_in(tmp_path / "content")
    playground = Playground(HandTurnedControls(AFTERNOON), bot_token=TOKEN, bot_name=BOT_NAME)
    anna, maria = (playground.people.new_person(name).id for name in ("Anna", "Maria"))
    for person in (anna, maria):
        playground.people.start(person)
    playground.telegram.inbox.clear()

    def settle(work: Work, planning: Planning) -> None:
        work.team.add(Member(maria, "Maria", Role.ADMIN, AFTERNOON, tested_at=AFTERNOON))
        patient = work.patients.add(a_patient(contact=Contact(anna), consent=Consent(AFTERNOON, "v1", "en")))
        own = an_enrolment(patient_id=patient.id, created_at=AFTERNOON, ended=AFTERNOON.time())
        planning.replan(work, patient, work.enrolments.add(own), at=AFTERNOON)

    async with serve(playground.app) as url:
        settings = load(
            telegram_bot_token=TOKEN, telegram_api_url=url, data_dir=first_start(tmp_path / "data"),
            content_dir=content, database_url="", webhook_url="", clock_start=None, clock_rate=None, **NO_ALARMS,
        )  # fmt: skip
        async with open_premises(settings, clock) as premises:
            planning = Planning(premises.library)
            await premises.database.write(lambda work: settle(work, planning))
        yield lambda: open_premises(settings, clock)


def due(work: Work) -> list[str]:
    rows = work.outbox.of_enrolment(1)
    return [row.due_at.date().isoformat() for row in rows if row.step == "PS-02" and not row.state.final]


async def is_asked(premises: Premises) -> bool:
    return bool(await premises.database.read(lambda work: work.drafts.in_state(DraftState.READY)))


async def test_edited_while_the_bot_was_down_it_is_asked_at_the_start(tmp_path: Path) -> None:
    async with one_on_her_way(tmp_path) as opens:
        a_day_later(tmp_path / "content" / PLAN, "PS-02", 2)
        async with opens() as premises, running(premises):
            await until(partial(is_asked, premises))
            still = await premises.database.read(due)

    assert still == ["2026-11-22"]


@dataclass
class SlowPress:
    """Looks at words until it is let go."""

    looks: Event = field(default_factory=Event)
    let_go: Event = field(default_factory=Event)

    def check(self, draft: Draft, undone: Revision | None) -> Checked:
        self.looks.set()
        self.let_go.wait()
        return Checked(Verdict.FAILED)

    publish = check


async def test_while_the_press_works_on_other_words_plans_are_held_all_the_same(tmp_path: Path) -> None:
    press, item = SlowPress(), Item("en", "faq/makeup")
    words = Draft(item, "en/faq/makeup.toml", "New.", "Old.", DraftState.CHECKING, FILE, 0, AFTERNOON)
    async with one_on_her_way(tmp_path) as opens, opens() as premises:
        premises.content_watch.editings = replace(premises.content_watch.editings, press=press)
        await premises.database.write(lambda work: work.drafts.add(words))
        async with running(premises):
            try:
                assert await asyncio.to_thread(press.looks.wait, PATIENCE)
                a_day_later(tmp_path / "content" / PLAN, "PS-02", 2)
                await until(partial(is_asked, premises))
                still = await premises.database.read(due)
            finally:
                press.let_go.set()

    assert still == ["2026-11-22"]
