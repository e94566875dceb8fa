"""`aftercare plan --json` is a contract."""

from datetime import date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

import pytest

from bot.care.model.enrolment import Area, Surface
from bot.care.services.foretelling import Supposed, foretell
from bot.care.services.telling import Telling
from tests.care.plan.shelves import DATES, real_shelf

SHELF = real_shelf()
START = date(2026, 11, 20)
LONDON = ZoneInfo("Europe/London")
INTERVALS = (14, 21, 28, 35, 42, 56, 84, None)
KEYS = {"steps", "anchor", "day", "at", "useful_until", "late", "asks", "only_if", "text", "buttons"}
THINGS = {
    "makeup", "sunscreen", "sun", "tanning", "retinol", "actives", "exercise", "heat", "swimming", "shaving",
    "hair-removal", "other-treatments", "nsaid", "smoking", "alcohol", "picking", "head-raised", "spf-daily",
}  # fmt: skip


def supposed(treatment: str, interval: int | None = None, **more: object) -> Supposed:
    next_on = None if interval is None else START + timedelta(days=interval)
    return Supposed(treatment, START, LONDON, "en", next_on=next_on, **more)  # type: ignore[arg-type]


def test_the_shape_is_as_documented() -> None:
    found = foretell(supposed("picosure", 28), SHELF, Telling(DATES))

    assert set(found) == {"treatment", "zone", "messages", "windows"}
    assert all(set(message) == KEYS for message in found["messages"])
    assert set(found["windows"]) == THINGS
    assert found["windows"]["retinol"][0] == {"from": "2026-11-20", "to": "2026-11-27"}
    assert found["windows"]["picking"] == [{"from": "2026-11-20", "to": None}]


def test_without_a_next_session_picosure_runs_to_its_last_step_and_has_no_reminder() -> None:
    found = foretell(supposed("picosure"), SHELF, Telling(DATES))

    steps = [step for message in found["messages"] for step in message["steps"]]
    assert steps == ["PS-00", "PS-01", "PS-02", "PS-03", "PS-07", "PS-07-evening", "PS-14", "PS-28", "PS-42"]


def test_hours_are_the_patients_own() -> None:
    there = Supposed("picosure", START, ZoneInfo("America/Toronto"), "en", ended=time(15, 30))

    found = foretell(there, SHELF, Telling(DATES))

    # on Saturday the clinic in London closes at 14:00: three hours before is too early there, so at the first hour
    assert [message["at"] for message in found["messages"][:2]] == [
        "2026-11-20T15:30:00-05:00",
        "2026-11-21T09:00:00-05:00",
    ]


@pytest.mark.parametrize("treatment", sorted(SHELF.protocols))
@pytest.mark.parametrize("surface", list(Surface))
@pytest.mark.parametrize("area", [Area.FACE, Area.NECK])
def test_every_plan_can_be_said_for_every_interval(treatment: str, surface: Surface, area: Area) -> None:
    for interval in INTERVALS:
        found = foretell(supposed(treatment, interval, surface=surface, area=area), SHELF, Telling(DATES))

        assert found["messages"]
        assert all(message["text"] and message["buttons"] for message in found["messages"])
        assert all(len(message["text"]) <= 1200 for message in found["messages"])
        assert _most_a_day(found["messages"]) <= 2


def _most_a_day(messages: list[dict[str, str]]) -> int:
    days = (datetime.fromisoformat(message["at"]).date() for message in messages)
    return max(len(list(group)) for _, group in groupby(days))
