"""Say when the next call may leave, so that no sliding window of time ever holds more calls than Telegram allows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from itertools import chain


class ChatKind(Enum):
    """Telegram counts private chats and groups differently."""

    PRIVATE = "private"
    GROUP = "group"


@dataclass(frozen=True)
class Destination:
    """The chat a call goes to; edits and new topics count as calls too."""

    chat: str
    kind: ChatKind


@dataclass(frozen=True)
class Call:
    """One call that left, at an instant of machine time."""

    to: Destination
    left_at: datetime
    is_alert: bool = False


@dataclass(frozen=True)
class Limit:
    """At most so many calls within any window of this length; a call leaves the window when its length has passed."""

    most: int
    within: timedelta

    def earliest(self, lefts: Iterable[datetime], *, at: datetime) -> datetime:
        """The first instant, not before `at`, at which one more call keeps the limit."""
        newest = sorted(lefts)[-self.most :]
        return at if len(newest) < self.most else max(at, newest[0] + self.within)


PER_BOT = Limit(25, timedelta(seconds=1))
PER_PRIVATE_CHAT = Limit(1, timedelta(seconds=1))
PER_GROUP = Limit(18, timedelta(minutes=1))
# the other 6 a minute are kept for alerts
PER_GROUP_WITHOUT_ALERTS = Limit(12, timedelta(minutes=1))
# and of these 4 for answers, which somebody waits for
PER_GROUP_UNASKED = Limit(8, timedelta(minutes=1))


@dataclass(frozen=True)
class Pace:
    """The calls that still count, and the pause Telegram asked for; share one between all who send for a bot."""

    calls: tuple[Call, ...] = ()
    paused_until: datetime | None = None

    def earliest(self, to: Destination, *, at: datetime, is_alert: bool = False, is_unasked: bool = False) -> datetime:
        """The first instant, not before `at`, at which a call to this chat may leave; `at` itself means now.

        `is_unasked`: nobody waits for it, so it leaves room in a group for what somebody does wait for.
        """
        pause = self.paused_until or at
        limits = self._limits(to, is_alert=is_alert, is_unasked=is_unasked, at=at)
        moments = (limit.earliest(lefts, at=at) for limit, lefts in limits)
        return max(chain((at, pause), moments))

    def opens(self, *, at: datetime) -> datetime:
        """The first instant, not before `at`, at which a call to any chat at all may leave."""
        lefts = [call.left_at for call in self.calls if _still_counts(call, at=at)]
        return max(at, self.paused_until or at, PER_BOT.earliest(lefts, at=at))

    def after(self, call: Call) -> "Pace":
        """The pace once this call has left; calls that no longer count are forgotten."""
        kept = (past for past in self.calls if _still_counts(past, at=call.left_at))
        return replace(self, calls=(*kept, call))

    def paused(self, until: datetime) -> "Pace":
        """The pace under a pause; a shorter pause never cuts a longer one."""
        return replace(self, paused_until=max(until, self.paused_until or until))

    def _limits(
        self, to: Destination, *, is_alert: bool, is_unasked: bool, at: datetime
    ) -> Iterable[tuple[Limit, list[datetime]]]:
        counted = [call for call in self.calls if _still_counts(call, at=at)]
        there = [call for call in counted if call.to.chat == to.chat]
        yield PER_BOT, [call.left_at for call in counted]
        if to.kind is ChatKind.PRIVATE:
            yield PER_PRIVATE_CHAT, [call.left_at for call in there]
            return
        yield PER_GROUP, [call.left_at for call in there]
        if not is_alert:
            ordinary = [call.left_at for call in there if not call.is_alert]
            yield PER_GROUP_WITHOUT_ALERTS, ordinary
            if is_unasked:
                yield PER_GROUP_UNASKED, ordinary


def _still_counts(call: Call, *, at: datetime) -> bool:
    window = PER_GROUP.within if call.to.kind is ChatKind.GROUP else PER_BOT.within
    # a call far in the future was dated by a clock since set back: counting it would stall everybody until then
    return abs(at - call.left_at) < window
