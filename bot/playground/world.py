"""The values a local Telegram is made of: people, chats, members, topics, messages and taps."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.playground.controls import Json

ANONYMOUS_ADMIN_ID = 1087968824  # Telegram's own GroupAnonymousBot


class ChatKind(StrEnum):
    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


class Status(StrEnum):
    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    RESTRICTED = "restricted"
    LEFT = "left"
    KICKED = "kicked"


ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
)
SPEAKING_RIGHTS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
)


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "en"
    phone_number: str = ""
    is_bot: bool = False

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True)
class Chat:
    id: int
    kind: ChatKind
    title: str = ""
    username: str = ""
    is_forum: bool = False
    migrated_to: int | None = None

    @property
    def is_private(self) -> bool:
        return self.kind is ChatKind.PRIVATE

    @property
    def is_group(self) -> bool:
        return self.kind in (ChatKind.GROUP, ChatKind.SUPERGROUP)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody's standing in a chat; `rights` are an admin's, or the speaking rights left to a restricted member."""

    person_id: int
    status: Status
    rights: frozenset[str] = frozenset()
    is_anonymous: bool = False

    @property
    def is_present(self) -> bool:
        return self.status not in (Status.LEFT, Status.KICKED)

    @property
    def is_admin(self) -> bool:
        return self.status in (Status.CREATOR, Status.ADMINISTRATOR)

    def may(self, right: str) -> bool:
        """Whether an admin right is held; an ordinary member holds none."""
        return self.status is Status.CREATOR or (self.status is Status.ADMINISTRATOR and right in self.rights)

    def may_speak(self, right: str = "can_send_messages") -> bool:
        return self.is_present and (self.status is not Status.RESTRICTED or right in self.rights)


@dataclass(frozen=True, slots=True)
class Topic:
    thread_id: int
    name: str
    icon_color: int
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """One message; `content` holds the Bot API fields that say what it is (text, photo, new_chat_members ...)."""

    chat_id: int
    message_id: int
    sender_id: int
    date: datetime
    content: Json = field(default_factory=dict)
    thread_id: int | None = None
    reply_to: int | None = None
    buttons: Json | None = None
    edited: datetime | None = None
    forward_origin: Json | None = None
    album: str | None = None
    is_protected: bool = False
    is_silent: bool = False
    is_anonymous: bool = False
    is_service: bool = False
    is_fixed: bool = False  # came with a reply keyboard, which Telegram never lets a bot edit

    def changed(self, content: Json, buttons: Json | None, *, at: datetime) -> "Message":
        return replace(self, content=content, buttons=buttons, edited=at)


@dataclass(frozen=True, slots=True)
class Tap:
    """A callback query that waits for its answer; `tapped` is machine time in seconds."""

    id: str
    person_id: int
    chat_id: int
    message_id: int
    data: str
    tapped: float
