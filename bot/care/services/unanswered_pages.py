"""What staff read of messages that no answer met: the list, one group of them, and where its words may go."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.care.model.delivery import Button, Keyboard
from bot.care.model.texts import cut
from bot.care.model.unanswered import ELSE, OUTSIDE, Group, Phrasing, groups_of
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.services.asking import in_rows
from bot.care.services.leafing import page_of, turns
from bot.care.services.speaking import Speaking

ON_A_PAGE = 5
TOPICS_ON_A_PAGE = 8
CLOSEST = 4
ALSO_SAID = 3
SHOWN = 140
"""UTF-16 units of a message in a list."""

Page = tuple[Html, Keyboard]


@dataclass(frozen=True)
class UnansweredPages:
    speaking: Speaking

    def groups(self, work: Work) -> list[Group]:
        return groups_of(work.unanswered.waiting())

    def find(self, work: Work, group_id: str) -> Group | None:
        """None when they were filed, dropped or erased meanwhile."""
        return next((group for group in self.groups(work) if group.id == int(group_id)), None)

    def listed(self, work: Work, number: int, *, at: datetime) -> Page:
        groups, staff = self.groups(work), self.speaking.staff
        if not groups:
            days = self.speaking.shelf.clinic.retention.unanswered_days
            return staff("unanswered/list-empty", days=str(days)), ()
        here, pages, shown = page_of(groups, number, ON_A_PAGE)
        numbered = list(enumerate(shown, here * ON_A_PAGE + 1))
        lines = [self._line(number, group, at=at) for number, group in numbered]
        text = staff(
            "unanswered/list",
            count=str(sum(len(group.rows) for group in groups)),
            page=str(here + 1),
            pages=str(pages),
            listed=Html("\n".join(lines)),
        )
        opening = tuple(Button(str(number), "unanswered-open", (str(group.id),)) for number, group in numbered)
        return text, (opening, *turns("unanswered-page", (), here, pages))

    def group(self, group: Group, *, at: datetime) -> Page:
        staff = self.speaking.staff
        remarks = [*self._did(group), *self._chose(group)]
        also = [staff("unanswered/also-said", said=cut(words, most=SHOWN)) for words in group.others(ALSO_SAID)]
        text = staff(
            "unanswered/group",
            said=group.newest.words,
            count=str(len(group.rows)),
            when=self._when(group, at=at),
            remarks=Html(" ".join(remarks)),
            listed=Html("\n".join(also)),
        )
        known = self.speaking.shelf.topics(group.newest.language)
        closest = [topic for topic in group.closest if topic in known][:CLOSEST]
        further = (
            Button(self._label("another-topic"), "unanswered-topics", (str(group.id), "0")),
            Button(self._label("not-for-us"), "unanswered-families", (str(group.id), "0")),
        )
        drop = Button(self._label("drop"), "unanswered-drop", (str(group.id),))
        return text, (*self._filing(group, closest), further, (drop, self.back()))

    def topics(self, group: Group, number: int) -> Page:
        """All topics by title."""
        known = self.speaking.shelf.topics(group.newest.language)
        return self._targets(group, sorted(known, key=lambda topic: known[topic].title.casefold()), "topics", number)

    def families(self, group: Group, number: int) -> Page:
        """All kinds of what is not ours to answer."""
        kinds = [OUTSIDE + family for family in self.speaking.shelf.families(group.newest.language)]
        return self._targets(group, kinds, "families", number)

    def name_of(self, phrasing: Phrasing) -> str:
        return self._named(phrasing.target, phrasing.language)

    def back(self) -> Button:
        return Button(self._label("back"), "unanswered-page", ("0",))

    def _targets(self, group: Group, targets: Sequence[str], which: str, number: int) -> Page:
        here, pages, shown = page_of(targets, number, TOPICS_ON_A_PAGE)
        facts = {"said": group.newest.words, "page": str(here + 1), "pages": str(pages)}
        text = self.speaking.staff(f"unanswered/{which}", **facts)
        further = turns(f"unanswered-{which}", (str(group.id),), here, pages)
        back = Button(self._label("back-to-group"), "unanswered-open", (str(group.id),))
        return text, (*self._filing(group, shown), *further, (back,))

    def _filing(self, group: Group, targets: Sequence[str]) -> Keyboard:
        language = group.newest.language
        return in_rows(
            [Button(self._named(target, language), "file-as", (str(group.id), target)) for target in targets]
        )

    def _line(self, number: int, group: Group, *, at: datetime) -> Html:
        return self.speaking.staff(
            "unanswered/line",
            value=str(number),
            said=cut(group.newest.words, most=SHOWN),
            count=str(len(group.rows)),
            when=self._when(group, at=at),
        )

    def _when(self, group: Group, *, at: datetime) -> str:
        return self.speaking.day(group.newest.heard_on, at=at)

    def _did(self, group: Group) -> Iterator[Html]:
        answered = {row.answered for row in group.rows}
        if "" in answered:
            yield self.speaking.staff("unanswered/was-unsure")
        for topic in sorted(answered - {""}):
            yield self.speaking.staff("unanswered/was-answered", what=self._named(topic, group.newest.language))

    def _chose(self, group: Group) -> Iterator[Html]:
        chosen = Counter(row.chosen for row in group.rows if row.chosen)
        if chosen:
            named = [self._counted(topic, count, group) for topic, count in chosen.most_common()]
            yield self.speaking.staff("unanswered/chose", listed=Html(", ".join(named)))

    def _counted(self, topic: str, count: int, group: Group) -> Html:
        named = self._named(topic, group.newest.language)
        name = self.speaking.label("listening/something-else") if topic == ELSE else named
        return self.speaking.staff("unanswered/chosen", what=name, count=str(count))

    def _named(self, target: str, language: str) -> str:
        """A topic by its title; a family has none but its id."""
        topic = self.speaking.shelf.topics(language).get(target)
        return target.removeprefix(OUTSIDE).replace("-", " ") if topic is None else topic.title

    def _label(self, name: str) -> str:
        return self.speaking.label(f"unanswered/{name}")
