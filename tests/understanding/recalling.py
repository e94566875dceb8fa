"""Lines of the content are taken in with what they meant when they were learned from."""

from collections.abc import Iterable, Mapping

from bot.settings import CACHE
from bot.understanding.arrays import Array
from bot.understanding.learning import Study
from bot.understanding.understander import Understander
from bot.understanding.vectors import vectors_of


def meanings(lines: Iterable[str]) -> Mapping[str, Array]:
    """As they are kept: to work out thousands anew takes longer than all that is made of them."""
    encoder = Study(CACHE).encoder("en")
    return {} if encoder is None else vectors_of(sorted(set(lines)), encoder, CACHE)


def take_in(understanding: Understander, line: str, known: Mapping[str, Array]) -> None:
    """Whoever takes it in next finds its meaning worked out, if it is read as it is written and is no several texts."""
    taken = understanding.tongues["en"].take(line)
    if line in known and taken.put_right == line and not taken.parts:
        vars(taken)["vector"] = known[line]
