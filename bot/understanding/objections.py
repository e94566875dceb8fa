"""Why the words for understanding may not go live, said by file and place."""

from dataclasses import dataclass

Path = tuple[str | int, ...]
"""Keys and positions that lead to a value: `("flag", 3, "rules", 0)`."""


@dataclass(frozen=True)
class Objection:
    """`file` is relative to the content folder. One that does not block is worth knowing, no more."""

    file: str
    path: Path
    reason: str
    blocks: bool = True
