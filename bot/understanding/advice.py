"""What authors may want to look at: nothing of it keeps content from going live."""

from collections.abc import Iterator

from bot.care.ports.hearing import Situation
from bot.understanding.checked import Checked
from bot.understanding.corpus import labelled
from bot.understanding.ear import ear_of
from bot.understanding.shelf import WordShelf, raising
from bot.understanding.taking_in import Taken
from bot.understanding.triage import Listener, read_flags

FEW = 8
"""Phrasings below which a topic is hardly found."""
WEAK = 0.6
"""Share of a topic's own lines that must lead to it or to a neighbour that serves as well."""
COLLIDING = 3


def weak_spots(checked: Checked) -> Iterator[str]:
    """Topics with few phrasings or hard to find, pairs that are mixed up, phrasings nearer to another topic."""
    for topic, (lines, first, three) in sorted(checked.by_topic.items()):
        if lines < FEW:
            yield f"{topic}: only {lines} phrasings"
        elif first / lines < WEAK:
            yield f"{topic}: {first} of {lines} unseen phrasings find it at once, {three} among three"
    for own, other, count in checked.pairs:
        if count >= COLLIDING:
            yield f"{own}: {count} of its phrasings are taken for {other}"
    for own, line, other in checked.astray:
        yield f"{own}: {line!r} would be answered with {other}"


def rule_spots(shelf: WordShelf) -> Iterator[str]:
    """Phrasings that a rule takes for a danger sign, and rules that none of their flag's own lines needs."""
    ear, flags = ear_of(shelf), read_flags(shelf.flags, shelf.signs)
    listener = Listener(flags, None, shelf.places)
    for line in labelled(shelf):
        heard = listener.listen(Taken(line.text, ear, None), Situation(shelf.language))
        if heard.raised:
            yield f"{line.label}: {line.text!r} raises {heard.flag} ({heard.reason})"
    lines = {str(flag["id"]): raising(flag) for flag in shelf.flags}
    dated = {str(flag["id"]): [str(one["text"]) for one in flag.get("dated_examples", ())] for flag in shelf.flags}
    for flag in flags:
        shown = [Taken(text, ear, None).signs.lasting for text in (*lines[flag.id], *dated[flag.id])]
        for rule in flag.rules:
            if not any(rule.found(signs) for signs in shown):
                yield f"{flag.id}: no line of it shows the rule {rule.text!r} at work"
