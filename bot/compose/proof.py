"""What a running clinic makes of content, tried before the content may go live."""

from collections.abc import Callable, Iterable

from bot.compose.saying import unsaid
from bot.library.proof import Objection, Proof, Trial
from bot.library.shelf import ContentShelf
from bot.understanding.building import understand
from bot.understanding.proving import objections, unheard
from bot.understanding.shelf import read_of


def proof(prepare: Callable[[ContentShelf], object] = lambda shelf: understand(shelf.tables)) -> Proof:
    """`prepare` makes ready what will listen with these words; by default it is built and thrown away again."""

    passed: list[object] = []

    def heard(shelf: ContentShelf) -> Iterable[Objection]:
        read = (read_of(shelf.tables), {name: protocol.column for name, protocol in shelf.protocols.items()})
        if read in passed:
            return
        found = [*unheard(shelf.tables, shelf.protocols)]
        yield from found
        if not found:
            passed[:] = [read]

    def prepared(shelf: ContentShelf) -> Iterable[Objection]:
        prepare(shelf)
        return ()

    return (
        Trial(lambda shelf: objections(shelf.tables, shelf.protocols), on_faults=True),
        Trial(heard, on_faults=True, once=True),
        Trial(unsaid, once=True),
        Trial(prepared),
    )
