"""Bot API methods about chats: looking, leaving, pinning, reacting."""

from bot.playground.controls import Json
from bot.playground.conversation import Conversation
from bot.playground.methods.target import named_message, need, readable, writable
from bot.playground.params import Params
from bot.playground.posting import announce, seat
from bot.playground.refusal import bad_request
from bot.playground.telegram import Telegram
from bot.playground.wire import chat_json, member_json, message_json, user_json
from bot.playground.world import Member, Status

PINNING = "manage pinned messages in the chat"
ALLOWED_EMOJI = (  # the reactions Telegram gives to everybody
    "👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 "
    "❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 "
    "😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ "
    "😡 "
)
REACTIONS = frozenset(ALLOWED_EMOJI.split())


def get_me(telegram: Telegram, _params: Params) -> object:
    return user_json(telegram.bot) | {
        "can_join_groups": True,
        "can_read_all_group_messages": not telegram.has_privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_chat(telegram: Telegram, params: Params) -> object:
    talk = readable(telegram, params)
    full: Json = chat_json(talk.chat, telegram)
    full |= {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
        ),
    }
    if talk.pins:
        pinned = talk.messages[talk.pins[-1]]
        full["pinned_message"] = message_json(pinned, telegram, with_reply=False)
    return full


def get_chat_member(telegram: Telegram, params: Params) -> object:
    talk = readable(telegram, params)
    user_id = params.whole("user_id")
    if user_id is None or user_id not in telegram.people:
        raise bad_request("PARTICIPANT_ID_INVALID" if user_id else "invalid user_id specified")
    return member_json(talk.member(user_id), telegram)


def get_chat_administrators(telegram: Telegram, params: Params) -> object:
    talk = readable(telegram, params)
    if talk.chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    people = [admin for admin in talk.admins() if not telegram.people[admin.person_id].is_bot]
    itself = [admin for admin in talk.admins() if admin.person_id == telegram.bot.id]
    return [member_json(admin, telegram) for admin in (*people, *itself)]


def ban_chat_member(telegram: Telegram, params: Params) -> object:
    talk, member = _somebody(telegram, params)
    if member.status is Status.CREATOR:
        raise bad_request("can't remove chat owner")
    if member.is_admin:
        raise bad_request("user is an administrator of the chat")
    seat(talk.chat.id, telegram.bot.id, Member(member.person_id, Status.KICKED), telegram)
    if member.is_present:
        left = {"left_chat_member": user_json(telegram.people[member.person_id])}
        announce(talk.chat.id, telegram.bot.id, left, telegram)
    return True


def unban_chat_member(telegram: Telegram, params: Params) -> object:
    """Without `only_if_banned` somebody who is there is put out, as on Telegram."""
    talk, member = _somebody(telegram, params)
    if member.status is Status.KICKED or (member.is_present and not params.flag("only_if_banned")):
        seat(talk.chat.id, telegram.bot.id, Member(member.person_id, Status.LEFT), telegram)
    return True


def _somebody(telegram: Telegram, params: Params) -> tuple[Conversation, Member]:
    talk = readable(telegram, params)
    if talk.chat.is_private:
        raise bad_request("can't remove members in private chats")
    need(telegram, talk, "can_restrict_members", "restrict/unrestrict chat member")
    user_id = params.whole("user_id")
    if user_id is None or user_id not in telegram.people:
        raise bad_request("PARTICIPANT_ID_INVALID" if user_id else "invalid user_id specified")
    return talk, talk.member(user_id)


def leave_chat(telegram: Telegram, params: Params) -> object:
    talk = readable(telegram, params)
    if talk.chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    bot = telegram.bot
    seat(talk.chat.id, bot.id, Member(bot.id, Status.LEFT), telegram)
    announce(talk.chat.id, bot.id, {"left_chat_member": user_json(bot)}, telegram)
    return True


def pin_chat_message(telegram: Telegram, params: Params) -> object:
    talk = writable(telegram, params)
    message = named_message(talk, params, "message to pin not found")
    if not talk.chat.is_private:
        need(telegram, talk, "can_pin_messages", PINNING)
    if message.message_id in talk.pins:
        talk.pins.remove(message.message_id)
    talk.pins.append(message.message_id)
    telegram.tell_pins(talk.chat.id)
    if not talk.chat.is_private:
        pinned = {"pinned_message": message_json(message, telegram, with_reply=False)}
        announce(talk.chat.id, telegram.bot.id, pinned, telegram, thread_id=message.thread_id)
    return True


def unpin_chat_message(telegram: Telegram, params: Params) -> object:
    talk = writable(telegram, params)
    if not talk.chat.is_private:
        need(telegram, talk, "can_pin_messages", PINNING)
    if params.has("message_id"):
        message_id: int | None = named_message(talk, params, "message to unpin not found").message_id
    else:
        message_id = talk.pins[-1] if talk.pins else None
    if message_id in talk.pins:
        talk.pins.remove(message_id)
        telegram.tell_pins(talk.chat.id)
    return True


def set_message_reaction(telegram: Telegram, params: Params) -> object:
    talk = writable(telegram, params)
    message = named_message(talk, params, "message to react not found")
    wanted = params.records("reaction")
    if len(wanted) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    emoji = str(wanted[0].get("emoji", "")) if wanted else None
    if emoji is not None and emoji not in REACTIONS:
        raise bad_request("REACTION_INVALID")
    telegram.react(talk.chat.id, message.message_id, telegram.bot.id, emoji)
    return True
