"""Text in UTF-16 units, and what Telegram finds in it by itself: commands, links, mentions, addresses."""

import re

from bot.playground.controls import Json

FOUND_BY_ITSELF = (
    ("bot_command", re.compile(r"(?<![\w/@<>&])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])")),
    ("url", re.compile(r"(?<![\w@.])(?:https?://[^\s<>\"]+|t\.me/[^\s<>\"]+)[^\s<>\".,;:!?)]")),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z]\w{3,31}\b")),
)


def units(text: str) -> int:
    """Length in UTF-16 code units, as Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def cut(text: str, entity: Json) -> str:
    """The stretch of text an entity covers."""
    raw = text.encode("utf-16-le")
    begin = 2 * int(entity["offset"])
    return raw[begin : begin + 2 * int(entity["length"])].decode("utf-16-le")


def trim(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Without the blank edges that Telegram cuts off; entities move along, empty ones vanish."""
    lead = units(text) - units(text.lstrip())
    text = text.strip()
    moved = (_clip(entity, lead, units(text)) for entity in entities)
    return text, [entity for entity in moved if entity["length"] > 0]


def _clip(entity: Json, lead: int, total: int) -> Json:
    begin = max(entity["offset"] - lead, 0)
    end = min(entity["offset"] + entity["length"] - lead, total)
    return {**entity, "offset": begin, "length": end - begin}


def with_found(text: str, entities: list[Json]) -> list[Json]:
    """The given entities and those Telegram marks unasked, in order; nothing is marked twice."""
    taken = [(entity["offset"], entity["offset"] + entity["length"]) for entity in entities if _hides(entity)]
    found: list[Json] = []
    for kind, pattern in FOUND_BY_ITSELF:
        for match in pattern.finditer(text):
            begin = units(text[: match.start()])
            end = begin + units(match.group())
            if all(end <= other_begin or begin >= other_end for other_begin, other_end in taken):
                taken.append((begin, end))
                found.append({"type": kind, "offset": begin, "length": end - begin})
    return sorted([*entities, *found], key=lambda entity: (entity["offset"], -entity["length"]))


def _hides(entity: Json) -> bool:
    return entity["type"] in ("code", "pre", "text_link", "text_mention", "url", "bot_command", "mention", "email")
