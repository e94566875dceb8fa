"""Content: /content, /hold, and the way of new words from a message to the patients."""

from bot.chat.deeds import Deed
from bot.chat.handlers.commands import command

HANDLERS = (
    command("content", lambda house, work, who, _: house.browsing.command(work, who)),
    command("hold", lambda house, work, who, words: house.holding.command(work, who, words)),
)

DEEDS: dict[str, Deed] = {
    "content-open": lambda house, work, who, tap: house.browsing.open(work, who, tap),
    "content-item": lambda house, work, who, tap: house.browsing.item(work, who, tap),
    "content-days": lambda house, work, who, tap: house.browsing.days(work, who, tap),
    "content-sample": lambda house, work, who, tap: house.browsing.sample(work, who, tap),
    "content-patient": lambda house, work, who, tap: house.browsing.patient(work, who, tap),
    "content-history": lambda house, work, who, tap: house.browsing.history(work, who, tap),
    "content-revision": lambda house, work, who, tap: house.browsing.revision(work, who, tap),
    "content-to-me": lambda house, work, who, tap: house.browsing.to_me(work, who, tap),
    "content-readers": lambda house, work, who, tap: house.browsing.who_read(work, who, tap),
    "put-right": lambda house, work, who, tap: house.browsing.putting_right.ask(work, who, tap),
    "put-right-yes": lambda house, work, who, tap: house.browsing.putting_right.send(work, who, tap),
    "content-edit": lambda house, work, who, tap: house.browsing.editing.begin(work, who, tap),
    "content-names": lambda house, work, who, tap: house.browsing.editing.names(work, who, tap),
    "content-again": lambda house, work, who, tap: house.browsing.editing.again(work, who, tap),
    "content-publish": lambda house, work, who, tap: house.browsing.editing.publish(work, who, tap),
    "content-discard": lambda house, work, who, tap: house.browsing.editing.discard(work, who, tap),
    "hold-ask": lambda house, work, who, tap: house.holding.ask(work, who, tap),
    "hold-yes": lambda house, work, who, tap: house.holding.hold(work, who, tap),
    "hold-lift": lambda house, work, who, tap: house.holding.lift(work, who, tap),
    "timing-open": lambda house, work, who, tap: house.browsing.retiming.open(work, who, tap),
    "timing-check": lambda house, work, who, tap: house.browsing.retiming.check(work, who, tap),
    "timing-plans": lambda house, work, who, tap: house.browsing.plans.settle(work, who, tap),
    "translations": lambda house, work, who, tap: house.browsing.translating.open(work, who, tap),
    "sign-list": lambda house, work, who, tap: house.browsing.signing.list(work, who, tap),
    "sign-open": lambda house, work, who, tap: house.browsing.signing.open(work, who, tap),
    "sign-ask": lambda house, work, who, tap: house.browsing.signing.ask(work, who, tap),
    "content-undo": lambda house, work, who, tap: house.browsing.editing.undo(work, who, tap),
}
