"""Whatever is put into a message, it says text and placeholders or is refused, and that takes no time."""

import resource
import time
from collections.abc import Iterator
from itertools import islice
from random import Random

from jinja2 import nodes

from bot.library.compiled import Compiled
from bot.library.conditions import ENVIRONMENT
from bot.library.templates import compile_words
from tests.library.hostile import HARMLESS, HOSTILE
from tests.measuring import slowness

NAMES = frozenset({"first_name", "day"})
FACTS = {"first_name": "Anna", "day": "3", "face": "yes", "area": "face"}
AT_MOST = 0.05
"""Seconds for one check, at the machine's usual speed."""
GROWTH = 64 * 1024
"""KiB that the process may grow by."""
HARMLESS_NODES = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.Compare, nodes.Operand, nodes.Const,
)  # fmt: skip
TOKENS = (
    "{{", "}}", "{%", "%}", "{#", "#}", " if ", " endif ", " for ", " in ", "==", "'yes'", " face ", " day ", "()", "(",
    ")", "[0]", ".x", "|upper", "**", "*", "+", "~", "9", "not ", "-", "\n", "é", "set x=", "raw", '"', "\\",
)  # fmt: skip


def _is_harmless(text: str) -> bool:
    """By Jinja's own reading of it: there is nothing in it that could compute, call or loop."""
    tree = ENVIRONMENT.parse(text.strip())
    found = list(tree.find_all(nodes.Node))
    names = {node.name for node in found if isinstance(node, nodes.Name)}
    return all(type(node) in HARMLESS_NODES for node in found) and names <= {*FACTS}


def _checked(text: str) -> tuple[bool, float]:
    """Whether it was accepted, and how long that took."""
    compile_words.cache_clear()
    started = time.thread_time()
    compiled = compile_words(text, NAMES)
    taken = time.thread_time() - started
    if not isinstance(compiled, Compiled):
        assert all(problem.reason for problem in compiled)
        return False, taken
    assert _is_harmless(text), text
    assert len(compiled.render(FACTS)) <= len(text) + 10 * text.count("{{")
    return True, taken


def _mutated(rng: Random) -> Iterator[str]:
    """One or two templates, torn, joined and sprinkled with what templates are made of."""
    while True:
        text = rng.choice(HOSTILE if rng.random() < 0.8 else HARMLESS)[:400]
        for _ in range(rng.randint(1, 4)):
            at = rng.randint(0, len(text))
            match rng.randint(0, 3):
                case 0:
                    text = text[:at] + rng.choice(TOKENS) + text[at:]
                case 1:
                    text = text[:at] + text[at + rng.randint(1, 6) :]
                case 2:
                    other = rng.choice((*HOSTILE, *HARMLESS))[:400]
                    text = text[:at] + other[rng.randint(0, len(other)) :]
                case _:
                    text = text[:at] + text[at : at + 8] * rng.randint(2, 5) + text[at + 8 :]
        yield text


def test_more_than_three_hundred_hostile_templates_are_refused_in_no_time() -> None:
    slow = slowness()

    found = {text: _checked(text) for text in dict.fromkeys(HOSTILE)}

    assert len(found) >= 300
    assert [text for text, (accepted, _) in found.items() if accepted] == []
    assert max(taken for _, taken in found.values()) <= AT_MOST * slow


def test_templates_changed_by_chance_are_refused_or_harmless_and_take_no_time(mutations: int) -> None:
    slow, before = slowness(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    changed = _mutated(Random(20261129))

    found = [(text, *_checked(text)) for text in islice(changed, mutations)]

    # whatever else a process does in such a moment, it does not do to the same template every time
    longest = [text for text, _, taken in found if taken > AT_MOST * slow]
    assert [text for text in longest if min(_checked(text)[1] for _ in range(3)) > AT_MOST * slow] == []
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before <= GROWTH
    # a test that never accepts anything would show nothing
    assert any(accepted for _, accepted, _ in found)
