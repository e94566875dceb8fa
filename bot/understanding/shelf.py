"""What one language's content files hold for understanding, as plain lists."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

Table = Mapping[str, Any]
Files = Mapping[str, Table]
"""Path below `content/` (`en/faq/makeup.toml`) -> what the file says."""


def languages_of(files: Files) -> list[str]:
    """Languages that danger signs are described in, in the order of the files."""
    return [path.split("/")[0] for path in files if path.endswith("/red_flags.toml")]


READ = ("red_flags.toml", "concepts.toml", "out_of_scope.toml")
UNREAD = "answer"
"""What a topic answers takes no part in understanding."""


def read_of(files: Files) -> Files:
    """All that understanding is built of: where it is the same, so is what is understood."""
    topics = {
        path: {key: value for key, value in table.items() if key != UNREAD}
        for path, table in files.items()
        if "/faq/" in path
    }
    return topics | {path: table for path, table in files.items() if path.partition("/")[2] in READ}


LEARNED = ("id", "level", "examples", "ask_examples", "training", "counters")
"""Of a danger sign, what is learned from."""


@dataclass(frozen=True)
class WordShelf:
    """`topics` and `families`: id -> lines that patients say. `red` and `names`: the files as they are."""

    language: str
    topics: Mapping[str, Sequence[str]]
    families: Mapping[str, Sequence[str]]
    also: Mapping[str, Sequence[str]]
    """Topic -> others whose answer serves as well."""
    symptoms: frozenset[str]
    """Topics about something felt or seen: told before others."""
    red: Table
    names: Table

    @classmethod
    def of(cls, language: str, files: Files) -> Self:
        start = f"{language}/faq/"
        topics = {path.removeprefix(start).removesuffix(".toml"): path for path in files if path.startswith(start)}
        families = files.get(f"{language}/out_of_scope.toml", {}).get("family", ())
        return cls(
            language,
            {topic: tuple(files[path]["phrasings"]) for topic, path in topics.items()},
            {family["id"]: tuple(family["examples"]) for family in families},
            {topic: tuple(files[path].get("also", ())) for topic, path in topics.items()},
            frozenset(topic for topic, path in topics.items() if files[path].get("symptom")),
            files[f"{language}/red_flags.toml"],
            files.get(f"{language}/concepts.toml", {}),
        )

    def as_json(self) -> str:
        """All that is learned from; the same text for the same words."""
        return self._text

    @cached_property
    def _text(self) -> str:
        # a start asks for it five times
        return _as_text({**vars(self), "red": self._learned_from})

    @property
    def _learned_from(self) -> Table:
        """Without advice and rules: they may change without anything to be learned anew."""
        flags = [{key: flag[key] for key in LEARNED if key in flag} for flag in self.flags]
        return {**{key: self.red[key] for key in ("words", "scopes", "calm") if key in self.red}, "flag": flags}

    @classmethod
    def from_json(cls, text: str) -> Self:
        told = json.loads(text)
        return cls(**{**told, "symptoms": frozenset(told["symptoms"])})

    @property
    def flags(self) -> Sequence[Table]:
        return self.red["flag"]  # type: ignore[no-any-return]

    @property
    def signs(self) -> dict[str, Iterable[str]]:
        """Concepts of danger signs, and of what takes them back."""
        return {**self.red["words"], **self.red["scopes"]}

    @property
    def places(self) -> frozenset[str]:
        """Concepts of places where a same-day sign counts as urgent."""
        return frozenset(self.red.get("places", ()))

    @property
    def concepts(self) -> Mapping[str, Iterable[str]]:
        return self.names.get("concepts", {})  # type: ignore[no-any-return]

    @property
    def treatments(self) -> Mapping[str, Iterable[str]]:
        """Column of days -> what patients call the treatment."""
        return self.names.get("treatments", {})  # type: ignore[no-any-return]

    @property
    def short(self) -> Mapping[str, str]:
        return self.names.get("short", {})  # type: ignore[no-any-return]

    def words(self, table: str) -> frozenset[str]:
        """A list of words kept as one string: `plain`, `silent` or `leaning`."""
        return frozenset(str(self.names.get(table, {}).get("words", "")).split())

    def ordinary(self) -> Iterator[str]:
        """Lines that are no danger sign."""
        for lines in (*self.topics.values(), *self.families.values()):
            yield from lines
        for flag in self.flags:
            yield from flag.get("counters", ())
        for lines in self.red.get("calm", {}).values():
            yield from lines

    def dangerous(self) -> Iterator[str]:
        for flag in self.flags:
            yield from raising(flag)


def _as_text(told: object) -> str:
    return json.dumps(told, sort_keys=True, ensure_ascii=True, default=_plain)


def _plain(value: object) -> object:
    """What JSON does not know: tables that cannot be changed, sets, dates."""
    if isinstance(value, Mapping):
        return dict(value)
    return sorted(value) if isinstance(value, Set) else str(value)


def raising(flag: Table) -> tuple[str, ...]:
    """Lines that mean this flag whatever the day."""
    return (*flag.get("examples", ()), *flag.get("ask_examples", ()), *flag.get("training", ()))
