"""Every variant and every branch is said to somebody: none stands where an earlier one, or the world, forbids it."""

from collections.abc import Iterator, Mapping
from itertools import islice, product

from bot.care.model.protocol import Anchor, Step
from bot.care.model.words import DIMENSIONS
from bot.library.checks.step_words import users_of
from bot.library.content import Content
from bot.library.faults import Notes
from bot.library.shelf import keyed
from bot.library.source import SourceFile
from bot.library.wording import Variant, Words

MOST_SITUATIONS = 50_000
"""Beyond this nobody can say any more who reads what."""

Situation = dict[str, str]
Groups = list[tuple[Situation, ...]]
Limits = Mapping[str, frozenset[str]]


def check_reachable(content: Content, notes: Notes) -> None:
    del notes
    groups = together(content)
    known: dict[frozenset[str], tuple[Situation, ...]] = {}

    def ways(names: frozenset[str]) -> tuple[Situation, ...]:
        if names not in known:
            known[names] = tuple(islice(situations(names, groups), MOST_SITUATIONS + 1))
        return known[names]

    limits = {f"steps/{key}": _limits(content, key, steps) for key, steps in users_of(content).items()}
    for tongue in content.tongues.values():
        for key, words in keyed(tongue):
            step = "/".join(key.split("/")[:3])
            if not words.dimensions and len(words.variants) == 1:
                continue
            limited = limits.get(step, {})
            _check(content.files[words.file], words, ways(words.dimensions | _tied(words, limited, groups)), limited)


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
    # a treatment that the clinic took away leaves its words in shared phrases behind
    own = {name: (protocol.surface.value,) for name, protocol in content.protocols.items()}
    surfaces = [(name, surface) for name in DIMENSIONS["protocol"] for surface in own.get(name, DIMENSIONS["surface"])]
    areas = [(area, "yes" if area == "face" else "no") for area in DIMENSIONS["area"]]
    gates = [("before-first", "unanswered"), ("early", "unanswered"), ("early", "not-calm"), ("late", "calm")]
    nexts = [("unknown", "no"), ("known", "no"), ("known", "yes")]
    pairs = [("protocol", "surface", surfaces), ("area", "face", areas), ("phase", "gate", gates)]
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


def _check(file: SourceFile, words: Words, found: tuple[Situation, ...], limits: Limits) -> None:
    if len(found) > MOST_SITUATIONS:
        file.fault(words.path, f"more than {MOST_SITUATIONS} situations: ask for fewer things at once")
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
            file.fault(variant.path, "this variant is never said: earlier ones hold before it, or nobody is so")
        else:
            _check_branches(file, variant, chosen[place])


def _check_branches(file: SourceFile, variant: Variant, said_in: list[Situation]) -> None:
    if not variant.compiled.dimensions:
        return
    from bot.library.conditions import branches  # noqa: PLC0415 - as where words are compiled

    for line, conditions in branches(variant.compiled):
        if not any(all((situation[name] == value) is holds for name, value, holds in conditions)
                   for situation in said_in):  # fmt: skip
            file.fault_in_text(variant.path, line, "this branch is never said: its condition can never be true here")
