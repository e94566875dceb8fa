"""Every update's way through care: red flags first, then its deed, then its named end."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.care.model.inbound import Said
from bot.care.ports.outside import Clock
from bot.care.ports.records import Work
from bot.care.services.listening import Listening


@dataclass(frozen=True)
class Reception:
    """Effects, outbox rows and "done" commit together, so an update acts exactly once."""

    clock: Clock
    listening: Listening

    def receive(
        self,
        work: Work,
        update_id: int,
        deed: Callable[[Work], None],
        said: Said | None,
        *,
        hurried: bool = False,
        erase: bool = False,
    ) -> None:
        """`hurried`: one of so many that a stranger gets no more small talk; danger signs are heard all the same.

        `erase`: only its id is kept, as of what strangers write.
        """
        now = self.clock.now()
        stranger = said is not None and self._is_stranger(work, said)
        if not work.inbox.done(update_id, at=now, erase=stranger or erase):
            return
        if said is not None and self.listening.raises(work, said, at=now):
            return
        if not (stranger and hurried):
            deed(work)

    def _is_stranger(self, work: Work, said: Said) -> bool:
        sender = said.sender
        return work.patients.by_chat(sender.chat) is None and work.team.member(sender.account) is None
