"""What a start and an idle hour cost: `python -m tests.bench.footprint [PATIENTS] [SECONDS]`; status 1 if too much."""

import asyncio
import os
import sys
import tempfile
from datetime import timedelta
from functools import partial
from pathlib import Path

from bot.care.model.delivery import Delivery, Lane
from bot.care.model.people import Contact
from bot.care.model.purpose import Purpose
from bot.care.ports.records import Work
from tests.faults.clinic import Clinic, clinic_in
from tests.faults.waiting import pause

PATIENTS, SECONDS, STEPS = 1000, 60, 10
MOST_START, MOST_MEGABYTES, MOST_SHARE = 1.5, 150, 0.02
"""Seconds of CPU until it listens, resident memory, share of one core while nothing is due."""
TICKS = os.sysconf("SC_CLK_TCK")


async def measured(patients: int, seconds: float) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        async with clinic_in(Path(folder)) as clinic:
            clinic.afresh = True
            for first in range(0, patients, 100):
                some = range(first, min(first + 100, patients))
                clinic.do(partial(_enrolled, clinic, some))
            # the first start writes what every later one only reads
            await (await clinic.open_up()).killed()
            bot = await clinic.open_up()
            started = _cpu(bot.process.pid)
            before = started
            await pause(seconds)
            share = (_cpu(bot.process.pid) - before) / seconds
            megabytes = _resident(bot.process.pid)
    print(  # noqa: T201 - to publish
        f"{patients} patients, {patients * STEPS} planned rows: {started:.2f} s of CPU until it listens;"
        f" idle for {seconds:.0f} s: {share:.1%} of a core, {megabytes:.0f} MB"
    )
    return started < MOST_START and share < MOST_SHARE and megabytes < MOST_MEGABYTES


def _enrolled(clinic: Clinic, numbers: range, work: Work) -> None:
    for number in numbers:
        chat = 1_000_000 + number
        patient, enrolment = clinic.admit(work, f"P{number}", chat)
        for step in range(STEPS):
            due = clinic.begun + timedelta(days=step + 1)
            work.outbox.plan(
                Delivery(
                    Lane.SCHEDULED, Contact(chat), due, patient_id=patient.id, enrolment_id=enrolment.id,
                    step=f"PS-{step:02}", occurrence=str(enrolment.session_on), purpose=Purpose.PLAN, unasked=True,
                )
            )  # fmt: skip


def _cpu(pid: int) -> float:
    """User and system seconds so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _resident(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def main() -> None:
    given = [int(word) for word in sys.argv[1:]]
    patients, seconds = (*given, *(PATIENTS, SECONDS)[len(given) :])
    raise SystemExit(0 if asyncio.run(measured(patients, seconds)) else 1)


if __name__ == "__main__":
    main()
