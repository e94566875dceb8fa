"""The page plays people over JSON: deeds, state and a stream of what changed."""

import asyncio
import base64
import json

import pytest

from bot.playground.controls import Json
from tests.playground.world import BOT_NAME, DOT, Scene


async def test_a_person_opens_a_link_and_writes(scene: Scene) -> None:
    anna = (await scene.do("new_person", first_name="Anna", username="anna_b"))["result"]

    started = await scene.do("start", person=anna["id"], payload="tok3n")
    written = await scene.do("write", person=anna["id"], chat=anna["id"], text="hello", reply_to=1)
    heard = [update.message.text for update in await scene.bot.get_updates() if update.message]

    assert heard == ["/start tok3n", "hello"]
    assert started["result"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert (written["result"]["from"]["name"], written["result"]["reply_to"]) == ("Anna", 1)


@pytest.mark.parametrize(
    ("deed", "wishes"),
    [
        ("fly", {}),
        ("write", {}),
        ("write", {"person": 1, "chat": 1, "text": "nobody"}),
        ("write", {"person": "x", "chat": 1, "text": "nobody"}),
        ("write", {"person": 1, "chat": 1, "text": "x", "colour": "blue"}),
        ("photo", {"person": 1, "chat": 1, "content": "not base64!"}),
        ("join", {"person": 1, "chat": -5}),
        ("new_group", {"by": 1, "title": "x", "kind": "crowd"}),
    ],
)
async def test_what_an_app_would_not_offer_is_refused(scene: Scene, deed: str, wishes: Json) -> None:
    answer = await scene.http.post(f"/people/{deed}", json=wishes)

    assert answer.status_code == 400
    assert answer.json()["ok"] is False
    assert answer.json()["description"]


@pytest.mark.parametrize("kind", ["photo", "document", "voice", "video"])
async def test_a_file_comes_from_a_form_and_can_be_fetched_by_both_sides(scene: Scene, kind: str) -> None:
    anna = scene.anna()

    data = {"person": str(anna.id), "chat": str(anna.id), "caption": "today"}
    answer = await scene.http.post(f"/people/{kind}", data=data, files={"file": ("skin.png", DOT, "image/png")})
    media = answer.json()["result"]["media"]
    shown = await scene.http.get(media["url"])
    message = (await scene.bot.get_updates())[0].message

    assert message is not None
    sent = message.photo[-1] if kind == "photo" else getattr(message, kind)
    assert (media["kind"], message.caption) == (kind, "today")
    assert bytes(await (await sent.get_file()).download_as_bytearray()) == shown.content == DOT


async def test_a_picture_from_the_bot_can_be_shown_by_a_page(scene: Scene) -> None:
    anna = scene.anna()

    sent = await scene.bot.send_photo(anna.id, DOT)
    shown = await scene.http.get(f"/files/{sent.photo[-1].file_id}")

    assert (shown.headers["content-type"], shown.content) == ("image/png", DOT)


async def test_a_file_may_come_as_base64(scene: Scene) -> None:
    anna = scene.anna()
    content = base64.b64encode(DOT).decode()

    answer = await scene.do("document", person=anna.id, chat=anna.id, content=content, name="a.png")

    assert (answer["result"]["media"]["name"], answer["result"]["media"]["size"]) == ("a.png", len(DOT))


async def test_ones_own_number_is_shared(scene: Scene) -> None:
    anna = scene.anna()

    await scene.do("contact", person=anna.id, chat=anna.id)
    message = (await scene.bot.get_updates())[0].message

    assert message is not None
    assert message.contact is not None
    assert (message.contact.user_id, message.contact.phone_number) == (anna.id, anna.phone_number)


async def test_the_state_holds_everything_a_page_needs(scene: Scene) -> None:
    anna, (maria, desk) = scene.anna(), scene.desk()
    await scene.bot.send_message(anna.id, "<b>Day</b> 1", parse_mode="HTML")

    state = (await scene.http.get("/state")).json()

    assert state["seq"] == scene.playground.telegram.journal.seq
    assert state["bot"]["username"] == BOT_NAME
    assert {anna.id, maria.id, scene.bot.id} <= {person["id"] for person in state["people"]}
    assert {chat["id"] for chat in state["chats"]} == {anna.id, maria.id, desk.id}
    assert [m["text"] for m in state["messages"] if m["chat_id"] == anna.id] == ["/start", "Day 1"]
    assert state["clock"] == {"now": "2026-11-20T09:00:00+00:00", "paused": False, "guide": [{"say": "Enrol Anna"}]}


async def test_what_happened_since_can_be_asked(scene: Scene) -> None:
    anna = scene.anna()
    seq = (await scene.http.get("/state")).json()["seq"]

    await scene.bot.send_message(anna.id, "hello")
    news = (await scene.http.get("/state", params={"since": seq})).json()

    assert [(event["kind"], event["message"]["text"]) for event in news["events"]] == [("message", "hello")]
    assert news["seq"] == news["events"][-1]["seq"]


async def test_the_stream_tells_what_changed_from_a_given_point(scene: Scene) -> None:
    anna = scene.anna()
    seq = scene.playground.telegram.journal.seq
    scene.people.write(anna.id, anna.id, "missed")

    async with asyncio.timeout(5), scene.http.stream("GET", "/events", headers={"Last-Event-ID": str(seq)}) as stream:
        lines = stream.aiter_lines()
        hello = await _next_event(lines.__anext__)
        missed = await _next_event(lines.__anext__)
        scene.people.write(anna.id, anna.id, "live")
        live = await _next_event(lines.__anext__)

    assert [event["message"]["text"] for event in (missed, live)] == ["missed", "live"]
    assert hello["world"] == (await scene.http.get("/state")).json()["world"]
    assert live["seq"] == missed["seq"] + 1


async def test_the_clock_is_turned_from_the_page(scene: Scene) -> None:
    await scene.http.post("/clock/next")
    await scene.http.post("/clock/advance", json={"seconds": 3600})
    paused = (await scene.http.post("/clock/pause")).json()["result"]
    resumed = (await scene.http.post("/clock/resume")).json()["result"]

    assert scene.controls.turns == ["next", "advance"]
    assert (paused["now"], paused["paused"]) == ("2026-11-20T10:10:00+00:00", True)
    assert resumed["paused"] is False
    assert scene.playground.telegram.journal.since(0)[-1]["kind"] == "clock"
    assert (await scene.http.get("/clock")).json()["result"] == resumed


@pytest.mark.parametrize(("turn", "body"), [("back", {}), ("advance", {}), ("advance", {"seconds": -1})])
async def test_the_clock_does_not_run_backwards(scene: Scene, turn: str, body: Json) -> None:
    answer = await scene.http.post(f"/clock/{turn}", json=body)

    assert answer.status_code == 400
    assert scene.controls.turns == []


async def _next_event(line: object) -> Json:
    """Read lines until one carries data."""
    assert callable(line)
    while not (text := str(await line())).startswith("data: "):
        continue
    event: Json = json.loads(text.removeprefix("data: "))
    return event
