"""Every variant and every branch is said to somebody: none stands where an earlier one, or the world, forbids it."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import islice, product

from bot.care.model.protocol import Anchor, Step
from bot.care.model.words import DIMENSIONS
from bot.library.checks.step_words import users_of
from bot.library.content import Content
from bot.library.faults import Notes
from bot.library.places import Path
from bot.library.shelf import keyed
from bot.library.wording import Variant, Words

MOST_SITUATIONS = 50_000
"""Beyond this nobody can say any more who reads what."""

Situation = dict[str, str]
Groups = list[tuple[Situation, ...]]
Limits = Mapping[str, frozenset[str]]
Surfaces = tuple[tuple[str, str], ...]
"""(Treatment, a surface that it can have)."""
Unsaid = tuple[Path, int | None, str]
"""(Where it stands, line from 0 in the text for a branch, what is wrong)."""


def check_reachable(content: Content, notes: Notes) -> None:
    del notes
    unsaid_of = _reader(_surfaces(content))
    limits = {f"steps/{key}": _limits(content, key, steps) for key, steps in users_of(content).items()}
    for tongue in content.tongues.values():
        for key, words in keyed(tongue):
            if not words.dimensions and len(words.variants) == 1:
                continue
            limited = limits.get("/".join(key.split("/")[:3]), {})
            for path, line, reason in unsaid_of(words, tuple(sorted(limited.items()))):
                file = content.files[words.file]
                file.fault(path, reason) if line is None else file.fault_in_text(path, line, reason)


@lru_cache(maxsize=4)
def _reader(surfaces: Surfaces) -> Callable[[Words, tuple[tuple[str, frozenset[str]], ...]], tuple[Unsaid, ...]]:
    """Words, and what can be so when they are said -> what nobody hears of them; worked out once for each."""
    groups = _together(surfaces)

    @lru_cache(maxsize=256)
    def ways(names: frozenset[str]) -> tuple[Situation, ...]:
        return tuple(islice(situations(names, groups), MOST_SITUATIONS + 1))

    @lru_cache(maxsize=1024)
    def unsaid(words: Words, limits: tuple[tuple[str, frozenset[str]], ...]) -> tuple[Unsaid, ...]:
        limited = dict(limits)
        return tuple(_unsaid(words, ways(words.dimensions | _tied(words, limited, groups)), limited))

    return unsaid


def _tied(words: Words, limits: Limits, groups: Groups) -> frozenset[str]:
    """Limited dimensions that hang together with one on which the words depend."""
    held = {name for group in groups if not words.dimensions.isdisjoint(group[0]) for name in group[0]}
    return frozenset(limits.keys() & held)


def situations(names: frozenset[str], groups: Groups) -> Iterator[Situation]:
    """Every way in which what is named can really turn out together, each once."""
    used = [_ways(group, names) for group in groups if not names.isdisjoint(group[0])]
    grouped = {name for group in used for name in group[0]}
    alone = [tuple({name: value} for value in DIMENSIONS[name]) for name in sorted(names - grouped)]
    for parts in product(*used, *alone):
        yield {name: value for part in parts for name, value in part.items()}


def _ways(group: tuple[Situation, ...], names: frozenset[str]) -> tuple[Situation, ...]:
    """Ways that differ in nothing that is named come once."""
    named = ({name: value for name, value in way.items() if name in names} for way in group)
    return tuple({tuple(way.items()): way for way in named}.values())


def together(content: Content) -> Groups:
    """Dimensions that hang together, with what they may be at once."""
    return _together(_surfaces(content))


def _surfaces(content: Content) -> Surfaces:
    # a treatment that the clinic took away leaves its words in shared phrases behind
    own = {name: (protocol.surface.value,) for name, protocol in content.protocols.items()}
    return tuple((name, one) for name in DIMENSIONS["protocol"] for one in own.get(name, DIMENSIONS["surface"]))


def _together(surfaces: Surfaces) -> Groups:
    areas = [(area, "yes" if area == "face" else "no") for area in DIMENSIONS["area"]]
    gates = [("before-first", "unanswered"), ("early", "unanswered"), ("early", "not-calm"), ("late", "calm")]
    nexts = [("unknown", "no"), ("known", "no"), ("known", "yes")]
    pairs = [("protocol", "surface", [*surfaces]), ("area", "face", areas), ("phase", "gate", gates)]
    pairs.append(("next", "near_next", nexts))
    return [tuple({one: a, other: b} for a, b in values) for one, other, values in pairs if values] + [
        # nobody is ever told that they may smoke (facts 3.8)
        tuple({"smoking": state} for state in DIMENSIONS["smoking"] if state != "open")
    ]


def _limits(content: Content, key: str, steps: list[Step]) -> Limits:
    """What can be so when these steps are said: by their treatments and by the session they belong to."""
    said_by = {name: protocol.column for name, protocol in content.protocols.items() for step in protocol.steps
               if (step.words or f"{name}/{step.id}") == key}  # fmt: skip
    limits: dict[str, frozenset[str]] = {}
    if all(name == column for name, column in said_by.items()):
        # the words of a treatment begun as a copy may still hold what the other one's neighbours read
        limits["protocol"] = frozenset(said_by)
    anchors = {step.anchor for step in steps}
    if anchors == {Anchor.SESSION}:
        limits["phase"] = frozenset(DIMENSIONS["phase"]) - {"before-first"}
    elif anchors == {Anchor.NEXT_SESSION}:
        limits["next"] = frozenset({"known"})
    return limits


def _unsaid(words: Words, found: tuple[Situation, ...], limits: Limits) -> Iterator[Unsaid]:
    if len(found) > MOST_SITUATIONS:
        yield words.path, None, f"more than {MOST_SITUATIONS} situations: ask for fewer things at once"
        return
    chosen: dict[int, list[Situation]] = {}
    for situation in found:
        if any(situation[name] not in values for name, values in limits.items() if name in situation):
            continue
        place = next((n for n, variant in enumerate(words.variants) if variant.holds(situation)), None)
        if place is not None:
            chosen.setdefault(place, []).append(situation)
    for place, variant in enumerate(words.variants):
        if place not in chosen:
            reason = "this variant is never said: earlier ones hold before it, or nobody is so"
            yield variant.path, None, reason
        else:
            yield from _unsaid_branches(variant, chosen[place])


def _unsaid_branches(variant: Variant, said_in: list[Situation]) -> Iterator[Unsaid]:
    if not variant.compiled.dimensions:
        return
    from bot.library.conditions import branches  # noqa: PLC0415 - as where words are compiled

    for line, conditions in branches(variant.compiled):
        if not any(all((situation[name] == value) is holds for name, value, holds in conditions)
                   for situation in said_in):  # fmt: skip
            yield variant.path, line, "this branch is never said: its condition can never be true here"
