"""Neither the log nor the files of the records hold what anybody is called or wrote."""

import logging
from pathlib import Path

import pytest

from bot.operations.logs import JsonLines
from bot.play import TOKEN
from tests.attacks.intruder import Intruder
from tests.stories.story import Story

SECRETS = ("Zephyrine", "442079460143", "REF-90210", "quokkas", TOKEN.partition(":")[2])


async def test_names_words_numbers_and_tokens_leave_no_trace(
    story: Story, intruder: Intruder, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    await story.agrees("Anna", await story.enrol("Zephyrine picosure ref=REF-90210 phone=+442079460143"))

    await story.writes("Anna", "my cheek is leaking yellow stuff, said the quokkas")
    await story.staff_writes("/patient Zephyrine")
    intruder.writes(4242, "quokkas cannot breathe", caption={})
    intruder.put("message", {"message_id": "Zephyrine", "text": "quokkas"})
    await story.settled()

    lines = "\n".join(JsonLines().format(record) for record in caplog.records)
    files = _files(tmp_path)
    assert [secret for secret in SECRETS if secret in lines or secret.encode() in files] == []
    assert files


def _files(folder: Path) -> bytes:
    """Database and log of its changes, byte by byte."""
    return b"".join(path.read_bytes() for path in folder.rglob("aftercare.db*"))
