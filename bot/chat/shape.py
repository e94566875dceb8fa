"""Whether an update has the types that Telegram promises where we rely on them."""

WHO = frozenset({"chat", "from", "user", "sender_chat", "sender_user"})
NUMBERS = frozenset({"update_id", "message_id", "message_thread_id"})
WORDS = frozenset({"text", "caption", "data", "first_name", "language_code", "title", "type"})
MESSAGES = frozenset({"message", "edited_message", "reply_to_message"})
LARGEST = 2**63


def is_sound(raw: object) -> bool:
    """False for what no database and no rule of ours could take; how deep is for the caller's stack to say."""
    match raw:
        case dict():
            return all(_fits(str(key), value) and is_sound(value) for key, value in raw.items())
        case list():
            return all(map(is_sound, raw))
    return True


def _fits(key: str, value: object) -> bool:
    if key in WHO:
        return isinstance(value, dict) and _is_number(value.get("id"))
    if key in MESSAGES:
        return isinstance(value, dict) and {"chat", "message_id"} <= value.keys()
    if key in NUMBERS:
        return _is_number(value)
    return isinstance(value, str) if key in WORDS else True


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and -LARGEST <= value < LARGEST
