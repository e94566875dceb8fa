"""Compile approved words once, and accept nothing in them but text, placeholders and plain conditions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateError, UndefinedError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.care.model.words import DIMENSIONS, Html
from bot.care.ports import MissingWords

LONGEST = 8_000
"""Bytes of one text."""
MOST_NODES = 500

ENVIRONMENT = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True, cache_size=0)
ENVIRONMENT.globals.clear()


@dataclass(frozen=True)
class Problem:
    """`line` counts from 0, inside the text."""

    line: int
    reason: str


@dataclass(frozen=True)
class Compiled:
    """Words ready to be filled in; `names` are the placeholders they use, `plain` says that they hold no condition."""

    text: str
    names: frozenset[str]
    plain: bool
    template: Template | None

    def render(self, facts: Mapping[str, str]) -> Html:
        """Raises `MissingWords` when a placeholder has no value. Values of type `Html` are not escaped again."""
        if self.template is None:
            return Html(self.text)
        try:
            return Html(self.template.render(facts))
        except UndefinedError as error:
            raise MissingWords(str(error)) from error


@lru_cache(maxsize=8192)
def compile_words(text: str, allowed: frozenset[str]) -> Compiled | tuple[Problem, ...]:
    """The compiled words, or everything that is wrong with them. `allowed`: placeholders that may be used."""
    text = text.strip()
    if len(text.encode()) > LONGEST:
        return (Problem(0, f"longer than {LONGEST} bytes"),)
    if "{" not in text:
        return Compiled(text, frozenset(), plain=True, template=None)
    if "{#" in text:
        return (Problem(text[: text.index("{#")].count("\n"), "comments belong outside the words"),)
    try:
        tree = ENVIRONMENT.parse(text)
        problems = tuple(_problems(tree, allowed))
        return problems or _compiled(text, tree)
    except TemplateError as error:
        return (Problem(getattr(error, "lineno", 1) - 1, f"not a valid placeholder: {error.message}"),)
    except (RecursionError, ValueError, OverflowError, MemoryError):
        return (Problem(0, "not a valid placeholder"),)


def _compiled(text: str, tree: nodes.Template) -> Compiled:
    names = frozenset(name.name for name in tree.find_all(nodes.Name)) - DIMENSIONS.keys()
    plain = tree.find(nodes.If) is None
    return Compiled(text, names, plain, ENVIRONMENT.from_string(tree))


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
        yield Problem(node.lineno - 1, f"only text, placeholders and conditions are allowed, not {_kind(node)}")


def _part(node: nodes.Node, allowed: frozenset[str]) -> Iterator[Problem]:
    if isinstance(node, nodes.TemplateData):
        return
    if not isinstance(node, nodes.Name):
        yield Problem(node.lineno - 1, f"only {{{{ name }}}} is allowed, not {_kind(node)}")
    elif node.name not in allowed:
        yield Problem(node.lineno - 1, f"unknown placeholder {{{{ {node.name} }}}}")


def _condition(node: nodes.Node) -> Iterator[Problem]:
    """Only `dimension == "value"`."""
    if not isinstance(node, nodes.Compare) or not isinstance(node.expr, nodes.Name) or len(node.ops) != 1:
        yield Problem(node.lineno - 1, 'a condition is {% if dimension == "value" %}')
        return
    name, operand = node.expr.name, node.ops[0]
    value = operand.expr
    if name not in DIMENSIONS:
        yield Problem(node.lineno - 1, f"unknown dimension {name!r}")
    elif operand.op != "eq" or not isinstance(value, nodes.Const) or value.value not in DIMENSIONS[name]:
        yield Problem(node.lineno - 1, f"{name} is compared with one of: {', '.join(DIMENSIONS[name])}")


def _kind(node: nodes.Node) -> str:
    return type(node).__name__.lower()
