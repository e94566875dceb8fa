"""An alert that Telegram does not take, or nobody does, rings outside Telegram, without a name."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.care.model.delivery import ActKind, Delivery, DeliveryState, Lane
from bot.care.model.page import MAIL, WEBHOOK
from bot.care.model.purpose import Purpose
from bot.care.model.triage import Level
from tests.care.listening.ward import Ward, a_ward
from tests.care.scene import ANNA, CLARA, DESK, at_desk

PUS = "pus is coming out and I have fever"
BLISTER = "there is one small blister on my cheek"


def a_paged_ward(*, day: int = 3, desk: bool = True) -> Ward:
    return a_ward(day=day, desk=desk, pagers=(WEBHOOK, MAIL))


def an_alert_that_waits() -> Ward:
    ward = a_paged_ward()
    ward.listening.triaging.red(ward.work, ward.anna(), PUS, "RF-U1", Level.URGENT, at=ward.clock.now())
    return ward


def pages(ward: Ward) -> list[Delivery]:
    return [row for row in ward.work.outbox.of_patient(ward.anna().id) if row.lane is Lane.PAGE]


def passes(ward: Ward, **by: float) -> None:
    """Clinic time, and nothing arrives."""
    ward.clock.later(**by)
    ward.escalating.overdue(ward.work, at=ward.clock.now())


def test_what_telegram_has_not_taken_within_half_a_minute_is_paged_once() -> None:
    ward = an_alert_that_waits()

    passes(ward, seconds=29)
    assert pages(ward) == []
    for _ in range(3):
        passes(ward, seconds=1)

    assert [(row.contact, row.purpose) for row in pages(ward)] == [
        (WEBHOOK, Purpose.PAGE_UNDELIVERED),
        (MAIL, Purpose.PAGE_UNDELIVERED),
    ]


@pytest.mark.parametrize("state", [DeliveryState.FAILED, DeliveryState.UNREACHABLE, DeliveryState.UNCERTAIN])
def test_an_alert_that_surely_or_perhaps_did_not_arrive_is_no_arrival(state: DeliveryState) -> None:
    ward = an_alert_that_waits()
    for row in ward.work.outbox.due(at=ward.clock.now(), limit=9):
        ward.work.outbox.settle(row.id, state, at=ward.clock.now())

    passes(ward, seconds=30)

    assert len(pages(ward)) == 2


def test_an_alert_that_arrived_pages_nobody_until_it_climbs() -> None:
    ward = a_paged_ward()
    ward.says(ANNA, PUS)

    ward.later(minutes=9)
    assert pages(ward) == []
    ward.later(minutes=1)

    assert [row.purpose for row in pages(ward)] == [Purpose.PAGE_UNTAKEN] * 2


def test_each_call_pages_again_and_they_end() -> None:
    ward = a_paged_ward()
    ward.says(ANNA, PUS)

    for _ in range(12):
        ward.later(minutes=10)

    ids = [row.act.page.id for row in pages(ward) if row.act is not None and row.act.page is not None]
    assert len(ids) == 12
    assert len(set(ids)) == 6


def test_what_was_taken_pages_nobody() -> None:
    ward = a_paged_ward()
    ward.says(ANNA, PUS)
    ward.tap(at_desk(CLARA), "I have it")

    ward.later(minutes=40)

    assert pages(ward) == []


def test_what_can_wait_pages_nobody() -> None:
    ward = a_paged_ward(day=8)
    ward.says(ANNA, BLISTER)

    ward.later(hours=2)

    assert pages(ward) == []


def test_a_page_holds_a_level_and_a_code_and_neither_name_nor_words() -> None:
    ward = a_paged_ward()
    ward.says(ANNA, PUS)
    ward.later(minutes=10)

    act = pages(ward)[0].act

    assert act is not None
    assert act.page is not None
    assert act.kind is ActKind.PAGE
    assert act.page.subject == f"🟠 URGENT · {ward.anna().code} · {ward.library.shelf.clinic.name}"
    assert (act.page.level, act.page.code) == ("urgent", ward.anna().code)
    said = repr(act)
    assert not any(word in said for word in ("Anna", "pus", "fever", "7700", "Infection"))


def test_with_nobody_on_the_team_the_second_channel_rings_alone() -> None:
    ward = a_paged_ward()
    for member in list(ward.work.team.members()):
        ward.work.team.remove(member.account)
    ward.records.memory.desks.clear()

    ward.says(ANNA, PUS)
    passes(ward, seconds=30)

    assert [row.purpose for row in pages(ward)] == [Purpose.PAGE_UNDELIVERED] * 2
    passes(ward, minutes=10)
    passes(ward, seconds=1)
    assert [row.purpose for row in pages(ward)[2:]] == [Purpose.PAGE_UNTAKEN] * 2


def test_the_clock_stops_at_the_moment_of_a_page() -> None:
    ward = an_alert_that_waits()
    begun = ward.clock.now()
    passes(ward, seconds=3)

    assert ward.escalating.next_moment(ward.work, after=ward.clock.now()) == begun + timedelta(seconds=30)


@pytest.mark.parametrize("desk", [True, False], ids=["at the desk", "privately"])
def test_staff_hear_that_the_second_channel_failed_but_not_again_and_again(*, desk: bool) -> None:
    ward = a_paged_ward(desk=desk)
    ward.listening.triaging.red(ward.work, ward.anna(), PUS, "RF-U1", Level.URGENT, at=ward.clock.now())
    passes(ward, seconds=30)

    for row in pages(ward):
        ward.escalating.paging.lost(ward.work, replace(row, reason="ConnectError"), at=ward.clock.now())

    heard = [text for text in ward.heard(DESK if desk else CLARA) if "second alarm channel" in text]
    assert len(heard) == 1
    assert "the web hook (ConnectError)" in heard[0]
