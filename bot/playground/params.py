"""The parameters of one Bot API call, whatever encoding they came in."""

import json
from dataclasses import dataclass, field

from starlette.datastructures import UploadFile
from starlette.requests import Request

from bot.playground.controls import Json
from bot.playground.refusal import bad_request


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    mime_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Params:
    """Readers forgive what Telegram forgives: numbers and flags as text, JSON as text."""

    values: Json
    uploads: dict[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        return self.values.get(name) not in (None, "")

    def text(self, name: str) -> str:
        """Raises `Refusal` for halves of surrogate pairs, which are not text."""
        value = self.values.get(name, "")
        return _sound(value if isinstance(value, str) else json.dumps(value))

    def whole(self, name: str) -> int | None:
        value = self.values.get(name)
        try:
            return None if value in (None, "") else int(str(value))
        except ValueError:
            return None

    def flag(self, name: str) -> bool:
        return str(self.values.get(name, "")).lower() in ("true", "1", "yes")

    def parsed(self, name: str) -> object:
        """A nested value, given as such or as JSON text; None when absent. Raises `Refusal` when it is neither."""
        value = self.values.get(name)
        try:
            nested: object = json.loads(value) if isinstance(value, str) and value else value
        except ValueError as error:
            raise bad_request(f"can't parse {name} JSON object") from error
        if nested == "":
            return None
        _sound(json.dumps(nested, ensure_ascii=False))
        return nested

    def items(self, name: str) -> list[object] | None:
        """A nested array of plain values; None when absent. Raises `Refusal`."""
        value = self.parsed(name)
        if value is not None and not isinstance(value, list):
            raise bad_request(f"can't parse {name}: expected an Array")
        return value

    def record(self, name: str) -> Json:
        """A nested object, empty when absent."""
        value = self.parsed(name)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise bad_request(f"can't parse {name}: expected an Object")
        return value

    def records(self, name: str) -> list[Json]:
        """A nested array, empty when absent."""
        items = self.items(name) or []
        if not all(isinstance(item, dict) for item in items):
            raise bad_request(f"can't parse {name}: expected an Array of Objects")
        return [item for item in items if isinstance(item, dict)]


async def read_params(request: Request) -> Params:
    """Query string first, then the body: JSON, urlencoded or multipart."""
    values: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        return Params(values | await _from_json(request))
    uploads: dict[str, Upload] = {}
    if kind.startswith(("multipart/form-data", "application/x-www-form-urlencoded")):
        async with request.form(max_part_size=64 * 1024 * 1024) as form:
            for key, value in form.multi_items():
                if isinstance(value, UploadFile):
                    mime_type = value.content_type or ""
                    uploads[key] = Upload(value.filename or key, mime_type, await value.read())
                else:
                    values[key] = value
    return Params(values, uploads)


async def _from_json(request: Request) -> Json:
    try:
        body = json.loads(await request.body() or b"{}")
    except ValueError as error:
        raise bad_request("can't parse JSON object") from error
    if not isinstance(body, dict):
        raise bad_request("object expected")
    return body


def _sound(text: str) -> str:
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise bad_request("strings must be encoded in UTF-8")
    return text
