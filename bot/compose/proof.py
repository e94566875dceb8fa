"""What a running clinic makes of content, tried before the content may go live."""

import json
from collections.abc import Callable, Iterable

from bot.compose.saying import unsaid
from bot.library.filled_in import unfilled
from bot.library.proof import Objection, Proof, Trial
from bot.library.shelf import ContentShelf
from bot.library.verdicts import Verdicts
from bot.understanding.building import readable
from bot.understanding.proving import objections, unheard
from bot.understanding.shelf import read_of


def proof(prepare: Callable[[ContentShelf], object] | None = None, verdicts: Verdicts | None = None) -> Proof:
    """`prepare` makes ready what will listen with these words; without, it is only seen whether that can be done.

    `verdicts` know which rules and examples were heard before, whatever else changed since.
    """
    known = Verdicts() if verdicts is None else verdicts

    def told(shelf: ContentShelf) -> str:
        columns = {name: protocol.column for name, protocol in shelf.protocols.items()}
        return json.dumps(["heard", read_of(shelf.tables), columns], default=str, sort_keys=True)

    def heard(shelf: ContentShelf) -> Iterable[Objection]:
        read = told(shelf)
        if known.passed(read):
            return
        found = [*unheard(shelf.tables, shelf.protocols)]
        yield from found
        if not found:
            known.keep(read)

    def prepared(shelf: ContentShelf) -> Iterable[Objection]:
        if prepare is not None:
            prepare(shelf)
        elif not known.passed(told(shelf)):
            readable(shelf.tables)
        return ()

    return (
        Trial(lambda shelf: objections(shelf.tables, shelf.protocols), on_faults=True, once=True),
        Trial(heard, on_faults=True, once=True),
        Trial(unfilled, once=True),
        Trial(unsaid, once=True),
        Trial(prepared),
    )
