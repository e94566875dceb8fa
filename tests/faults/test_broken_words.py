"""Words that a clinic cannot run on: pushed while it runs, and still there when it starts again."""

from pathlib import Path

import pytest

from tests.faults.clinic import Clinic, clinic_in, words_of
from tests.faults.running_bot import running_bot
from tests.own_content import move_in

FLAGS = "en/red_flags.toml"
BROKEN = "RF-E1: the rule 'puss-typo' cannot be read"
ANNA, BEA = "Anna", "Bea"


def told(clinic: Clinic) -> list[str]:
    messages = clinic.playground.telegram.conversations[clinic.staff].messages.values()
    return [words_of(message) for message in messages if BROKEN in words_of(message)]


@pytest.mark.timeout(180)  # two real starts, and rules judged between them, on a machine with much else to do
async def test_a_broken_rule_is_told_while_running_and_the_next_start_comes_up_on_the_last_good(
    tmp_path: Path,
) -> None:
    content = move_in(tmp_path / "content")
    flags = content / FLAGS
    async with clinic_in(tmp_path, CONTENT_DIR=str(content)) as clinic:
        people, journal = clinic.playground.people, clinic.playground.telegram.journal
        stranger, other = people.new_person(ANNA).id, people.new_person(BEA).id
        async with running_bot(tmp_path, clinic.settings) as first:
            flags.write_text(flags.read_text().replace("\nrules = [", '\nrules = ["puss-typo",', 1))
            await journal.until(lambda: told(clinic))
            people.start(stranger)
            people.write(stranger, stranger, "i cant breathe")
            await journal.until(lambda: _safe(clinic, stranger) == 1)
            assert "Traceback" not in first.said

        async with running_bot(tmp_path, clinic.settings) as second:
            await journal.until(lambda: len(told(clinic)) == 2)
            # somebody else: the same numbers are told once a minute
            people.start(other)
            people.write(other, other, "i cant breathe")
            await journal.until(lambda: _safe(clinic, other) == 1)
            assert "THE LAST GOOD ONES" in second.said
            assert "Traceback" not in second.said


def _safe(clinic: Clinic, person: int) -> int:
    """How often the safety text with its number was told."""
    messages = clinic.playground.telegram.conversations[person].messages.values()
    return sum("999" in words_of(message) for message in messages)
