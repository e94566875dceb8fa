"""`pytest tests/care/desk --conversations=1000` walks through as many random conversations."""

import pytest

USUALLY = 40


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--conversations", type=int, default=USUALLY, help="random talks at the desk")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "conversation" in metafunc.fixturenames:
        metafunc.parametrize("conversation", range(metafunc.config.getoption("conversations", USUALLY)))
