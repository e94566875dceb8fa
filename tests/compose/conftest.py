"""How many random histories of the content are lived through."""

import pytest

HISTORIES = 12


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--histories", type=int, default=HISTORIES, help="random edits, publications and roll-backs")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "history" in metafunc.fixturenames:
        metafunc.parametrize("history", range(metafunc.config.getoption("histories", HISTORIES)))
