"""Nothing that a person said, or is called, can be read in the database without the key."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select
from sqlmodel import SQLModel

from bot.care.model.chart import Chart
from bot.care.model.delivery import Button, DeliveryState, Outcome, Result
from bot.care.model.drill import Drill
from bot.care.model.enrolment import HealthFacts
from bot.care.model.escalation import Escalation
from bot.care.model.hold import Hold
from bot.care.model.inbound import AuditEvent, CheckInAnswer, Entry, Flow, Heard
from bot.care.model.leaflet import Leaflet, Section
from bot.care.model.on_call import Shift, Turn
from bot.care.model.overrides import Override
from bot.care.model.page import Page
from bot.care.model.people import Desk, Guest
from bot.care.model.revision import Draft, DraftState, FileChange, Item, Revision
from bot.care.model.sent_file import FileKind, SentFile
from bot.care.model.sheet import Card, Sheet
from bot.care.model.things import Thing
from bot.care.model.thread import Thread
from bot.care.model.unanswered import Filing, FilingState, Phrasing, Unanswered
from bot.care.ports.records import Work
from bot.records.database import Database
from bot.records.engine import reader_engine
from tests.records.builders import (
    ANNA,
    DESK,
    NOW,
    a_member,
    a_patient,
    a_reply,
    a_staff_link,
    an_act,
    an_enrolment,
    an_update,
    later,
)
from tests.records.conftest import KEYS

CANARY = "canary-7391"


def sing(work: Work) -> None:
    """Put the canary wherever words of people go."""
    work.inbox.store(an_update(1, raw=CANARY))
    patient = work.patients.add(a_patient(first_name=CANARY, ref=CANARY, phone=CANARY, born=1990)).id
    settled = (Override(Thing.MAKEUP, after=4, reason=CANARY),)
    health = HealthFacts(isotretinoin=CANARY)
    enrolment = work.enrolments.add(an_enrolment(patient, health=health, overrides=settled)).id
    work.escalations.add(Escalation(patient, NOW, None, "help", CANARY, told=CANARY, note=CANARY))
    photo = SentFile(CANARY, FileKind.PHOTO, 1, CANARY)
    work.diary.add(Entry(patient, NOW, Heard.UNMATCHED, CANARY, 501, 1, file=photo))
    work.answers.add(CheckInAnswer(patient, enrolment, "PS-01", "left", CANARY, NOW, 1))
    work.flows.put(Flow(501, 501, "name", {"name": CANARY}, later(hours=1)))
    work.team.add(a_member(name=CANARY))
    work.staff_links.add(a_staff_link(name=CANARY))
    work.team.set_desk(Desk(DESK, CANARY, is_forum=False, set_by=77, set_at=NOW))
    work.team.greet(Guest(DESK.chat, 9, CANARY, NOW))
    work.audit.add(AuditEvent(NOW, "system", "looked", "patient:A-1", CANARY))
    work.invitations.rejected(501, at=NOW)
    work.unanswered.add(Unanswered(CANARY, "en", NOW.date()), whose=patient)
    phrasing = Phrasing("en", "makeup", CANARY)
    item = Item("en", "faq/makeup")
    work.drafts.add(Draft(item, "en/faq/makeup.toml", CANARY, "old", DraftState.WRITING, 1, 1, NOW, told=CANARY))
    work.revisions.add(Revision(NOW, 1, "edit", FileChange("en/faq/makeup.toml", "old", "new")))
    work.filings.add(Filing(phrasing, 1, FilingState.READY, 77, 501, 1, NOW, told=CANARY))
    work.on_call.add(Shift(77, NOW, later(hours=1)))
    work.on_call.put(Turn(0, NOW.time(), 77))
    work.drills.begin(Drill(NOW, 77, 501))
    work.holds.put(Hold("picosure", "PS-03", 77, NOW))
    work.digests.claim(NOW.date(), at=NOW)
    work.digests.claim_closing(NOW.date())
    work.batches.begin("hash of a file", rested=timedelta())
    opening = work.outbox.add(a_reply(act=an_act(text=CANARY)))
    work.threads.save(Thread(patient, -100, opening.id), was=None)
    _sing_in_the_outbox(work)


def _sing_in_the_outbox(work: Work) -> None:
    button = Button(CANARY, "consent", (CANARY,), url=CANARY, copy=CANARY)
    chart = Chart(CANARY, CANARY, (CANARY,), ())
    sheet = Sheet(CANARY, CANARY, CANARY, (Card(CANARY, CANARY, CANARY, CANARY),))
    files = {
        "qr": CANARY,
        "chart": chart,
        "document": (CANARY, CANARY),
        "sheet": sheet,
        "leaflet": Leaflet(CANARY, CANARY, CANARY, (Section(CANARY, (CANARY,)),), CANARY),
        "page": Page(CANARY, CANARY, CANARY, CANARY),
    }
    act = an_act(ANNA, button, text=CANARY, emoji=CANARY, **files)
    sent, settled = work.outbox.add(a_reply(act=act)), work.outbox.add(a_reply(reason=CANARY))
    work.outbox.begin(sent, act, attempt_id="a1", lease=timedelta(minutes=1), alert=False)
    result = Result(Outcome.REFUSED, reason=CANARY)
    work.outbox.finish(sent.id, "a1", DeliveryState.FAILED, at=NOW, result=result)
    work.outbox.settle(settled.id, DeliveryState.CANCELLED, at=NOW, reason=CANARY)
    work.outbox.move_chat(501, 509)


def everything_in(folder: Path) -> bytes:
    content = b"".join(path.read_bytes() for path in folder.iterdir())
    assert content
    return content


async def test_no_table_shows_the_canary(database: Database, url: str) -> None:
    await database.write(sing)

    engine = reader_engine(url)
    with engine.begin() as connection:
        rows = {name: connection.execute(select(table)).all() for name, table in SQLModel.metadata.tables.items()}
    engine.dispose()

    assert CANARY not in repr(rows)
    assert {name for name, held in rows.items() if not held} <= {"invitation", "claim"}
    patient = await database.read(lambda work: work.patients.named(CANARY))
    assert [one.phone for one in patient] == [CANARY]


async def test_no_file_of_the_database_holds_the_canary(sqlite_url: str, tmp_path: Path) -> None:
    database = Database.open(sqlite_url, KEYS)
    await database.write(sing)

    while_open = everything_in(tmp_path)
    database.close()

    assert CANARY.encode() not in while_open + everything_in(tmp_path)


async def test_a_strangers_update_is_gone_from_every_file_once_it_is_done(sqlite_url: str, tmp_path: Path) -> None:
    database = Database.open(sqlite_url, KEYS)
    await database.write(lambda work: work.inbox.store(an_update(1, order="424242:424242")))

    await database.write(lambda work: work.inbox.done(1, at=NOW, erase=True))
    database.close()

    assert b"424242" not in everything_in(tmp_path)
