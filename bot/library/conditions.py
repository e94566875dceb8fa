"""Words with conditions in them, and what is wrong with words: read by Jinja's own parser."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from jinja2 import Environment, TemplateError, nodes

from bot.care.model.words import DIMENSIONS
from bot.library.compiled import Choice, Compiled, Parts, Placeholder, Problem

MOST_NODES = 500
MOST_TAGS = 100
LONGEST_TAG = 200
OPENING, CLOSING = re.compile(r"\{[{%]"), re.compile(r"[%}]\}")

UNSEEN = re.compile(r"\{#|\{%[-+]?\s*raw\b")
"""What Jinja's own tree does not show."""
_TAG = re.compile(r"\{\{([^{}]*)")
_LONE = re.compile(r"\{\s*(\w[\w ]*?)\s*\}|\}\}")
"""What was meant as a placeholder, and would be read as it stands."""
ONE_NAME = "a placeholder is one name in {{ }}, like {{ day }}"
ONE_CONDITION = 'a condition is {% if dimension == "value" %}'
MOST_MEANT, NEAR = 2, 0.7
"""How many names are offered in place of an unknown one, and how much they must be like it."""

ENVIRONMENT = Environment(autoescape=True, cache_size=0)
"""Only ever parses: what was accepted is said by ourselves, in a fraction of the time."""


def compile_conditions(text: str, allowed: frozenset[str]) -> Compiled | tuple[Problem, ...]:
    """As `compile_words`, for any text."""
    endless = _endless(text)
    if endless is not None:
        return (endless,)
    hidden = UNSEEN.search(text)
    if hidden is not None:
        return (Problem(text.count("\n", 0, hidden.start()), "comments and raw blocks are not allowed in words"),)
    try:
        tree = ENVIRONMENT.parse(text)
        problems = tuple(_problems(tree, allowed))
        return problems or _compiled(text, tree)
    except TemplateError as error:
        return (Problem(getattr(error, "lineno", 1) - 1, _unreadable(text, allowed)),)
    except (RecursionError, ValueError, OverflowError, MemoryError):
        return (Problem(0, ONE_NAME),)


def _unreadable(text: str, allowed: frozenset[str]) -> str:
    """What is wrong with words that cannot be parsed: Jinja would say it in words of its own."""
    tags = (tag[1].strip() for tag in _TAG.finditer(text))
    name = next((tag for tag in tags if not tag.isidentifier()), None)
    if name is None and "{%" in text:
        return ONE_CONDITION
    return f"{ONE_NAME}{_meant(name or '', allowed)}"


def _endless(text: str) -> Problem | None:
    """What no message needs is not even parsed: Jinja takes long over it."""
    openings = list(OPENING.finditer(text))
    for opening in openings:
        closing = CLOSING.search(text, opening.end())
        end = len(text) if closing is None else closing.start()
        if end - opening.end() > LONGEST_TAG:
            return Problem(text.count("\n", 0, opening.start()), ONE_NAME)
    return Problem(0, f"more than {MOST_TAGS} placeholders and conditions") if len(openings) > MOST_TAGS else None


Condition = tuple[str, str, bool]
"""(Dimension, value, whether it has that value)."""


def branches(compiled: Compiled) -> Iterator[tuple[int, tuple[Condition, ...]]]:
    """(Line from 0, all that must hold) of every branch inside the words."""
    yield from _branches(ENVIRONMENT.parse(compiled.text).body, ())


def _branches(body: list[nodes.Node], above: tuple[Condition, ...]) -> Iterator[tuple[int, tuple[Condition, ...]]]:
    for node in body:
        if not isinstance(node, nodes.If):
            continue
        missed = above
        for branch in (node, *node.elif_):
            name, value = _asked(branch)
            holds = (*missed, (name, value, True))
            yield _line(branch), holds
            yield from _branches(branch.body, holds)
            missed = (*missed, (name, value, False))
        if node.else_:
            yield _line(node.else_[0]), missed
            yield from _branches(node.else_, missed)


def _asked(branch: nodes.If) -> tuple[str, str]:
    """Dimension and value of a condition that was accepted."""
    test = branch.test
    if not isinstance(test, nodes.Compare) or not isinstance(test.expr, nodes.Name):
        raise TypeError(test)
    operand = test.ops[0].expr
    return test.expr.name, str(operand.value if isinstance(operand, nodes.Const) else "")


def _compiled(text: str, tree: nodes.Template) -> Compiled:
    names = frozenset(name.name for name in tree.find_all(nodes.Name))
    dimensions = names.intersection(DIMENSIONS)
    return Compiled(text, names - dimensions, dimensions, _parts(tree.body))


def _parts(body: Iterable[nodes.Node]) -> Parts:
    return tuple(part for node in body for part in _parts_of(node))


def _parts_of(node: nodes.Node) -> Iterator[str | Placeholder | Choice]:
    if isinstance(node, nodes.Output):
        yield from _parts(node.nodes)
    elif isinstance(node, nodes.TemplateData):
        yield node.data
    elif isinstance(node, nodes.Name):
        yield Placeholder(node.name)
    elif isinstance(node, nodes.If):
        branches = tuple((*_asked(branch), _parts(branch.body)) for branch in (node, *node.elif_))
        yield Choice(branches, _parts(node.else_))


def _problems(tree: nodes.Template, allowed: frozenset[str]) -> Iterator[Problem]:
    if sum(1 for _ in tree.find_all(nodes.Node)) > MOST_NODES:
        yield Problem(0, f"more than {MOST_NODES} parts")
        return
    for node in tree.body:
        yield from _statement(node, allowed)


def _statement(node: nodes.Node, allowed: frozenset[str]) -> Iterator[Problem]:
    if isinstance(node, nodes.Output):
        for part in node.nodes:
            yield from _part(part, allowed)
    elif isinstance(node, nodes.If):
        yield from _condition(node.test)
        for inner in (*node.body, *node.elif_, *node.else_):
            yield from _statement(inner, allowed)
    else:
        yield Problem(_line(node), f"{_refused(node)}: only text, placeholders and conditions are allowed")


def _part(node: nodes.Node, allowed: frozenset[str]) -> Iterator[Problem]:
    if isinstance(node, nodes.TemplateData):
        lone = _LONE.search(node.data)
        if lone is not None:
            line = _line(node) + node.data.count("\n", 0, lone.start())
            yield Problem(line, f"{ONE_NAME}{_meant(lone[1] or '', allowed)}")
        return
    if not isinstance(node, nodes.Name):
        yield Problem(_line(node), f"{_refused(node)}: only {{{{ name }}}} with a known placeholder is allowed")
    elif node.name not in allowed:
        yield Problem(_line(node), f"unknown placeholder {{{{ {node.name} }}}}{_meant(node.name, allowed)}")


def _condition(node: nodes.Node) -> Iterator[Problem]:
    """Only `dimension == "value"`."""
    if not isinstance(node, nodes.Compare) or not isinstance(node.expr, nodes.Name) or len(node.ops) != 1:
        yield Problem(_line(node), ONE_CONDITION)
        return
    name, operand = node.expr.name, node.ops[0]
    value = operand.expr
    if name not in DIMENSIONS:
        yield Problem(_line(node), f"unknown dimension {name!r}")
    elif operand.op != "eq" or not isinstance(value, nodes.Const) or value.value not in DIMENSIONS[name]:
        yield Problem(_line(node), f"{name} is compared with one of: {', '.join(DIMENSIONS[name])}")


def _line(node: nodes.Node) -> int:
    """Some nodes that Jinja makes up by itself have no line."""
    line: int | None = node.lineno
    return 0 if line is None else line - 1


REFUSED: tuple[tuple[tuple[type[nodes.Node], ...], str], ...] = (
    ((nodes.BinExpr, nodes.UnaryExpr, nodes.Concat, nodes.Compare), "a message cannot compute"),
    ((nodes.Call, nodes.CallBlock, nodes.Macro), "a message cannot call anything"),
    ((nodes.Filter, nodes.FilterBlock, nodes.Test), "a message cannot use filters"),
    ((nodes.Getattr, nodes.Getitem, nodes.Slice), "a placeholder has no parts"),
    ((nodes.For,), "a message cannot repeat anything"),
    ((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends, nodes.Block), "a message cannot bring in others"),
    ((nodes.Assign, nodes.AssignBlock, nodes.With), "a message cannot remember anything"),
)


def _refused(node: nodes.Node) -> str:
    """In words that whoever writes messages understands."""
    return next((reason for kinds, reason in REFUSED if isinstance(node, kinds)), "a message cannot do this")


def _meant(said: str, allowed: frozenset[str]) -> str:
    """The known names that are nearest to it."""
    near = get_close_matches(
        re.sub(r"\W+", "_", said[:LONGEST_TAG].lower()), sorted(allowed), n=MOST_MEANT, cutoff=NEAR
    )
    return f"; did you mean {' or '.join(f'{{{{ {name} }}}}' for name in near)}?" if near else ""
