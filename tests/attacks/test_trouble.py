"""Neither nonsense nor crowds keep a patient from being heard."""

import asyncio
from copy import deepcopy
from functools import partial
from random import Random

from bot.playground.controls import Json
from tests.attacks.intruder import Intruder, private, user
from tests.stories.story import Story

JUNK: tuple[object, ...] = (
    None, True, -1, 10**30, 1.5, 1e308, "", "x", "\ud83d", "\0", [], {}, [[]], {"id": {}}, "9" * 400,
)  # fmt: skip
FLOOD = 800
FIRST = 900_000_001
ANSWERED_WITHIN = 10.0
"""Seconds, on a busy machine."""


async def test_nonsense_is_put_aside_and_others_are_answered_at_once(story: Story, intruder: Intruder) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure"))
    anna, rng, kinds = story.person("Anna"), Random(7), _kinds(4242)

    for batch in range(5):
        already = len(story.heard("Anna"))
        raws = [_raw(FIRST + 200 * batch + number, rng, kinds) for number in range(200)]
        await story.scene.premises.intake.store(raws)
        story.scene.playground.people.write(anna, anna, "/today")
        await asyncio.wait_for(story.until(partial(_heard_more, story, already)), ANSWERED_WITHIN)

    assert await intruder.reads(lambda work: work.inbox.quarantined())


async def test_an_alert_overtakes_a_crowd_of_strangers(story: Story, intruder: Intruder) -> None:
    await story.agrees("Anna", await story.enrol("Anna picosure"))
    story.scene.premises.dispatching.paced = True
    crowd, rng = intruder.crowd(100), Random(2)
    lines = ("/start", "hello", "/today", "my throat is closing, i cannot breathe", "/patients", "/claim x")
    for _ in range(FLOOD):
        intruder.writes(rng.choice(crowd), rng.choice(lines))

    story.scene.playground.people.write(story.person("Anna"), story.person("Anna"), "my cheek is leaking yellow stuff")
    await story.until(lambda: any("leaking" in text for text in story.desk_heard()))

    waiting = await intruder.reads(lambda work: work.outbox.unfinished(at=story.scene.premises.clock.now()))
    assert waiting  # strangers' answers are still to leave
    story.scene.premises.dispatching.paced = False


def _heard_more(story: Story, already: int) -> bool:
    return len(story.heard("Anna")) > already


def _kinds(anna: int) -> list[tuple[str, Json]]:
    message: Json = {"message_id": 5, "date": 1, "chat": private(anna), "from": user(anna), "text": "can i wear makeup"}
    photo = {key: value for key, value in message.items() if key != "text"} | {"photo": [{"file_id": "a"}]}
    member = {"status": "member", "user": user(1)}
    return [
        ("message", message),
        ("message", photo),
        ("edited_message", message | {"edit_date": 2}),
        ("callback_query", {"id": "1", "from": user(anna), "chat_instance": "1", "data": "z", "message": message}),
        ("my_chat_member", {"chat": private(anna), "from": user(anna), "date": 1, "new_chat_member": member}),
        ("message_reaction", {"chat": private(anna), "message_id": 1, "user": user(anna), "date": 1}),
        ("no_such_kind", {"a": 1}),
    ]


def _raw(number: int, rng: Random, kinds: list[tuple[str, Json]]) -> Json:
    kind, body = rng.choice(kinds)
    return {"update_id": number, kind: _broken(deepcopy(body), rng)}


def _broken(body: Json, rng: Random) -> Json:
    """One part, at any depth, gone or replaced."""
    node = body
    key = rng.choice(list(node))
    while isinstance(node[key], dict) and node[key] and rng.random() < 0.6:
        node = node[key]
        key = rng.choice(list(node))
    if rng.random() < 0.3:
        del node[key]
    else:
        node[key] = rng.choice(JUNK)
    return body
