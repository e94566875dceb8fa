"""Telegram's HTML: text and entities out, or the very words Telegram refuses it with."""

import re
from dataclasses import dataclass, field

from bot.playground.controls import Json
from bot.playground.entities import units
from bot.playground.refusal import Refusal, bad_request

TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}
CHARACTER = re.compile(rb"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]+));?")
PLAIN = re.compile(rb"[^<&]+")
BLANK = b" \t\r\n\f\v"


def parse(text: str) -> tuple[str, list[Json]]:
    """Read HTML as Telegram does; raises `Refusal` with byte offsets as Telegram counts them."""
    reader = _Reader(text.encode())
    reader.read()
    entities = [_plain_code(entity) for entity in reader.entities]
    return "".join(reader.text), sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


@dataclass(slots=True)
class _Tag:
    name: str
    begin: int
    parts: int
    attributes: dict[str, str]


@dataclass(slots=True)
class _Reader:
    raw: bytes
    at: int = 0
    length: int = 0
    text: list[str] = field(default_factory=list)
    tags: list[_Tag] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def read(self) -> None:
        while self.at < len(self.raw):
            if self.raw.startswith(b"</", self.at):
                self._close()
            elif self.raw.startswith(b"<", self.at):
                self._open()
            else:
                self._add(self._plain())
        if self.tags:
            raise _refused(f'Can\'t find end tag corresponding to start tag "{self.tags[-1].name}"')

    def _plain(self) -> str:
        if plain := PLAIN.match(self.raw, self.at):
            self.at = plain.end()
            return plain.group().decode()
        return self._character()

    def _character(self) -> str:
        """What an ampersand stands for; itself when Telegram does not know the name."""
        match = CHARACTER.match(self.raw, self.at)
        meant = _meaning(match) if match else ""
        self.at = match.end() if match and meant else self.at + 1
        return meant or "&"

    def _add(self, plain: str) -> None:
        self.text.append(plain)
        self.length += units(plain)

    def _until(self, stops: bytes) -> bytes:
        begin = self.at
        while self.at < len(self.raw) and self.raw[self.at] not in stops:
            self.at += 1
        return self.raw[begin : self.at]

    def _blank(self) -> None:
        while self.at < len(self.raw) and self.raw[self.at] in BLANK:
            self.at += 1

    def _next_is(self, wanted: bytes) -> bool:
        return self.raw.startswith(wanted, self.at)

    def _open(self) -> None:
        begin = self.at
        self.at += 1
        name = self._until(BLANK + b">").decode().lower()
        if self.at >= len(self.raw):
            raise _refused(f"Unclosed start tag at byte offset {begin}")
        if name not in TYPES:
            raise _refused(f'Unsupported start tag "{name}" at byte offset {begin}')
        attributes = self._attributes(name, begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise _refused(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.tags.append(_Tag(name, self.length, len(self.text), attributes))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            self._blank()
            if self._next_is(b">"):
                self.at += 1
                return attributes
            name = self._until(BLANK + b"=>/\"'").decode().lower()
            if not name:
                raise _refused(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
            self._blank()
            if self.at >= len(self.raw):
                raise _refused(f'Unclosed start tag "{tag}" at byte offset {begin}')
            attributes[name] = self._value(tag, begin) if self._next_is(b"=") else ""
            if self.at >= len(self.raw):
                raise _refused(f"Unclosed start tag at byte offset {begin}")

    def _value(self, tag: str, begin: int) -> str:
        self.at += 1
        self._blank()
        if self.at >= len(self.raw):
            raise _refused(f'Unclosed start tag "{tag}" at byte offset {begin}')
        quote = self.raw[self.at : self.at + 1]
        if quote not in (b'"', b"'"):
            return self._token()
        self.at += 1
        value = []
        while self.at < len(self.raw) and not self._next_is(quote):
            value.append(self._character() if self._next_is(b"&") else self._until(b"&" + quote).decode())
        if self.at >= len(self.raw):
            raise _refused(f"Unclosed start tag at byte offset {begin}")
        self.at += 1
        return "".join(value)

    def _token(self) -> str:
        begin = self.at
        token = self._until(BLANK + b">")
        if not re.fullmatch(rb"[A-Za-z0-9.-]*", token):
            raise _refused(f"Unexpected end of name token at byte offset {begin}")
        return token.decode().lower()

    def _close(self) -> None:
        begin = self.at
        if not self.tags:
            raise _refused(f"Unexpected end tag at byte offset {begin}")
        self.at += 2
        name = self._until(BLANK + b">").decode().lower()
        self._blank()
        if not self._next_is(b">"):
            raise _refused(f"Unclosed end tag at byte offset {begin}")
        self.at += 1
        tag = self.tags.pop()
        if name and name != tag.name:
            raise _refused(f'Unmatched end tag at byte offset {begin}, expected "</{tag.name}>", found "</{name}>"')
        if self.length > tag.begin:
            self._keep(tag)

    def _keep(self, tag: _Tag) -> None:
        place: Json = {"type": TYPES[tag.name], "offset": tag.begin, "length": self.length - tag.begin}
        details = _details(tag, "".join(self.text[tag.parts :]))
        if details is None:
            return
        last = self.entities[-1] if self.entities else {}
        language = last.get("language") or details.get("language")
        if language and {last.get("type"), place["type"]} == {"code", "pre"} and _is_same_place(last, place):
            self.entities[-1] = place | {"type": "pre", "language": language}
        else:
            self.entities.append(place | details)


def _is_same_place(one: Json, other: Json) -> bool:
    return (one["offset"], one["length"]) == (other["offset"], other["length"])


def _plain_code(entity: Json) -> Json:
    """Only a block names its language; code within a line does not."""
    return {key: value for key, value in entity.items() if key != "language" or entity["type"] == "pre"}


def _details(tag: _Tag, inner: str) -> Json | None:
    """What an entity says beyond its place; None drops it, as Telegram drops links it cannot follow."""
    match tag.name:
        case "a":
            return _link(tag.attributes.get("href") or inner)
        case "code" if (language := tag.attributes.get("class", "")).startswith("language-"):
            return {"language": language.removeprefix("language-")}
        case "tg-emoji":
            return {"custom_emoji_id": tag.attributes.get("emoji-id", "")}
        case "tg-time":
            seconds = tag.attributes.get("unix", "")
            shown = {"date_time_format": tag.attributes["format"]} if tag.attributes.get("format") else {}
            return {"unix_time": int(seconds)} | shown if seconds.isdecimal() else None
        case "blockquote" if "expandable" in tag.attributes:
            return {"type": "expandable_blockquote"}
    return {}


def _link(url: str) -> Json | None:
    if re.fullmatch(r"(?:https?|tg|ton|tonsite)://[^\s]+", url):
        return {"url": url + "/" if re.fullmatch(r"https?://[^/?#]+", url) else url}
    if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+(?:[/?#][^\s]*)?", url):
        return _link(f"http://{url}")
    return None


def _meaning(match: re.Match[bytes]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name is not None:
        return NAMED.get(name, "")
    code = int(decimal) if decimal is not None else int(hexadecimal, 16)
    return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else ""


def _refused(why: str) -> Refusal:
    return bad_request(f"can't parse entities: {why}")
