"""What a running clinic makes of content, tried before the content may go live."""

from collections.abc import Callable, Iterable

from bot.compose.saying import unsaid
from bot.library.proof import Objection, Proof, Trial
from bot.library.shelf import ContentShelf
from bot.understanding.building import understand
from bot.understanding.proving import objections, unheard


def proof(prepare: Callable[[ContentShelf], object] = lambda shelf: understand(shelf.tables)) -> Proof:
    """`prepare` makes ready what will listen with these words; by default it is built and thrown away again."""

    def prepared(shelf: ContentShelf) -> Iterable[Objection]:
        prepare(shelf)
        return ()

    return (
        Trial(lambda shelf: objections(shelf.tables, shelf.protocols), on_faults=True),
        Trial(lambda shelf: unheard(shelf.tables, shelf.protocols), on_faults=True, once=True),
        Trial(unsaid, once=True),
        Trial(prepared),
    )
