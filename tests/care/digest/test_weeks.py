"""Figures of the last four weeks are what was enrolled, asked, answered and raised in them, and nothing else."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.care.model.survey import Alerted, Given, Joined, PlanRow
from bot.care.model.triage import Level
from bot.care.model.weeks import Week, last_weeks, week

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""A Monday."""
TUESDAY = datetime(2026, 11, 17, 10, 0, tzinfo=UTC)
LAST = last_weeks(LONDON, at=NOW)[-1]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def the_week(
    joined: list[Joined] | None = None,
    asked: list[PlanRow] | None = None,
    given: list[Given] | None = None,
    alerts: list[Alerted] | None = None,
) -> Week:
    return week(LAST, joined=joined or [], asked=asked or [], given=given or [], alerts=alerts or [], at=NOW)


def asked(at: datetime, step: str = "PS-01", enrolment: int = 1) -> PlanRow:
    return PlanRow(1, enrolment, step, at, at)


def test_the_weeks_are_whole_ones_before_this_one() -> None:
    weeks = last_weeks(LONDON, at=NOW)

    assert [one.monday for one in weeks] == [date(2026, 10, 26) + n * 7 * DAY for n in range(4)]
    assert [one.until for one in weeks[:-1]] == [one.since for one in weeks[1:]]
    assert weeks[-1].until == datetime(2026, 11, 23, tzinfo=UTC)


def test_a_week_in_which_clocks_change_is_an_hour_longer() -> None:
    autumn = last_weeks(LONDON, at=datetime(2026, 10, 26, 9, 0, tzinfo=UTC))[-1]

    assert autumn.until - autumn.since == 7 * DAY + HOUR


def test_only_what_was_in_the_week_counts() -> None:
    found = the_week(
        joined=[Joined(TUESDAY, agreed=True), Joined(TUESDAY, agreed=False), Joined(TUESDAY - 7 * DAY, agreed=True)],
        alerts=[Alerted(TUESDAY, Level.URGENT, TUESDAY), Alerted(TUESDAY + 7 * DAY, Level.URGENT, None)],
    )

    assert (found.enrolled, found.agreed, found.alerted(Level.URGENT)) == (2, 1, 1)
    assert not found.is_empty
    assert the_week().is_empty


def test_an_answer_counts_for_the_question_it_answers_also_in_the_week_after() -> None:
    rows = [asked(TUESDAY), asked(TUESDAY, "PS-02"), asked(LAST.until - HOUR, "PS-03"), asked(TUESDAY, enrolment=2)]
    given = [Given(1, "PS-01", TUESDAY + HOUR), Given(1, "PS-03", LAST.until + HOUR), Given(2, "PS-02", TUESDAY)]

    found = the_week(asked=rows, given=given)

    assert (found.asked, found.answered) == (4, 2)


def test_a_daily_question_has_an_answer_a_day() -> None:
    rows = [asked(TUESDAY + n * DAY, "PS-gate") for n in range(3)]
    given = [Given(1, "PS-gate@8", TUESDAY + DAY + HOUR)]

    assert the_week(asked=rows, given=given).answered == 1


def test_waiting_counts_red_flags_only_and_goes_on_while_nobody_has_them() -> None:
    found = the_week(
        alerts=[
            Alerted(TUESDAY, Level.EMERGENCY, TUESDAY + timedelta(minutes=2)),
            Alerted(TUESDAY, Level.URGENT, TUESDAY + timedelta(minutes=10)),
            Alerted(TUESDAY, Level.SAME_DAY, None),
            Alerted(TUESDAY, None, TUESDAY + 5 * DAY),
        ]
    )

    assert found.usual_wait == timedelta(minutes=10)
    assert found.longest_wait == NOW - TUESDAY
    assert found.untaken == 1
    assert found.alerted(None) == 1


def test_a_week_without_red_flags_has_no_waiting() -> None:
    assert (the_week().usual_wait, the_week().longest_wait) == (None, None)
