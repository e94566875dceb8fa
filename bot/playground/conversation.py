"""One chat as it stands: who is in it, what was said, what is pinned; message ids count from one in each."""

from dataclasses import dataclass, field

from bot.playground.controls import Json
from bot.playground.world import Chat, Member, Message, Status, Topic


@dataclass(slots=True)
class Conversation:
    chat: Chat
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    pins: list[int] = field(default_factory=list)
    reactions: dict[int, dict[int, str]] = field(default_factory=dict)
    keyboard: Json | None = None
    last_id: int = 0

    def member(self, person_id: int) -> Member:
        return self.members.get(person_id, Member(person_id, Status.LEFT))

    def has(self, person_id: int) -> bool:
        return self.member(person_id).is_present

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def forget(self, message_id: int) -> None:
        self.messages.pop(message_id, None)
        self.reactions.pop(message_id, None)
        if message_id in self.pins:
            self.pins.remove(message_id)

    def admins(self) -> list[Member]:
        return [member for member in self.members.values() if member.is_admin]
