"""What patients are in the middle of is known before it is taken away."""

from dataclasses import replace

import pytest

from bot.care.model.enrolment import Surface
from bot.care.model.in_use import InUse, Lost, lost, turned
from bot.care.model.protocol import Anchor
from tests.standing_library import the_shelf

REMOVED = Surface.REMOVED
PICOSURE, BOTH = ("picosure",), ("picosure", "acne-laser")


@pytest.mark.parametrize(
    ("used", "expected"),
    [
        pytest.param([InUse(PICOSURE, "", 3), InUse(PICOSURE, "PS-03", 2)], {}, id="all of it is there"),
        pytest.param([InUse(PICOSURE, "PS-99", 2)], {("picosure", "PS-99"): 2}, id="a step is gone"),
        pytest.param([InUse(PICOSURE, "RS-05", 2, REMOVED)], {}, id="the surface picks whose steps they get"),
        pytest.param([InUse(PICOSURE, "PS-03", 2, REMOVED)], {("picosure", "PS-03"): 2}, id="and whose they do not"),
        pytest.param([InUse(BOTH, "AL-03", 2)], {}, id="a step of the other treatment leads"),
        pytest.param(
            [InUse(("moon",), "", 3), InUse(("moon",), "M-1", 2)], {("moon", ""): 3}, id="a treatment is gone"
        ),
        pytest.param(
            [InUse(PICOSURE, "PS-99", 2), InUse(BOTH, "PS-99", 1)], {("picosure", "PS-99"): 3}, id="both are counted"
        ),
    ],
)
def test_what_is_missed(used: list[InUse], expected: Lost) -> None:
    assert lost(used, the_shelf().protocols) == expected


def test_a_step_that_counts_from_another_day_could_be_sent_twice() -> None:
    before = the_shelf().protocols
    plan = before["picosure"]
    steps = tuple(replace(one, anchor=Anchor.NEXT_SESSION) if one.id == "PS-03" else one for one in plan.steps)
    after = {**before, "picosure": replace(plan, steps=steps)}

    assert turned([InUse(PICOSURE, "", 3)], before, after) == {("picosure", "PS-03"): 3}
    assert turned([InUse(PICOSURE, "", 3)], before, before) == {}
    assert turned([InUse(("pico",), "", 3), InUse(PICOSURE, "PS-03", 1)], before, after) == {}
