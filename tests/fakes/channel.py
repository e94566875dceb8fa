"""A channel one can hold in one's hand: it performs at once, or does what it is told to."""

from dataclasses import dataclass, field

from bot.care.model.delivery import Act, Outcome, Result


@dataclass
class FakeChannel:
    """`sent` is what arrived; `coming` are the results of the next attempts, after which all is well again."""

    sent: list[Act] = field(default_factory=list)
    coming: list[Result] = field(default_factory=list)
    attempts: int = 0

    async def perform(self, act: Act) -> Result:
        self.attempts += 1
        result = self.coming.pop(0) if self.coming else Result(Outcome.SENT, message_id=self.attempts)
        # an unclear end is the worst case here: the message did arrive
        if result.outcome in (Outcome.SENT, Outcome.AMBIGUOUS):
            self.sent.append(act)
        return result

    @property
    def texts(self) -> list[str]:
        return [act.text for act in self.sent]
