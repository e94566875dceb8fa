"""What was confirmed survives a process that is killed at any moment."""

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

from bot.care.model.delivery import DeliveryState
from bot.care.ports.records import Work
from bot.records.database import Database
from tests.records.conftest import KEYS

SCHEDULED = DeliveryState.SCHEDULED
ROOT = Path(__file__).parents[2]
WRITES_UNTIL_KILLED = """
import sys
from bot.records.database import Database
from tests.records.builders import a_patient, a_reply
database = Database.open(sys.argv[1], sys.argv[2].encode())
def deed(work):
    return work.patients.add(a_patient()).id, work.outbox.add(a_reply()).id
while True:
    print(*database.writing(deed).result(), flush=True)
"""


def confirmed_before_the_kill(url: str, lines: int) -> list[tuple[int, int]]:
    command = [sys.executable, "-c", WRITES_UNTIL_KILLED, url, KEYS.decode()]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        heard = [writer.stdout.readline() for _ in range(lines)]
        writer.send_signal(signal.SIGKILL)
    pairs = [line.split() for line in heard]
    return [(int(patient), int(delivery)) for patient, delivery in pairs]


def kept(work: Work) -> tuple[set[int], set[int]]:
    return {patient.id for patient in work.patients.named("Anna")}, {
        row.id for row in work.outbox.in_state(SCHEDULED, limit=9999)
    }


async def test_everything_confirmed_is_there_after_a_kill_and_nothing_by_halves(sqlite_url: str) -> None:
    for lines in (1, 7, 40):
        confirmed = confirmed_before_the_kill(sqlite_url, lines)

        database = Database.open(sqlite_url, KEYS)
        patients, deliveries = await database.read(kept)
        database.close()

        assert {patient for patient, _ in confirmed} <= patients
        assert {delivery for _, delivery in confirmed} <= deliveries
        assert len(patients) == len(deliveries)

    file = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))
    assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    file.close()
