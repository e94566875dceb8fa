"""A phrase that is missing, or asks for what nobody fills in, would be a silence: it does not go live."""

import re

import pytest

from bot.library.filled_in import phrases, unfilled
from bot.library.folder import Snapshot
from bot.library.loading import inspect
from bot.library.proof import Trial
from tests.library.test_real_faults import real

ALERTS = "en/phrases/alerts.toml"
TAKE = r"^take = .*"


def faults(new: str) -> list[str]:
    """With the button's words changed."""
    text, found = re.subn(TAKE, lambda _: new, real().files[ALERTS].decode(), count=1, flags=re.MULTILINE)
    assert found
    snapshot = Snapshot({**real().files, ALERTS: text.encode()})
    return [str(fault) for fault in inspect(snapshot, proof=(Trial(unfilled),)).report.faults]


@pytest.mark.parametrize(
    ("new", "fault"),
    [
        ("", "[alerts] take is missing, and the bot says it"),
        ('take = "I have it, {{ member_name }}"', "{{ member_name }} is not filled in here; these are: none at all"),
        ("take = \"I have it{% if gate == 'calm' %}!{% endif %}\"", "{{ gate }} is not filled in here"),
    ],
)
def test_what_the_program_could_not_say_is_a_fault(new: str, fault: str) -> None:
    (found,) = faults(new)

    assert fault in found


def test_other_words_are_none() -> None:
    assert faults('take = "Mine"') == []


def test_what_is_filled_in_is_known_of_every_phrase() -> None:
    assert phrases()["alerts/take"] == frozenset()
    assert "patient_code" in phrases()["alerts/again"]
