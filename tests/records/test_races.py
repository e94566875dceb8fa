"""Many at once, over several processes' worth of writers: exactly one wins."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TypeVar

import pytest

from bot.care.model.delivery import Delivery
from bot.care.model.inbound import AuditEvent
from bot.care.model.people import Contact
from bot.care.ports.records import Work
from bot.records.database import Database
from tests.records.builders import NOW, a_patient, a_reply, an_act, an_invitation, later
from tests.records.conftest import KEYS

T = TypeVar("T")
REPLICAS = 4


@contextmanager
def replicas(url: str) -> Iterator[list[Database]]:
    opened = [Database.open(url, KEYS) for _ in range(REPLICAS)]
    try:
        yield opened
    finally:
        for database in opened:
            database.close()


def a_hundred_times(databases: list[Database], deed: Callable[[Work], T]) -> list[T]:
    jobs = [databases[n % REPLICAS].writing(deed) for n in range(100)]
    return [job.result(30) for job in jobs]


def test_a_hundred_at_once_redeem_a_link_once(url: str) -> None:
    with replicas(url) as databases:
        link = databases[0].writing(lambda work: work.invitations.add(an_invitation(work.patients.add(a_patient()).id)))
        link_id = link.result(5).id

        won = a_hundred_times(databases, lambda work: work.invitations.redeem(link_id, by=501, at=NOW))

    assert won.count(True) == 1


def test_a_hundred_at_once_make_one_admin(url: str) -> None:
    with replicas(url) as databases:
        databases[0].writing(lambda work: work.team.add_claim("h", expires_at=later(minutes=15))).result(5)

        won = a_hundred_times(databases, lambda work: work.team.use_claim("h", at=NOW))

    assert won.count(True) == 1


def test_a_hundred_at_once_get_a_hundred_codes(url: str) -> None:
    with replicas(url) as databases:
        codes = a_hundred_times(databases, lambda work: work.patients.add(a_patient()).code)

    assert len(set(codes)) == 100


def test_the_audits_chain_holds_whoever_appends(url: str) -> None:
    event = AuditEvent(NOW, "system", "looked", "patient:A-1")
    with replicas(url) as databases:
        a_hundred_times(databases, lambda work: work.audit.add(event))

        broken, rows = databases[0].writing(lambda work: (work.audit.verify(), len(work.audit.tail(999)))).result(5)

    assert (broken, rows) == (None, 100)


def claim(work: Work) -> list[int]:
    """As the dispatcher does: look, then begin, in one unit of work."""
    return [row.id for row in work.outbox.due(at=NOW, limit=5) if _begun(work, row)]


def _begun(work: Work, row: Delivery) -> bool:
    attempt = f"{id(work)}-{row.id}"
    minute = timedelta(minutes=1)
    return work.outbox.begin(row, row.act or an_act(), attempt_id=attempt, lease=minute, alert=False) is not None


def test_every_due_row_is_claimed_exactly_once(url: str) -> None:
    with replicas(url) as databases:
        rows = databases[0].writing(lambda work: [work.outbox.add(a_reply(Contact(n))).id for n in range(1, 201)])
        expected = rows.result(10)

        claimed = [row for rows in a_hundred_times(databases, claim) for row in rows]

    assert sorted(claimed) == expected


@pytest.mark.postgres
def test_two_replicas_never_send_into_one_chat_at_once(postgres_url: str) -> None:
    with replicas(postgres_url) as databases:
        databases[0].writing(lambda work: [work.outbox.add(a_reply()) for _ in range(50)]).result(10)

        claimed = [row for rows in a_hundred_times(databases, claim) for row in rows]

    assert len(claimed) == 1
