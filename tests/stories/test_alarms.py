"""The second alarm channel through the whole house, with real servers at the other end."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.play import playing
from bot.playground.faults import Trouble
from tests.first_start import first_start
from tests.operations.far_side import Hook, PostOffice, a_hook, a_post_office
from tests.own_content import CONTENT
from tests.stories.conftest import AFTERNOON
from tests.stories.story import Story

PUS = "pus is coming out and I have fever"
PAUSE = 300
"""Seconds for which Telegram wants to hear nothing."""


@asynccontextmanager
async def an_alarmed_story(folder: Path) -> AsyncIterator[tuple[Story, Hook, PostOffice]]:
    async with a_hook() as hook, a_post_office() as office:
        alarms = {
            "alarm_webhook_url": hook.url,
            "alarm_webhook_secret": "sixteen letters.",
            "alarm_smtp_url": office.url,
            "alarm_mail_from": "bot@clinic.example",
            "alarm_mail_to": "oncall@clinic.example",
        }
        async with playing(first_start(folder / "data"), start=AFTERNOON, content_dir=CONTENT, alarms=alarms) as scene:
            story = Story(scene)
            await story.agrees("Anna", await story.enrol("Anna picosure"))
            yield story, hook, office


def bodies(hook: Hook) -> list[dict[str, Any]]:
    return [json.loads(body) for _, _, body in hook.taken]


async def test_while_telegram_wants_to_hear_nothing_an_alert_rings_outside_it(tmp_path: Path) -> None:
    async with an_alarmed_story(tmp_path) as (story, hook, office):
        faults, clock = story.scene.playground.faults, story.scene.controls.clock
        faults.add(Trouble.TOO_MANY, method="sendMessage", times=None, seconds=PAUSE)
        story.scene.playground.people.write(story.person("Anna"), story.person("Anna"), PUS)
        await faults.hit()

        clock.advance(clock.now() + timedelta(seconds=31))
        clock.hold_at(None)
        await hook.rang.wait()

        assert not any("URGENT" in text for text in story.desk_heard())
        page = bodies(hook)[0]
        assert (page["why"], page["level"], page["code"]) == ("undelivered", "urgent", "A-1")
        assert "Anna" not in json.dumps(page)
        await office.taken()
        assert "Subject:" in office.letters[0]


async def test_an_alert_nobody_takes_is_paged_with_each_call(tmp_path: Path) -> None:
    async with an_alarmed_story(tmp_path) as (story, hook, office):
        await story.writes("Anna", PUS)

        await story.later(minutes=20)
        # the clock waits for Telegram only
        await story.until(lambda: len(hook.taken) > 1 and len(office.letters) > 1)

        assert [page["why"] for page in bodies(hook)] == ["untaken", "untaken"]
        assert len({page["id"] for page in bodies(hook)}) == 2
        assert len(office.letters) == 2


async def test_a_web_hook_in_trouble_gets_two_copies_at_most_and_the_desk_hears_of_it(tmp_path: Path) -> None:
    async with an_alarmed_story(tmp_path) as (story, hook, _):
        hook.coming += [500, 500, 500]
        await story.writes("Anna", PUS)

        await story.later(minutes=10)
        await story.until(lambda: any("second alarm channel" in text for text in story.desk_heard()))

        first, second = bodies(hook)
        assert first == second
        assert any("the web hook (500)" in text for text in story.desk_heard())
