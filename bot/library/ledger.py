"""Which source fact is used where."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.library.shelf import ContentShelf

NEEDS_A_PLACE = frozenset({"MSG", "FAQ", "ENR", "PRE", "STAFF"})
"""Uses that some content must make of a fact."""
CAREFUL = frozenset({"AVOID", "TEMPER"})
"""Uses that need a claim in each language's `promises.toml`: how it may not be said, and what is said instead."""
RULES = ("/promises.toml", "/musts.toml", "/figures.toml")
"""Files that say nothing themselves: being named there is no use of a fact."""


@dataclass(frozen=True)
class UsedFact:
    """`where`: `file:key` of everything that names the fact among its sources; `reason`: why nothing does.

    `claims`: where its plain forms are refused.
    """

    id: str
    use: tuple[str, ...]
    where: tuple[str, ...]
    reason: str = ""
    claims: tuple[str, ...] = ()

    @property
    def is_a_gap(self) -> bool:
        unused = not self.where and not self.reason and not NEEDS_A_PLACE.isdisjoint(self.use)
        return unused or (not self.claims and not CAREFUL.isdisjoint(self.use))

    def as_json(self) -> dict[str, object]:
        return {"id": self.id, "use": list(self.use), "where": [*self.where, *self.claims]}


def used_facts(shelf: ContentShelf) -> list[UsedFact]:
    """Every fact of the ledger in its order, with the places that rest on it."""
    places = places_of(shelf.tables)
    claims = claims_of(shelf.tables)
    return [
        UsedFact(fact.id, fact.use, places.get(fact.id, ()), fact.reason, claims.get(fact.id, ()))
        for fact in shelf.ledger.fact
    ]


def places_of(tables: Mapping[str, Mapping[str, Any]]) -> Mapping[str, tuple[str, ...]]:
    """Source -> `file:key` of everything that names it; `tables`: the files by name."""
    places: dict[str, list[str]] = defaultdict(list)
    for name, table in tables.items():
        for key, source in _sources(table, "") if not name.endswith(RULES) else ():
            places[source].append(f"{name}:{key}" if key else name)
    return {source: tuple(found) for source, found in places.items()}


def claims_of(tables: Mapping[str, Mapping[str, Any]]) -> Mapping[str, tuple[str, ...]]:
    """Fact -> `file:key` of the claims that refuse its plain forms."""
    claims: dict[str, list[str]] = defaultdict(list)
    for name, table in tables.items():
        for claim in table.get("claim", ()) if name.endswith("/promises.toml") else ():
            claims[str(claim.get("fact"))].append(f"{name}:claim.{claim.get('fact')}")
    return {fact: tuple(found) for fact, found in claims.items()}


def _sources(value: object, key: str) -> Iterator[tuple[str, str]]:
    """(Key, source) of every `sources` list; items of a list go by their own id."""
    if isinstance(value, list):
        for item in value:
            yield from _sources(item, _inner(key, item))
    elif isinstance(value, dict):
        own = value.get("sources")
        yield from ((key, str(source)) for source in (own if isinstance(own, list) else ()))
        for name, inner in value.items():
            if name != "sources":
                yield from _sources(inner, f"{key}.{name}".lstrip("."))


def _inner(key: str, item: object) -> str:
    name = (
        next((item[own] for own in ("id", "thing", "symptom") if own in item), None) if isinstance(item, dict) else None
    )
    return f"{key}.{name}" if name is not None else key
