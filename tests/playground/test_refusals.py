"""What Telegram refuses is refused in Telegram's words, and counted."""

from dataclasses import asdict, dataclass
from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken

from bot.playground.controls import Json
from bot.playground.world import ChatKind
from tests.playground.world import DOT, TOKEN, Scene

LONG_DATA = {"inline_keyboard": [[{"text": "x", "callback_data": "é" * 33}]]}
NO_ACTION = {"inline_keyboard": [[{"text": "x"}]]}
BAD_URL = {"inline_keyboard": [[{"text": "x", "url": "not a link"}]]}
PHONE = {"keyboard": [[{"text": "x", "request_contact": True}]]}
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


@dataclass(frozen=True, slots=True)
class Stage:
    """Ids of a chat with one message of each side, and of a desk where the bot is a plain member."""

    anna: int
    hers: int
    ours: int
    plain: int
    fixed: int
    desk: int
    theirs: int


async def _set(scene: Scene) -> Stage:
    anna, (maria, desk) = scene.anna(), scene.desk()
    hers = scene.people.write(anna.id, anna.id, "hello")
    ours = await scene.bot.send_message(anna.id, "hello", parse_mode=None)
    plain = await scene.bot.send_photo(anna.id, DOT)
    keyboard: Json = {"keyboard": [[{"text": "x"}]]}
    fixed = (await scene.ask("sendMessage", chat_id=anna.id, text="x", reply_markup=keyboard))["result"]["message_id"]
    theirs = scene.people.write(maria.id, desk.id, "hello")
    return Stage(anna.id, hers.message_id, ours.message_id, plain.message_id, fixed, desk.id, theirs.message_id)


Call = tuple[str, Json, str]
CALLS: list[Call] = [
    ("sendMessage", {"text": "x"}, "chat_id is empty"),
    ("sendMessage", {"chat_id": 77, "text": "x"}, "chat not found"),
    ("sendMessage", {"chat_id": "@nobody", "text": "x"}, "chat not found"),
    ("sendMessage", {"chat_id": "$anna"}, "message text is empty"),
    ("sendMessage", {"chat_id": "$anna", "text": " \n "}, "message text is empty"),
    ("sendMessage", {"chat_id": "$anna", "text": "🌞" * 2049}, "message is too long"),
    ("sendMessage", {"chat_id": "$anna", "text": "x", "parse_mode": "Pig"}, "unsupported parse_mode"),
    (
        "sendMessage",
        {"chat_id": "$anna", "text": "<b>x", "parse_mode": "HTML"},
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    ("sendMessage", {"chat_id": "$anna", "text": "x", "reply_markup": LONG_DATA}, "BUTTON_DATA_INVALID"),
    (
        "sendMessage",
        {"chat_id": "$anna", "text": "x", "reply_markup": NO_ACTION},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        "sendMessage",
        {"chat_id": "$anna", "text": "x", "reply_markup": BAD_URL},
        "inline keyboard button URL 'not a link' is invalid: Wrong HTTP URL",
    ),
    ("sendMessage", {"chat_id": "$anna", "text": "x", "reply_markup": [1]}, "object expected as reply markup"),
    (
        "sendMessage",
        {"chat_id": "$desk", "text": "x", "reply_markup": PHONE},
        "phone number can be requested in private chats only",
    ),
    (
        "sendMessage",
        {"chat_id": "$anna", "text": "x", "reply_parameters": {"message_id": 99}},
        "message to be replied not found",
    ),
    ("sendMessage", {"chat_id": "$anna", "text": "x", "message_thread_id": 9}, "message thread not found"),
    ("sendPhoto", {"chat_id": "$anna"}, "there is no photo in the request"),
    ("sendPhoto", {"chat_id": "$anna", "photo": "?"}, "wrong file identifier/HTTP URL specified"),
    ("sendMediaGroup", {"chat_id": "$anna", "media": []}, "there are no messages to send"),
    ("getFile", {"file_id": "?"}, "invalid file_id"),
    ("editMessageText", {"chat_id": "$anna", "message_id": 99, "text": "x"}, "message to edit not found"),
    ("editMessageText", {"chat_id": "$anna", "message_id": "$hers", "text": "x"}, "message can't be edited"),
    ("editMessageText", {"chat_id": "$anna", "message_id": "$fixed", "text": "y"}, "message can't be edited"),
    ("editMessageText", {"chat_id": "$anna", "message_id": "$ours", "text": "hello"}, NOT_MODIFIED),
    ("editMessageText", {"chat_id": "$anna", "message_id": "$ours", "text": "x" * 4097}, "MESSAGE_TOO_LONG"),
    (
        "editMessageText",
        {"chat_id": "$anna", "message_id": "$plain", "text": "x"},
        "there is no text in the message to edit",
    ),
    (
        "editMessageCaption",
        {"chat_id": "$anna", "message_id": "$ours", "caption": "x"},
        "there is no caption in the message to edit",
    ),
    (
        "editMessageCaption",
        {"chat_id": "$anna", "message_id": "$plain", "caption": "x" * 1025},
        "message caption is too long",
    ),
    ("editMessageReplyMarkup", {"chat_id": "$anna", "message_id": "$ours"}, NOT_MODIFIED),
    ("deleteMessage", {"chat_id": "$anna", "message_id": 99}, "message to delete not found"),
    ("deleteMessage", {"chat_id": "$desk", "message_id": "$theirs"}, "message can't be deleted"),
    (
        "answerCallbackQuery",
        {"callback_query_id": "7"},
        "query is too old and response timeout expired or query ID is invalid",
    ),
    ("sendChatAction", {"chat_id": "$anna", "action": "dance"}, "wrong parameter action in request"),
    (
        "copyMessage",
        {"chat_id": "$anna", "from_chat_id": "$anna", "message_id": 99},
        "message to copy not found",
    ),
    (
        "forwardMessage",
        {"chat_id": "$anna", "from_chat_id": "$anna", "message_id": 99},
        "message to forward not found",
    ),
    (
        "pinChatMessage",
        {"chat_id": "$desk", "message_id": "$theirs"},
        "not enough rights to manage pinned messages in the chat",
    ),
    ("pinChatMessage", {"chat_id": "$anna", "message_id": 99}, "message to pin not found"),
    ("createForumTopic", {"chat_id": "$desk", "name": "A-17"}, "the chat is not a forum"),
    ("getChatMember", {"chat_id": "$desk", "user_id": 77}, "PARTICIPANT_ID_INVALID"),
    (
        "getChatAdministrators",
        {"chat_id": "$anna"},
        "there are no administrators in the private chat",
    ),
    ("leaveChat", {"chat_id": "$anna"}, "chat member status can't be changed in private chats"),
    (
        "setMessageReaction",
        {"chat_id": "$anna", "message_id": "$hers", "reaction": [{"type": "emoji", "emoji": "🧽"}]},
        "REACTION_INVALID",
    ),
    ("setMyCommands", {"commands": [{"command": "To Day", "description": "x"}]}, "BOT_COMMAND_INVALID"),
    (
        "setMyCommands",
        {"commands": [{"command": "today", "description": ""}]},
        "BOT_COMMAND_DESCRIPTION_INVALID",
    ),
    (
        "setWebhook",
        {"url": "http://example.org/hook"},
        "bad webhook: An HTTPS URL must be provided for webhook",
    ),
    (
        "setWebhook",
        {"url": "https://example.org/", "secret_token": "no spaces"},
        "secret token contains unallowed characters",
    ),
]


def _at(stage: dict[str, int], wishes: Json) -> Json:
    """The wishes with `$name` replaced by the id of that name on the stage."""
    return {key: stage.get(value[1:], value) if isinstance(value, str) else value for key, value in wishes.items()}


async def test_bad_requests_are_refused_in_telegrams_words(scene: Scene) -> None:
    stage = asdict(await _set(scene))

    answers = [await scene.ask(method, **_at(stage, wishes)) for method, wishes, _ in CALLS]

    assert [answer.get("description") for answer in answers] == [f"Bad Request: {why}" for _, _, why in CALLS]
    assert {answer["error_code"] for answer in answers} == {400}
    assert [refused.method for refused in scene.playground.refusals] == [method for method, _, _ in CALLS]


async def test_a_stranger_cannot_be_written_to_first(scene: Scene) -> None:
    stranger = scene.people.new_person("Zoe")

    with pytest.raises(Forbidden, match=r"(?i)bot can't initiate conversation with a user"):
        await scene.bot.send_message(stranger.id, "hello")


async def test_a_person_who_blocked_the_bot_hears_nothing(scene: Scene) -> None:
    anna = scene.anna()
    scene.people.block(anna.id)

    with pytest.raises(Forbidden, match=r"(?i)bot was blocked by the user"):
        await scene.bot.send_message(anna.id, "hello")


async def test_a_bot_thrown_out_of_a_group_cannot_write_there(scene: Scene) -> None:
    maria, desk = scene.desk()
    scene.belonging.kick(maria.id, desk.id, scene.bot.id)

    with pytest.raises(Forbidden, match=r"(?i)bot was kicked from the supergroup chat"):
        await scene.bot.send_message(desk.id, "hello")


async def test_a_bot_that_left_is_not_a_member(scene: Scene) -> None:
    _, desk = scene.desk()
    await scene.bot.leave_chat(desk.id)

    with pytest.raises(Forbidden, match=r"(?i)bot is not a member of the supergroup chat"):
        await scene.bot.send_message(desk.id, "hello")


async def test_a_restricted_bot_lacks_the_right_to_write(scene: Scene) -> None:
    maria, desk = scene.desk()
    scene.belonging.restrict(maria.id, desk.id, scene.bot.id)

    with pytest.raises(BadRequest, match=r"(?i)not enough rights to send text messages to the chat"):
        await scene.bot.send_message(desk.id, "hello")


async def test_an_upgraded_group_names_its_new_id(scene: Scene) -> None:
    maria = scene.people.new_person("Maria")
    group = scene.belonging.new_group(maria.id, "Desk", [scene.bot.id], kind=ChatKind.GROUP)
    upgraded = scene.belonging.upgrade(maria.id, group.id)

    with pytest.raises(ChatMigrated) as moved:
        await scene.bot.send_message(group.id, "hello")

    assert moved.value.new_chat_id == upgraded.id


async def test_a_photo_must_be_a_picture(scene: Scene) -> None:
    anna = scene.anna()

    with pytest.raises(BadRequest, match=r"(?i)IMAGE_PROCESS_FAILED"):
        await scene.bot.send_photo(anna.id, b"not a picture")
    with pytest.raises(BadRequest, match=r"(?i)file must be non-empty"):
        await scene.bot.send_document(anna.id, b"")


async def test_after_two_days_a_private_message_stays(scene: Scene) -> None:
    anna = scene.anna()
    sent = await scene.bot.send_message(anna.id, "hello")
    scene.controls.at += timedelta(hours=48, seconds=1)

    with pytest.raises(BadRequest, match=r"(?i)message can't be deleted for everyone"):
        await scene.bot.delete_message(anna.id, sent.message_id)


async def test_a_protected_message_cannot_be_copied(scene: Scene) -> None:
    anna = scene.anna()
    sent = await scene.bot.send_message(anna.id, "A-17", protect_content=True)

    with pytest.raises(BadRequest, match=r"(?i)the message can't be copied"):
        await scene.bot.copy_message(anna.id, anna.id, sent.message_id)


async def test_wrong_tokens_and_unknown_methods_are_told_apart(scene: Scene) -> None:
    wrong = await scene.http.get("/bot4200:other/getMe")
    broken = await scene.http.get("/botnonsense/getMe")
    unknown = await scene.http.get(f"/bot{TOKEN}/sendPigeon")

    assert [(answer.status_code, answer.json()["description"]) for answer in (wrong, broken, unknown)] == [
        (401, "Unauthorized"),
        (404, "Not Found"),
        (404, "Not Found: method not found"),
    ]


async def test_a_client_with_the_wrong_token_is_told(scene: Scene) -> None:
    stranger = Bot("1:x", base_url=str(scene.http.base_url.join("/bot")))

    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()


async def test_unknown_parameters_and_any_case_are_forgiven(scene: Scene) -> None:
    anna = scene.anna()

    answer = await scene.ask("SENDMESSAGE", chat_id=str(anna.id), text="x", colour="blue")

    assert answer["ok"]
    assert scene.playground.refusals == []


async def test_what_the_query_string_and_a_form_say_counts_too(scene: Scene) -> None:
    anna = scene.anna()

    by_query = await scene.http.get(f"/bot{TOKEN}/sendMessage", params={"chat_id": anna.id, "text": "one"})
    by_form = await scene.http.post(f"/bot{TOKEN}/sendMessage", data={"chat_id": str(anna.id), "text": "two"})

    assert [answer.json()["result"]["text"] for answer in (by_query, by_form)] == ["one", "two"]
