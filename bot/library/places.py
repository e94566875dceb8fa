"""On which line a value of a TOML file stands, also in a file that is broken elsewhere."""

from collections.abc import Iterator

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

Path = tuple[str | int, ...]
"""Keys and positions that lead to a value: `("step", 3, "until", "day")`."""

TOML = Language(tree_sitter_toml.language())


class Lines:
    """Lines of one file, counted from 1."""

    def __init__(self, source: bytes) -> None:
        self._root = Parser(TOML).parse(source).root_node
        self._lines: dict[Path, int] = {}
        self._texts: dict[Path, int] = {}
        self._last: dict[Path, int] = {}
        for node in self._root.children:
            self._top(node)

    def of(self, path: Path) -> int:
        """The line of the value, or of the nearest thing around it that has one."""
        known = (self._lines.get(path[:length]) for length in range(len(path), 0, -1))
        return next((line for line in known if line is not None), 1)

    def text_of(self, path: Path) -> int:
        """The line on which the first character of a string stands."""
        known = (self._texts.get(path[:length]) for length in range(len(path), 0, -1))
        return next((line for line in known if line is not None), self.of(path))

    def broken(self) -> list[int]:
        """Lines that are no TOML."""
        return sorted({_line(node) for node in _errors(self._root)})

    def _top(self, node: Node) -> None:
        if node.type == "pair":
            self._pair((), node)
        elif node.type in {"table", "table_array_element"}:
            self._table(node)

    def _table(self, node: Node) -> None:
        keys = [key for child in node.named_children if child.type in KEYS for key in _keys(child)]
        path: Path = ()
        for place, key in enumerate(keys):
            path = (*path, key)
            if node.type == "table_array_element" and place == len(keys) - 1:
                self._last[path] = self._last.get(path, -1) + 1
            if path in self._last:
                path = (*path, self._last[path])
        self._lines.setdefault(path, _line(node))
        for child in node.named_children:
            if child.type == "pair":
                self._pair(path, child)

    def _pair(self, above: Path, node: Node) -> None:
        if len(node.named_children) < 2:
            return
        key, value = node.named_children[0], node.named_children[-1]
        path = (*above, *_keys(key))
        for length in range(len(above) + 1, len(path) + 1):
            self._lines.setdefault(path[:length], _line(node))
        self._value(path, value)

    def _value(self, path: Path, node: Node) -> None:
        self._lines.setdefault(path, _line(node))
        if node.type == "string":
            # a newline straight after the opening quotes is not part of the text
            opens = (node.text or b"").startswith((b'"""\n', b"'''\n", b'"""\r', b"'''\r"))
            self._texts[path] = _line(node) + opens
        elif node.type == "inline_table":
            for pair in (child for child in node.named_children if child.type == "pair"):
                self._pair(path, pair)
        elif node.type == "array":
            values = [child for child in node.named_children if child.type != "comment"]
            for place, child in enumerate(values):
                self._value((*path, place), child)


KEYS = {"bare_key", "quoted_key", "dotted_key"}


def _line(node: Node) -> int:
    return node.start_point.row + 1


def _keys(node: Node) -> tuple[str, ...]:
    if node.type == "dotted_key":
        return tuple(key for child in node.named_children for key in _keys(child))
    return ((node.text or b"").decode("utf-8", "replace").strip("\"'"),)


def _errors(node: Node) -> Iterator[Node]:
    if node.type == "ERROR" or node.is_missing:
        yield node
    elif node.has_error:
        for child in node.children:
            yield from _errors(child)
