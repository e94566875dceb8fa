"""What came of a conversation, on either side of it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bot.playground.world import Message
from tests.faults.clinic import words_of
from tests.faults.conversing import Answer, Conversation, How, marks_in
from tests.faults.desks import Kind, Place

MOST_COPIES = 2
DELIVERED, NOT_SENT = "👌", "🙈"
NO_PICTURE = "Sent a file that I did not pass on"
NOBODY_SAW = "I cannot pass on this kind of file, so nobody has seen it."


@dataclass(frozen=True)
class Overhearing:
    one: Conversation

    def missing(self) -> Iterator[str]:
        """What has not come yet, also of the signs that tell staff so."""
        for side, place in self._places():
            left = set(self.one.said[side]) - set(self._heard(place, side))
            if left:
                yield f"{place} has not {sorted(left)}"
        yield from (f"not marked as delivered: {one}" for one in self.one.replies if self._sign(one) != DELIVERED)
        yield from (f"not marked as unsent: {message}" for message in self._unanswered())
        for what, (count, least) in self._uncounted().items():
            if count < least:
                yield f"{count} of {least} {what}"

    def faults(self) -> Iterator[str]:
        """What is not as it must be, in words."""
        yield from self.missing()
        for side, place in self._places():
            came, said = self._in_order(place, side), self.one.said[side]
            if came != said:
                yield f"{place} has {came} of {side}, who said {said}"
            too_many = {key: count for key, count in self._copies(place, side).items() if count > MOST_COPIES}
            if too_many:
                yield f"{place} has more than {MOST_COPIES} copies: {too_many}"
        yield from (f"not here: {what}" for what in self._strangers())
        for what, (count, least) in self._uncounted().items():
            if count > MOST_COPIES * least:
                yield f"{count} {what} instead of {least}"

    def _in_order(self, place: Place, side: str) -> list[str]:
        """Each once, where it came first; what was corrected counts as what it is now."""
        return list(dict.fromkeys(self._newest(mark) for mark in self._heard(place, side)))

    def _copies(self, place: Place, side: str) -> Counter[tuple[str, How]]:
        return Counter(
            (self._newest(mark), _how(message))
            for message in place.heard(self.one.clinic)
            for mark in self._own(message, side)
        )

    def _unanswered(self) -> Iterator[int]:
        """What staff wrote to nobody, without the one sign that says so."""
        for message, answer in self.one.unsent.items():
            said = [one for one in self.one.clinic.heard(self.one.clinic.desk) if one.reply_to == message]
            told = sum(words_of(one).startswith("Not sent") for one in said)
            is_marked = self._sign(message) == NOT_SENT
            expected = {
                Answer.WORDS: 1 <= told <= MOST_COPIES and not is_marked,
                Answer.MARK: is_marked and not told,
                Answer.NOTHING: not is_marked and not told,
            }
            if not expected[answer]:
                yield message

    def _strangers(self) -> Iterator[str]:
        """What the patient must not have, what stands under their name and is another's, and what bears no name."""
        one = self.one
        yield from (mark for said in self._patients_place().heard(one.clinic) for mark in self._not_own(said, "s"))
        named = re.compile(rf"\b({one.name} \(|{one.code}\b)")
        for message in one.desk.heard(one.clinic):
            if named.search(words_of(message)):
                yield from self._not_own(message, "ps")
            elif self._own(message, "p"):
                yield f"without a name: {words_of(message)!r}"
        if one.topic is not None:
            yield from (mark for said in one.topic.heard(one.clinic) for mark in self._not_own(said, "ps"))
        if one.kind is not Kind.PRIVATE:
            yield from (mark for said in one.clinic.heard(one.clinic.staff) for mark in self._own(said, "psx"))

    # --- inside ---

    def _places(self) -> Iterator[tuple[str, Place]]:
        """Where all of it must have come, of either side."""
        yield "s", self._patients_place()
        yield "p", self.one.desk
        if self.one.topic is not None:
            yield "p", self.one.topic

    def _patients_place(self) -> Place:
        return Place(self.one.chat)

    def _heard(self, place: Place, side: str) -> list[str]:
        heard = ((mark, message) for message in place.heard(self.one.clinic) for mark in self._own(message, side))
        return [mark for mark, message in heard if self._bears(message, mark, place)]

    def _own(self, message: Message, sides: str) -> list[str]:
        own = re.compile(rf"m{self.one.number}[{sides}]\d+")
        return [mark for mark in marks_in(message, self.one.clinic) if own.fullmatch(mark)]

    def _not_own(self, message: Message, sides: str) -> list[str]:
        own = self._own(message, sides)
        return [mark for mark in marks_in(message, self.one.clinic) if mark not in own]

    def _newest(self, mark: str) -> str:
        while mark in self.one.corrected:
            mark = self.one.corrected[mark]
        return mark

    def _sign(self, message: int) -> str:
        conversation = self.one.clinic.playground.telegram.conversations[self.one.clinic.desk]
        ours = self.one.clinic.playground.telegram.bot.id
        return conversation.reactions.get(message, {}).get(ours, "")

    def _bears(self, message: Message, mark: str, place: Place) -> bool:
        """Itself, not an alert that only tells of it."""
        is_told_there = place == self.one.topic
        return is_told_there or _how(message) is self.one.shown.get(mark, _how(message))

    def _uncounted(self) -> dict[str, tuple[int, int]]:
        """What bears no mark: how often it came, and how often it must have, if no copy came twice."""
        patients = self._patients_place().heard(self.one.clinic)
        refused = sum(words_of(message).startswith(NOBODY_SAW) for message in patients)
        told = {"times told that nobody saw a paper": (refused, self.one.papers)}
        if self.one.topic is None:
            return told
        # there a picture stands without words, below the line that tells of it
        shown = sum("photo" in message.content for message in self.one.topic.heard(self.one.clinic))
        return told | {"pictures in the topic": (shown, self.one.pictures)}


def _how(message: Message) -> How:
    if NO_PICTURE in words_of(message):
        return How.NOT_SHOWN
    return How.SHOWN if message.content.keys() & {"photo", "voice"} else How.TOLD
