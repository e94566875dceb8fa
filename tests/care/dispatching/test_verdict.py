"""What becomes of a delivery is decided by the cause of what happened."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from bot.care.model.delivery import Act, ActKind, Delivery, DeliveryState, Lane, Outcome, Result
from bot.care.model.people import Contact
from bot.care.model.verdict import verdict

ANNA = Contact(501)
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def a_row(kind: ActKind = ActKind.SEND, **fields: int) -> Delivery:
    return Delivery(Lane.REPLY, ANNA, NOW, act=Act(kind, ANNA, "hello"), **fields)  # type: ignore[arg-type]


ENDS = [
    pytest.param(Outcome.SENT, DeliveryState.SENT, id="arrived"),
    pytest.param(Outcome.NOT_SENT, DeliveryState.RETRY_WAIT, id="never left"),
    pytest.param(Outcome.NOT_BEGUN, DeliveryState.RETRY_WAIT, id="its process was gone before it left"),
    pytest.param(Outcome.AMBIGUOUS, DeliveryState.RETRY_WAIT, id="unclear once"),
    pytest.param(Outcome.REFUSED, DeliveryState.FAILED, id="refused"),
    pytest.param(Outcome.UNREACHABLE, DeliveryState.UNREACHABLE, id="blocked"),
    pytest.param(Outcome.PAUSED, DeliveryState.RETRY_WAIT, id="too many"),
    pytest.param(Outcome.MOVED, DeliveryState.RETRY_WAIT, id="the group moved"),
]


@pytest.mark.parametrize(("outcome", "state"), ENDS)
def test_every_end_of_an_attempt_has_a_named_state(outcome: Outcome, state: DeliveryState) -> None:
    assert verdict(a_row(), Result(outcome), rng=Random(1)).state is state


def test_a_second_unclear_end_is_shown_to_staff_instead_of_a_third_copy() -> None:
    assert verdict(a_row(ambiguous=1), Result(Outcome.AMBIGUOUS), rng=Random(1)).state is DeliveryState.UNCERTAIN


def test_an_edit_is_simply_done_again_when_its_end_is_unclear() -> None:
    ruling = verdict(a_row(ActKind.EDIT, ambiguous=1), Result(Outcome.AMBIGUOUS), rng=Random(1))

    assert (ruling.state, ruling.ambiguous) == (DeliveryState.RETRY_WAIT, False)


def test_a_pause_is_never_shorter_than_telegram_asked_and_counts_no_attempt() -> None:
    for seed in range(100):
        ruling = verdict(a_row(), Result(Outcome.PAUSED, retry_after=30), rng=Random(seed))

        assert ruling.retry_in is not None
        assert timedelta(seconds=30) <= ruling.retry_in <= timedelta(seconds=33)
        assert not ruling.counted


def test_when_telegram_cannot_be_reached_the_next_try_is_never_far_off() -> None:
    for tries in range(50):
        ruling = verdict(a_row(attempts=tries), Result(Outcome.NOT_SENT), rng=Random(tries))

        assert ruling.retry_in is not None
        assert ruling.retry_in <= timedelta(seconds=8)
