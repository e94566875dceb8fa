"""How often a running clinic looks at what is due."""

from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.clock import TurnableClock
from tests.stories.conftest import AFTERNOON
from tests.stories.story import Story


@pytest.mark.parametrize(
    ("rate", "every"),
    [
        pytest.param(1.0, timedelta(seconds=1), id="as all clocks do"),
        pytest.param(60.0, timedelta(milliseconds=100), id="fast: it would pass what falls due"),
    ],
)
async def test_a_trial_s_clock_is_looked_at_as_often_as_it_goes_fast(
    story: Story, rate: float, every: timedelta
) -> None:
    premises = replace(story.scene.premises, clock=TurnableClock(AFTERNOON, rate))

    assert premises.rounds()._rounds["turning"].every == every
