"""Whatever is changed in a treatment's file, and decided of it, nobody is moved unasked or gets a step twice."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random
from shutil import copytree

import pytest

from bot.care.model.delivery import Delivery, DeliveryState
from bot.care.model.people import Consent, Contact, Member, Role
from bot.care.model.protocol import Late, Step
from bot.care.model.revision import DraftState
from bot.care.model.timing import Place, Timing, placed
from bot.care.services.planning import Planning
from bot.care.services.publishing import Publishing
from bot.library.folder import read
from bot.library.keeping import LibraryKeeper
from bot.library.proof import ALONE
from bot.library.retiming import with_timing
from bot.library.verdicts import Verdicts
from tests.builders import a_patient, an_enrolment
from tests.care.content.newsroom import PAUL, Newsroom
from tests.care.scene import MARIA
from tests.library.shelves import CONTENT, a_folder

PLAN, STEP = "protocols/pico.toml", "PC-03"
KEEP, MOVE = "Keep them on the old plan", "Move them"
DAY = timedelta(days=1)


@dataclass
class Ward:
    """One clinic with its folder, and what was decided of each patient's plan."""

    content: Path
    data: Path
    room: Newsroom
    keeper: LibraryKeeper
    places: dict[int, Place] = field(default_factory=dict)
    """Enrolment -> where the step stands for them."""
    left: Counter[int] = field(default_factory=Counter)
    """Enrolment -> how often the message has left."""

    @property
    def step(self) -> Step:
        found = self.keeper.shelf.protocols["pico"].step(STEP)
        assert found is not None
        return found

    async def changes(self, timing: Timing) -> None:
        """Somebody edits the file; the house sees to it."""
        with_timing(read(self.content), "pico", STEP, timing).write(self.content)
        await self.looks()

    async def starts_anew(self, timing: Timing, *, cut_short: int = 0) -> None:
        """Somebody edits the file while the bot is down, or it goes down before it has noted the change."""
        with_timing(read(self.content), "pico", STEP, timing).write(self.content)
        for _ in range(cut_short):
            self.keeper.look()
        self.keeper = a_keeper(self.content, self.data)
        self.room.library = self.keeper  # type: ignore[assignment]
        self.room.__post_init__()
        await self.looks()

    async def looks(self) -> None:
        for _ in range(2):
            news = self.keeper.look()
            if news is not None:
                assert news.accepted, [str(one) for one in news.report.faults]
                note = Publishing(self.keeper).note
                note(self.room.work, news.changes, version=news.version, held_back={}, at=self.room.clock.now())
                self.keeper.noted(news)
        await self.room.works()

    def enrols(self) -> None:
        work, now = self.room.work, self.room.clock.now()
        number = len(self.places) + 1
        contact, consent = Contact(2000 + number), Consent(now, "v1", "en")
        patient = work.patients.add(a_patient(code=f"A-{number}", contact=contact, consent=consent, created_at=now))
        own = {"patient_id": patient.id, "session_on": now.date(), "created_at": now, "ended": now.time()}
        enrolment = work.enrolments.add(an_enrolment("pico", **own))
        self.places[enrolment.id] = Place.of(self.step)
        self.replans()

    def replans(self) -> None:
        """As after anything that has plans made anew."""
        work, planning = self.room.work, Planning(self.keeper)
        for one in list(work.enrolments.running()):
            planning.replan(work, work.patients.get(one.patient_id), one, at=self.room.clock.now())

    def turns(self) -> None:
        """A day later, and what was due by then has left."""
        self.room.clock.at += DAY
        for row in self.rows():
            if not row.state.final and row.due_at <= self.room.clock.now():
                is_late = row.useful_until is not None and row.useful_until < self.room.clock.now()
                state = DeliveryState.EXPIRED if is_late and row.step != STEP else DeliveryState.SENT
                self.room.records.memory.deliveries[row.id] = replace(row, state=state, sent_at=row.due_at)
                self.left[row.enrolment_id or 0] += row.step == STEP

    async def decides(self, rng: Random) -> None:
        """By any of the admins, under any of the questions: only the newest counts, and only once."""
        who, label = rng.choice((MARIA, PAUL)), rng.choice((KEEP, MOVE))
        taps = [tap for tap in self.room.records.memory.taps.values() if tap.chat == who.chat and tap.label == label]
        if not taps:
            return
        nth = rng.randrange(len(taps))
        (draft,) = (one for one in self.room.records.memory.drafts.values() if str(one.id) == taps[nth].args[0])
        counts = draft.state is DraftState.READY
        self.room.tap(who, label, nth=nth)
        await self.room.works()
        if counts and label == MOVE:
            self.places = dict.fromkeys(self.places, Place.of(self.step))

    def rows(self) -> list[Delivery]:
        return [row for row in self.room.records.memory.deliveries.values() if row.step]

    def coming(self) -> dict[int, datetime]:
        waiting = (row for row in self.rows() if row.step == STEP and not row.state.final)
        return {row.enrolment_id or 0: row.due_at for row in waiting}

    def expected(self) -> dict[int, datetime]:
        """By the places alone, whatever is kept with an enrolment; whoever had it does not get it again."""
        work, planning = self.room.work, Planning(self.keeper)
        found: dict[int, datetime] = {}
        protocol = self.keeper.shelf.protocols["pico"]
        for one in work.enrolments.running():
            own = placed(protocol, STEP, self.places[one.id])
            patient, bare = work.patients.get(one.patient_id), replace(one, kept_timings=())
            planned = planning.timetable(work, patient, bare, at=self.room.clock.now(), protocol=own)
            due = next((row.due_at for row in planned if row.step.id == STEP), None)
            if due is not None and not self.left[one.id]:
                found[one.id] = due
        return found


def a_keeper(content: Path, data: Path) -> LibraryKeeper:
    return LibraryKeeper(content, data, fictitious_allowed=True, proof=ALONE, verdicts=Verdicts(data / "verdicts"))


@pytest.fixture
def ward(tmp_path: Path) -> Ward:
    content, data = a_folder(tmp_path / "content"), tmp_path / "var"
    copytree(CONTENT / "en/phrases", content / "en/phrases", dirs_exist_ok=True)
    # the small folder's own menu, as the clinic has it
    (content / "en/phrases/menu.toml").unlink()
    keeper = a_keeper(content, data)
    room = Newsroom(library=keeper)  # type: ignore[arg-type]
    for who in (MARIA, PAUL):
        room.work.team.add(Member(who.account, who.name, Role.ADMIN, room.clock.now()))
    return Ward(content, data, room, keeper)


def a_timing(rng: Random) -> Timing:
    return Timing(rng.randint(1, 9), rng.choice((None, time(9), time(10, 30))), rng.choice((Late.SEND, Late.DROP)))


async def test_nobody_is_moved_unasked_and_nobody_gets_it_twice(ward: Ward, history: int) -> None:
    rng = Random(history)
    ward.enrols()
    for _ in range(rng.randint(6, 16)):
        match rng.choice(("edit", "edit", "start", "decide", "decide", "enrol", "day", "day")):
            case "edit":
                await ward.changes(a_timing(rng))
            case "start":
                await ward.starts_anew(a_timing(rng), cut_short=rng.randint(0, 2))
            case "decide":
                await ward.decides(rng)
            case "enrol":
                ward.room.clock.at += timedelta(minutes=1)
                ward.enrols()
            case "day":
                ward.turns()
        ward.replans()
        assert ward.coming() == ward.expected()
        assert not [one for one, times in ward.left.items() if times > 1]
    open_ones = [one for one in ward.room.records.memory.drafts.values() if one.state is DraftState.READY]
    assert len(open_ones) <= 1
