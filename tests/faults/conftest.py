"""A clinic of its own for every test, and how long the kill test goes on."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.faults.clinic import Clinic, clinic_in

KILLS, SENDER_KILLS = 6, 12

PUSHES = 20
TALKS = 3


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--kills", type=int, default=KILLS, help="how many times the bot is killed (with tests/faults)")
    parser.addoption("--sender-kills", type=int, default=SENDER_KILLS, help="the same of a sender without a house")
    parser.addoption("--pushes", type=int, default=PUSHES, help="how often broken content is pushed")
    parser.addoption("--talks", type=int, default=TALKS, help="between patients and staff, at random")
    parser.addoption("--seed", type=int, default=20261120, help="of the kill test's chances (with tests/faults)")


@pytest.fixture
async def clinic(tmp_path: Path) -> AsyncIterator[Clinic]:
    async with clinic_in(tmp_path) as opened:
        yield opened
