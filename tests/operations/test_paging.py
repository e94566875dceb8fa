"""A page leaves by web hook and by mail, and whatever the far side does is a result, never an exception."""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from email import message_from_string

import pytest

from bot.care.model.delivery import Act, ActKind, Outcome
from bot.care.model.page import MAIL, WEBHOOK, Page
from bot.operations.mail import Mail
from bot.operations.paging import Pagers
from bot.operations.webhook import Webhook
from tests.fakes.clock import FakeClock
from tests.operations.far_side import DROPS, SILENT, Hook, PostOffice, a_hook, a_post_office

SECRET = "sixteen letters."
CLOCK = FakeClock(datetime(2026, 11, 20, 22, tzinfo=UTC))
PAGE = Page("alert-7-untaken-1", "untaken", "🟠 URGENT · A-17 · Northlight", "Nobody has taken it.", "urgent", "A-17")
SOON, IN_TIME = 0.3, 10.0


def hooked(hook: Hook) -> Webhook:
    return Webhook(hook.url, SECRET, CLOCK, deadline=SOON if SILENT in hook.coming else IN_TIME)


def mailed(office: PostOffice, *, login: str = "") -> Mail:
    deadline = SOON if SILENT in office.refuses.values() else IN_TIME
    url = office.url.replace("smtp://", f"smtp://{login}")
    return Mail(url, "bot@clinic.example", ("a@clinic.example", "b@clinic.example"), CLOCK, deadline=deadline)


async def test_a_web_hook_gets_signed_json() -> None:
    async with a_hook() as hook:
        result = await hooked(hook).page(PAGE)

    assert result.outcome is Outcome.SENT
    method, headers, body = hook.taken[0]
    assert method == "POST"
    assert json.loads(body) == {
        "id": "alert-7-untaken-1",
        "why": "untaken",
        "subject": "🟠 URGENT · A-17 · Northlight",
        "text": "Nobody has taken it.",
        "level": "urgent",
        "code": "A-17",
    }
    signed = headers["aftercare-timestamp"].encode() + b"." + body
    assert headers["aftercare-signature"] == "sha256=" + hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()


@pytest.mark.parametrize(
    ("mood", "outcome"),
    [
        (200, Outcome.SENT),
        (500, Outcome.AMBIGUOUS),
        (502, Outcome.AMBIGUOUS),
        (503, Outcome.NOT_SENT),
        (429, Outcome.NOT_SENT),
        (401, Outcome.REFUSED),
        (302, Outcome.REFUSED),
        (SILENT, Outcome.AMBIGUOUS),
        (DROPS, Outcome.AMBIGUOUS),
    ],
)
async def test_whatever_a_web_hook_answers_is_a_result(mood: int | str, outcome: Outcome) -> None:
    async with a_hook() as hook:
        hook.coming.append(mood)

        result = await hooked(hook).page(PAGE)

    assert result.outcome is outcome
    assert "hidden" not in result.reason


async def test_a_web_hook_that_is_not_there_has_taken_nothing() -> None:
    async with a_hook() as hook:
        pass

    result = await hooked(hook).page(PAGE)

    assert (result.outcome, result.reason) == (Outcome.NOT_SENT, "ConnectError")


async def test_looking_at_a_web_hook_pages_nobody() -> None:
    async with a_hook() as hook:
        hook.coming += [405, 503]

        looks = [await hooked(hook).look() for _ in range(2)]

    assert [method for method, _, _ in hook.taken] == ["HEAD", "HEAD"]
    assert [look.outcome for look in looks] == [Outcome.SENT] * 2
    assert (await hooked(hook).look()).outcome is Outcome.NOT_SENT


async def test_a_letter_arrives_with_its_subject_and_one_id_for_both_copies() -> None:
    async with a_post_office() as office:
        results = [await mailed(office).page(PAGE) for _ in range(2)]

    assert [result.outcome for result in results] == [Outcome.SENT] * 2
    letters = [message_from_string(letter) for letter in office.letters]
    assert {letter["Message-ID"] for letter in letters} == {"<alert-7-untaken-1@clinic.example>"}
    assert letters[0]["To"] == "a@clinic.example, b@clinic.example"
    assert "Fri, 20 Nov 2026 22:00:00" in str(letters[0]["Date"])


@pytest.mark.parametrize(
    ("refuses", "outcome"),
    [
        ({"rcpt": "550 nobody of this name"}, Outcome.REFUSED),
        ({"mail": "451 come back later"}, Outcome.NOT_SENT),
        ({"mail": DROPS}, Outcome.NOT_SENT),
        ({"mail": SILENT}, Outcome.NOT_SENT),
        ({"data": "554 no"}, Outcome.REFUSED),
        ({"letter": DROPS}, Outcome.AMBIGUOUS),
    ],
    ids=["refused address", "not now", "hangs up", "is silent", "refused letter", "hangs up after the letter"],
)
async def test_whatever_a_mail_server_answers_is_a_result(refuses: dict[str, str], outcome: Outcome) -> None:
    async with a_post_office() as office:
        office.refuses |= refuses

        result = await mailed(office).page(PAGE)

    assert result.outcome is outcome
    assert office.letters == []


async def test_a_mail_server_that_is_not_there_has_taken_nothing() -> None:
    async with a_post_office() as office:
        pass

    assert (await mailed(office).page(PAGE)).outcome is Outcome.NOT_SENT


async def test_a_wrong_password_is_refused_and_not_tried_again_and_again() -> None:
    async with a_post_office() as office:
        office.refuses["AUTH"] = "535 who are you"

        result = await mailed(office, login="bot:s%40cret@").page(PAGE)

    assert (result.outcome, result.reason) == (Outcome.REFUSED, "535")


async def test_looking_at_a_mail_server_sends_nothing() -> None:
    async with a_post_office() as office:
        assert (await mailed(office).look()).outcome is Outcome.SENT

    assert office.letters == []
    assert [line[:4].lower() for line in office.heard] == ["ehlo", "mail", "rcpt", "rcpt"]


async def test_a_page_goes_where_it_is_addressed() -> None:
    async with a_hook() as hook:
        pagers = Pagers({WEBHOOK: hooked(hook)})

        sent = await pagers.perform(Act(ActKind.PAGE, WEBHOOK, page=PAGE))
        unknown = await pagers.perform(Act(ActKind.PAGE, MAIL, page=PAGE))

    assert (sent.outcome, unknown.outcome) == (Outcome.SENT, Outcome.REFUSED)
    assert len(hook.taken) == 1
