"""What people do, as JSON over HTTP: the contract between the playground's server and its page.

Every answer is `{"ok": true, "result": ...}` or, with status 400, `{"ok": false, "description": "why not"}`.
Ids are integers (people > 0, groups < 0; a private chat has its person's id); dates are Unix seconds; absent is null.

Reading
    GET /state              -> {"world", "seq", "bot": Bot, "people": [Person], "chats": [Chat], "messages": [Message],
                               "clock": Clock}: a bare object, no envelope
    GET /state?since=N      -> {"world", "seq", "events": [Event]}: what happened after event N; bare too
    GET /events?since=N     -> server-sent events `id: seq`, `event: kind`, `data: Event`; Last-Event-ID is honoured;
                               without `since`, from now on; a comment line every 15 s keeps the line open;
                               first comes `event: hello`, `data: {"world", "seq"}` without id: if `world` is not
                               the one of your /state, the server was restarted: read /state again
    GET /menu?person=P&chat=C -> {"commands": [{"command", "description"}], "menu_button": {"type", ...}}
    GET /files/<file_id>    -> the bytes (used in Message.media.url)
    GET /clock, POST /clock/{next|advance|pause|resume} -> Clock; advance takes {"seconds": N}
    Clock = {"now": ISO 8601 with offset, "paused": bool, "guide": [hint objects from the clock's owner]}

Shapes
    Bot     = {"id", "name", "username", "language_code", "is_bot": true, "description", "short_description"}
    Person  = {"id", "name", "username"|null, "language_code", "is_bot"}; the bot is listed too
    Chat    = {"id", "kind": "private"|"group"|"supergroup"|"channel", "title" ("" when private), "is_forum",
               "migrated_to"|null, "members": [Member], "topics": [Topic], "pins": [message_id, newest last],
               "keyboard": Keyboard}
              a private chat has the person and the bot as members; the bot's status there is
              "left" before the first start, "member" after it, "kicked" while the person blocks it
    Member  = {"person_id", "status": "creator"|"administrator"|"member"|"restricted"|"left"|"kicked",
               "rights": [..], "is_anonymous"}
    Topic   = {"thread_id", "name", "icon_color", "is_closed"}
    Keyboard = null, or the Bot API's ReplyKeyboardMarkup {"keyboard": [[{"text", "request_contact"?}]],
               "is_persistent"?, "resize_keyboard"?, "one_time_keyboard"?, "input_field_placeholder"?, "selective"?},
               or ForceReply {"force_reply": true, "input_field_placeholder"?, "message_id": what to reply to}
    Message = {"chat_id", "message_id", "thread_id"|null, "from": {"id"|null, "name", "is_bot", "is_anonymous"},
               "date", "edit_date"|null, "text" (or caption, "" if none),
               "entities": [MessageEntity of the Bot API, UTF-16 units],
               "media": null|{"kind": "photo"|"document"|"voice"|"video", "url", "name"|null, "mime_type"|null,
               "size", "width"|null, "height"|null, "duration"|null}, "album"|null (same value = one album),
               "contact": null|{"phone_number", "first_name", "last_name"?, "user_id"?},
               "service": null|{"kind": Bot API field such as "new_chat_members", "facts": its value},
               "buttons": [[{"text", "callback_data"? | "url"? | "copy_text"?: {"text"}}]], "reply_to": message_id|null,
               "forwarded", "pinned", "reactions": [{"person_id", "emoji"}], "protected", "silent"}

Events, each {"seq", "kind", ...}
    message   {"chat_id", "message": Message}            a new message, by anybody
    edited    {"chat_id", "message": Message}            text, caption or buttons changed
    deleted   {"chat_id", "message_ids": [..]}
    typing    {"chat_id", "thread_id"|null, "action"}    the bot is busy; show it for 5 s or until its next message
    tapped    {"chat_id", "message_id", "query_id", "person_id", "data"}
    answered  {"chat_id", "message_id", "query_id", "person_id", "text", "show_alert", "url"|null}   ends the spinner
    keyboard  {"chat_id", "keyboard": Keyboard}
    member    {"chat_id", "member": Member}
    chat      {"chat": Chat}                             created, renamed, upgraded, topics changed
    person    {"person": Person}
    pins      {"chat_id", "message_ids": [newest last]}
    reactions {"chat_id", "message_id", "reactions": [{"person_id", "emoji"}]}
    menu      {}                                         commands, menu button or descriptions changed: ask again
    clock     {"clock": Clock}                           after a turn, pause or resume over this API

Deeds: POST /people/<deed>, a JSON object, or multipart/form-data when a file goes with it (field `file`)
    new_person    {"first_name", "last_name"?, "username"?, "language_code"?, "phone_number"?}       -> Person
    new_group     {"by", "title", "members": [ids, the bot's too], "kind"?: "supergroup", "is_forum"?} -> Chat
    start         {"person", "payload"?}              opens the bot, as t.me/<bot>?start=<payload> does -> Message
    write         {"person", "chat", "text", "thread"?, "reply_to"?, "anonymous"?}                   -> Message
    edit          {"person", "chat", "message_id", "text"}                                           -> Message
    delete        {"person", "chat", "message_ids": [..]}                                            -> null
    tap           {"person", "chat", "message_id", "data"}    presses the button with this callback_data -> query_id
    photo, document, voice, video
                  {"person", "chat", file, "caption"?, "thread"?, "reply_to"?}                       -> Message
                  (in JSON: "content" in base64, "name"?, "mime_type"?)
    contact       {"person", "chat", "reply_to"?}     shares one's own number, as request_contact does -> Message
    react         {"person", "chat", "message_id", "emoji": string or null}                          -> null
    pin           {"person", "chat", "message_id"}                                                   -> null
    join, leave   {"person", "chat"}                                                                 -> null
    add, kick     {"person", "chat", "member"}        `person` does it to `member` (may be the bot)  -> null
    promote       {"person", "chat", "member", "rights"?: [..], "anonymous"?}  all rights if not named -> null
    demote        {"person", "chat", "member"}                                                       -> null
    restrict      {"person", "chat", "member", "rights": [speaking rights kept]}                     -> null
    block, unblock {"person"}                         the bot, in the private chat                   -> null
    new_topic     {"person", "chat", "name"}                                                         -> Topic
    upgrade       {"person", "chat", "is_forum"?}     a group becomes a supergroup with a new id     -> Chat
Every request needs a loopback Host and, if it sends an Origin header, its own origin in it.
"""

import asyncio
import inspect
import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.playground.bell import first_of
from bot.playground.belonging import Belonging
from bot.playground.clock_api import clock_view
from bot.playground.controls import Controls, Json
from bot.playground.people import People
from bot.playground.refusal import NotPossible
from bot.playground.telegram import Telegram
from bot.playground.view import chat_view, person_view, topic_view
from bot.playground.wishes import read_wishes
from bot.playground.world import Chat, Message, Person, Topic

LINE_STAYS_OPEN_AFTER = 15.0  # seconds without news before a comment line


@dataclass(frozen=True, slots=True)
class PeopleApi:
    """The routes by which a page, or a test, plays the people."""

    telegram: Telegram
    people: People
    belonging: Belonging
    controls: Controls
    closing: asyncio.Event

    def routes(self) -> list[Route]:
        return [
            Route("/state", self.state),
            Route("/events", self.events),
            Route("/menu", self.menu),
            Route("/files/{file_id}", self.file),
            Route("/people/{deed}", self.do, methods=["POST"]),
        ]

    async def state(self, request: Request) -> Response:
        journal = self.telegram.journal
        if "since" in request.query_params:
            events = journal.since(_number(request.query_params["since"]))
            return JSONResponse({"world": journal.world, "seq": journal.seq, "events": events})
        return JSONResponse(self._snapshot())

    async def events(self, request: Request) -> Response:
        last = request.headers.get("last-event-id") or request.query_params.get("since")
        since = self.telegram.journal.seq if last is None else _number(last)
        stream = self._stream(since)
        return StreamingResponse(stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def menu(self, request: Request) -> Response:
        person_id, chat_id = _number(request.query_params.get("person")), _number(request.query_params.get("chat"))
        person, conversation = self.telegram.people.get(person_id), self.telegram.find(chat_id)
        if person is None or conversation is None:
            return _refused("there is no such person or chat")
        commands = self.telegram.menus.shown_to(person_id, conversation, person.language_code)
        return _done({"commands": commands, "menu_button": self.telegram.menus.button(chat_id)})

    async def file(self, request: Request) -> Response:
        file = self.telegram.files.find(request.path_params["file_id"])
        if file is None:
            return _refused("there is no such file")
        # nothing somebody uploaded may run as a page of this origin
        headers = {"Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}
        return Response(file.content, media_type=file.mime_type, headers=headers)

    async def do(self, request: Request) -> Response:
        deed = self._deeds().get(request.path_params["deed"])
        if deed is None:
            return _refused("there is no such deed")
        try:
            wishes = await read_wishes(request)
            inspect.signature(deed).bind(**wishes)
            return _done(self._shown(deed(**wishes)))
        except (NotPossible, TypeError, ValueError, KeyError) as error:
            return _refused(str(error))

    def _deeds(self) -> Mapping[str, Callable[..., object]]:
        people, belonging = self.people, self.belonging
        spoken = (people.new_person, people.start, people.write, people.edit, people.delete, people.tap, people.contact)
        stood = (people.react, people.block, people.unblock, belonging.join, belonging.leave, belonging.add)
        ruled = (belonging.kick, belonging.promote, belonging.demote, belonging.restrict, belonging.pin)
        made = (belonging.new_group, belonging.new_topic, belonging.upgrade)
        sent = {kind: _sender(people, kind) for kind in ("photo", "document", "voice", "video")}
        return {deed.__name__: deed for deed in (*spoken, *stood, *ruled, *made)} | sent

    def _shown(self, outcome: object) -> object:
        match outcome:
            case Message():
                return self.telegram.message_view(outcome)
            case Person():
                return person_view(outcome)
            case Chat():
                return chat_view(self.telegram.conversations[outcome.id])
            case Topic():
                return topic_view(outcome)
        return outcome

    def _snapshot(self) -> Json:
        telegram = self.telegram
        talks = telegram.conversations.values()
        return {
            "world": telegram.journal.world,
            "seq": telegram.journal.seq,
            "bot": person_view(telegram.bot) | telegram.menus.about(),
            "people": [person_view(person) for person in telegram.people.values()],
            "chats": [chat_view(talk) for talk in talks],
            "messages": [telegram.message_view(message) for talk in talks for message in talk.messages.values()],
            "clock": clock_view(self.controls),
        }

    async def _stream(self, since: int) -> AsyncIterator[str]:
        journal = self.telegram.journal
        yield f"event: hello\ndata: {json.dumps({'world': journal.world, 'seq': journal.seq})}\n\n"
        while not self.closing.is_set():
            news = journal.news
            for event in journal.since(since):
                since = event["seq"]
                yield f"id: {since}\nevent: {event['kind']}\ndata: {json.dumps(event)}\n\n"
            if not await first_of(news.wait(), within=LINE_STAYS_OPEN_AFTER, unless=[self.closing.wait()]):
                yield ": still here\n\n"


def _sender(people: People, kind: str) -> Callable[..., Message]:
    def send(person: int, chat: int, content: bytes, **details: Any) -> Message:  # noqa: ANN401
        return people.send_file(kind, person, chat, content, **details)

    return send


def _number(text: str | None) -> int:
    return int(text) if text and text.lstrip("-").isdecimal() else 0


def _done(result: object) -> Response:
    return JSONResponse({"ok": True, "result": result})


def _refused(why: str) -> Response:
    return JSONResponse({"ok": False, "description": why}, status_code=400)
