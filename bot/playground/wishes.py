"""The arguments of a deed as a request brings them, in the types the deeds expect."""

import base64
import binascii
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from bot.playground.refusal import NotPossible
from bot.playground.world import ChatKind

INTEGERS = frozenset({"person", "chat", "message_id", "thread", "reply_to", "member", "by"})
INTEGER_LISTS = frozenset({"message_ids", "members"})
FLAGS = frozenset({"anonymous", "is_forum"})


async def read_wishes(request: Request) -> dict[str, Any]:
    """The arguments of a deed, from JSON or a form, with the types the deeds expect."""
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await _from_form(request)
    raw = await request.json()
    if not isinstance(raw, dict):
        raise NotPossible("a JSON object is expected")
    wishes = {key: _typed(key, value) for key, value in raw.items() if value is not None or key == "emoji"}
    content = wishes.get("content")
    return wishes | ({"content": _bytes(content)} if isinstance(content, str) else {})


async def _from_form(request: Request) -> dict[str, Any]:
    wishes: dict[str, Any] = {}
    async with request.form() as form:
        for key, value in form.items():
            if isinstance(value, UploadFile):
                wishes |= {"content": await value.read(), "name": value.filename or key}
                wishes["mime_type"] = value.content_type or ""
            else:
                wishes[key] = _typed(key, value)
    return wishes


def _typed(key: str, value: Any) -> object:  # noqa: ANN401
    if key in INTEGERS:
        return int(value)
    if key in INTEGER_LISTS:
        return [int(item) for item in value]
    if key in FLAGS:
        return value in (True, "true", "1")
    return ChatKind(value) if key == "kind" else value


def _bytes(content: str) -> bytes:
    try:
        return base64.b64decode(content, validate=True)
    except binascii.Error as error:
        raise NotPossible("content is not base64") from error
