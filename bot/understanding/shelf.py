"""What one language's content files hold for understanding, as plain lists."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class WordShelf:
    """`topics` and `families`: id -> lines that patients say. `red` and `names`: the files as they are."""

    language: str
    topics: Mapping[str, Sequence[str]]
    families: Mapping[str, Sequence[str]]
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
            files[f"{language}/red_flags.toml"],
            files.get(f"{language}/concepts.toml", {}),
        )

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
    def short(self) -> Mapping[str, str]:
        return self.names.get("short", {})  # type: ignore[no-any-return]

    def words(self, table: str) -> frozenset[str]:
        """A list of words kept as one string: `plain` or `silent`."""
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


def raising(flag: Table) -> tuple[str, ...]:
    """Lines that mean this flag whatever the day."""
    return (*flag.get("examples", ()), *flag.get("ask_examples", ()), *flag.get("training", ()))
