"""What the bot says about itself: command menus per scope and language, descriptions, the menu button."""

from bot.playground.controls import Json
from bot.playground.conversation import Conversation

DEFAULT_BUTTON: Json = {"type": "commands"}


class Menus:
    """Kept by scope key, then language code ('' for everybody)."""

    def __init__(self) -> None:
        self._commands: dict[tuple[str, int, int], dict[str, list[Json]]] = {}
        self._buttons: dict[int, Json] = {}
        self.descriptions: dict[str, str] = {}
        self.short_descriptions: dict[str, str] = {}

    def set(self, scope: Json, language: str, commands: list[Json]) -> None:
        self._commands.setdefault(_key(scope), {})[language] = commands

    def get(self, scope: Json, language: str) -> list[Json]:
        return self._commands.get(_key(scope), {}).get(language, [])

    def delete(self, scope: Json, language: str) -> None:
        self._commands.get(_key(scope), {}).pop(language, None)

    def about(self) -> Json:
        """What an empty chat and the bot's profile say, for everybody."""
        return {
            "description": self.descriptions.get("", ""),
            "short_description": self.short_descriptions.get("", ""),
        }

    def set_button(self, chat_id: int, button: Json) -> None:
        self._buttons[chat_id] = button

    def button(self, chat_id: int) -> Json:
        """The chat's own button, else the default one (kept under 0)."""
        return self._buttons.get(chat_id) or self._buttons.get(0, DEFAULT_BUTTON)

    def shown_to(self, person_id: int, conversation: Conversation, language: str) -> list[Json]:
        """The one list Telegram would show, narrowest scope first, the person's language before any."""
        for scope in _scopes(person_id, conversation):
            by_language = self._commands.get(_key(scope), {})
            if found := by_language.get(language) or by_language.get(""):
                return found
        return []


def _key(scope: Json) -> tuple[str, int, int]:
    return scope.get("type", "default"), int(scope.get("chat_id", 0)), int(scope.get("user_id", 0))


def _scopes(person_id: int, conversation: Conversation) -> list[Json]:
    chat_id = conversation.chat.id
    if conversation.chat.is_private:
        return [{"type": "chat", "chat_id": chat_id}, {"type": "all_private_chats"}, {"type": "default"}]
    for_admins = conversation.member(person_id).is_admin
    own = [{"type": "chat_member", "chat_id": chat_id, "user_id": person_id}]
    of_chat = [{"type": "chat_administrators", "chat_id": chat_id}] if for_admins else []
    of_all = [{"type": "all_chat_administrators"}] if for_admins else []
    wide = [{"type": "all_group_chats"}, {"type": "default"}]
    return [*own, *of_chat, {"type": "chat", "chat_id": chat_id}, *of_all, *wide]
