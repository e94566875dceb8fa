"""How many templates are made from the hostile ones by chance."""

import pytest

MUTATIONS = 400


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--mutations", type=int, default=MUTATIONS, help="hostile templates, changed by chance")


@pytest.fixture
def mutations(request: pytest.FixtureRequest) -> int:
    return int(request.config.getoption("mutations", MUTATIONS))
