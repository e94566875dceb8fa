"""The words of a message: parsed, trimmed, measured, with their entities."""

from bot.playground.controls import Json
from bot.playground.entities import trim, units, with_found
from bot.playground.html import parse
from bot.playground.params import Params
from bot.playground.refusal import bad_request

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024


def text_content(params: Params, *, too_long: str = "message is too long") -> Json:
    """`text` and `entities` of a text message. Raises `Refusal` when Telegram would not take the words."""
    text, entities = formatted(params.text("text"), params.text("parse_mode"), params.records("entities"))
    if not text:
        raise bad_request("message text is empty")
    if units(text) > TEXT_LIMIT:
        raise bad_request(too_long)
    return {"text": text} | ({"entities": entities} if entities else {})


def caption_content(caption: str, parse_mode: str, entities: list[Json]) -> Json:
    """`caption` and `caption_entities`; empty without a caption."""
    caption, entities = formatted(caption, parse_mode, entities)
    if units(caption) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    if not caption:
        return {}
    return {"caption": caption} | ({"caption_entities": entities} if entities else {})


def formatted(text: str, parse_mode: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Only HTML and none are spoken here; Telegram's two Markdowns are refused like an unknown mode."""
    if parse_mode.lower() == "html":
        text, entities = parse(text)
    elif parse_mode.lower() not in ("", "none"):
        raise bad_request("unsupported parse_mode")
    else:
        entities = [_checked(entity, units(text)) for entity in entities]
    text, entities = trim(text, entities)
    return text, with_found(text, entities)


def _checked(entity: Json, length: int) -> Json:
    kind, begin, size = (entity.get(name) for name in ("type", "offset", "length"))
    if not isinstance(kind, str) or not isinstance(begin, int) or not isinstance(size, int):
        raise bad_request("can't parse MessageEntity: expected an Object with type, offset and length")
    end = begin + size
    if begin < 0 or end > length:
        raise bad_request(
            f"entity beginning at UTF-16 offset {begin} ends after the end of the text at UTF-16 offset {end}"
        )
    return entity
