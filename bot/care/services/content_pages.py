"""What staff read of the content in the chat: its folders, its items, and one item as a patient reads it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape

from bot.care.model.delivery import Button, Keyboard
from bot.care.model.enrolment import Area, Surface
from bot.care.model.people import Member
from bot.care.model.permissions import may
from bot.care.model.protocol import Anchor, Step
from bot.care.model.revision import Item, Written
from bot.care.model.texts import cut, flat, units
from bot.care.model.words import Html
from bot.care.ports.words import Editable
from bot.care.services.asking import in_rows
from bot.care.services.holding_words import HoldingWords
from bot.care.services.leafing import page_of, turns
from bot.care.services.questions import words_of
from bot.care.services.sampling import Sample, Sampling, steps_with
from bot.care.services.speaking import Speaking

SECTIONS = ("steps", "faq", "red_flags", "out_of_scope", "phrases", "treatments")
SHEETS = {"steps": 3, "faq": 2, "red_flags": 2, "out_of_scope": 2, "phrases": 3, "treatments": 2}
"""How many parts the name of one subject has; what lies below it is shown together."""
PIECES = {"faq": "topic", "red_flags": "advice"}
"""What a subject's own words are called; elsewhere a message."""
ON_A_PAGE = 8
ON_A_LINE = 4
LONGEST_LABEL = 60
LONGEST_PREVIEW = 1500
"""UTF-16 units; a message has room for more words beside it."""

Page = tuple[Html, Keyboard]


@dataclass(frozen=True)
class ContentPages:
    speaking: Speaking
    sampling: Sampling

    @property
    def shelf(self) -> Editable:
        return self.sampling.shelf

    def written(self, item: Item) -> Written | None:
        """None for an item that is not there (any more)."""
        variants = self.shelf.written(item.key, item.language)
        return variants[item.variant] if 0 <= item.variant < len(variants) else None

    def folder(self, language: str, node: str, number: int) -> Page:
        """`node`: the beginning of a key, empty for the whole content."""
        items = self._items(language, node)
        children = [Button(self.title(item), "content-item", (str(item),)) for item in items] or [
            self._to_child(language, child) for child in self._children(language, node)
        ]
        here, pages, shown = page_of(children, number, ON_A_PAGE)
        text = self.speaking.staff(
            "content/folder", what=self._label(node, language), page=str(here + 1), pages=str(pages)
        )
        further = turns("content-open", (language, node), here, pages)
        timings = in_rows(self._timings(node)) if items else ()
        return text, (*in_rows(shown), *timings, *further, *self._languages(language, node), *self._up(language, node))

    def item(self, item: Item, member: Member, *, at: datetime, sample: Sample | None = None) -> Page:
        """Its words as a patient reads them; may be edited by whoever may."""
        written = self.written(item)
        if written is None:
            return self.gone()
        whom = sample or self.sampling.first(item, written, at=at)
        remarks = self.speaking.staff("content/file-only", value=written.file) if written.is_for_its_file else ""
        text = self.speaking.staff(
            "content/item",
            what=self.path(item),
            when=self._read_when(item, written),
            text=self.preview(whom, item, written.text, written, at=at),
            remarks=remarks,
        )
        edit = Button(self._word("edit"), "content-edit", (str(item),))
        other = Button(self._word("other-day"), "content-days", ("item", str(item), str(whom)))
        history = Button(self._word("show-history"), "content-history", (str(item), "0"))
        to_me = self.to_me("item", str(item), whom)
        may_edit = may(member, "edit-words") and not written.is_for_its_file
        holds = self._holds(item.key) if may(member, "hold") else []
        timings = in_rows([*self._timings(item.key), *holds])
        reading = (edit, other, history) if may_edit else (other, history)
        return text, (reading, (to_me,), *timings, (self._back(item),))

    def to_me(self, kind: str, subject: str, sample: Sample) -> Button:
        """The message as it would come, to whoever taps; `kind` and `subject` say of what."""
        return Button(self._word("to-me"), "content-to-me", (kind, subject, str(sample)))

    def preview(self, sample: Sample, item: Item, words: str, written: Written, *, at: datetime) -> Html:
        """Headed by whose words they are."""
        said = self.sampling.said(sample, item, words, written, at=at)
        name = "preview" if self.sampling.reads(sample, item, written, at=at) else "preview-other"
        return self.speaking.staff(f"content/{name}", value=self.sample(sample), text=self.shortened(said))

    def shortened(self, said: Html | None) -> Html:
        """As much as fits beside other words; None where they cannot be said."""
        text = self.speaking.staff("seeing/template-missing") if said is None else said
        return Html(escape(cut(flat(text), most=LONGEST_PREVIEW))) if units(flat(text)) > LONGEST_PREVIEW else text

    def days(self, kind: str, subject: str, sample: Sample) -> Keyboard:
        """Other made-up patients and days to read it as; `kind` and `subject` say of what."""
        args = (kind, subject)
        treatments = [
            Button(self.speaking.treatment_name(name), "content-days", (*args, f"{name} {self.sampling.days(name)[0]}"))
            for name in self.shelf.protocols
            if name != sample.treatment
        ]
        others = (
            [(self._day(day), replace(sample, day=day)) for day in self.sampling.days(sample.treatment)],
            [(self._where(area), replace(sample, area=area)) for area in Area],
            [(self._where(surface), replace(sample, surface=surface)) for surface in Surface],
        )
        sizes = (ON_A_LINE, len(Area), 1)
        rows = [
            row
            for samples, size in zip(others, sizes, strict=True)
            for row in in_rows([Button(label, "content-sample", (*args, str(one))) for label, one in samples], size)
        ]
        return (*rows, *in_rows(treatments, 2))

    def sample(self, sample: Sample) -> str:
        treatment = self.speaking.treatment_name(sample.treatment)
        chosen = (self._where(one) for one in (sample.area, sample.surface) if one is not None)
        return self.speaking.label(
            "content/sample", treatment_name=treatment, what=", ".join((self._day(sample.day), *chosen))
        )

    def gone(self) -> Page:
        return self.speaking.staff("content/gone"), ((self._to("", self.speaking.staff_language),),)

    def title(self, item: Item) -> str:
        """Of one item among those of its subject: a button's words."""
        depth = SHEETS[item.key.partition("/")[0]]
        piece, *rest = item.key.split("/")[depth:] or ["text"]
        named = self._piece(item.key, piece, rest)
        variants = self.shelf.written(item.key, item.language)
        if len(variants) > 1:
            named = f"{named}, {self.when(variants[item.variant])}"
        return cut(named, most=LONGEST_LABEL)

    def path(self, item: Item) -> str:
        """Of one item by all that it is part of."""
        parts = item.key.split("/")
        depth = SHEETS[parts[0]]
        above = [self._label("/".join(parts[:n]), item.language) for n in range(2, depth + 1)]
        own = [] if parts[0] in ("out_of_scope", "phrases", "treatments") else [self.title(item)]
        return ": ".join((*above, *own))

    def when(self, written: Written) -> str:
        """On what it depends that a patient reads this variant and no other."""
        if not written.when:
            return self.speaking.label("content/otherwise")
        held = (f"{name.replace('_', ' ')}: {'/'.join(values)}" for name, values in written.when.items())
        return ", ".join(held)

    def _read_when(self, item: Item, written: Written) -> str:
        if len(self.shelf.written(item.key, item.language)) == 1:
            return self.speaking.label("content/always")
        when = self.when(written)
        return self.speaking.label("content/when", what=when) if written.when else when

    def back_to(self, item: Item) -> Button:
        return Button(self._word("back-to-item"), "content-item", (str(item),))

    # --- inside ------------------------------------------------------------------------------------------------------

    def _items(self, language: str, node: str) -> list[Item]:
        """Of one subject; none where a folder is meant."""
        parts = node.split("/")
        if len(parts) < SHEETS.get(parts[0], 1):
            return []
        below = (key for key in self.shelf.keys(language) if key == node or key.startswith(f"{node}/"))
        return [Item(language, key, n) for key in below for n in range(len(self.shelf.written(key, language)))]

    def _children(self, language: str, node: str) -> Sequence[str]:
        """Steps in the order of their plan, topics by title, everything else as its file has it."""
        section, _, name = node.partition("/")
        if not section:
            return SECTIONS
        if section == "steps":
            return self._steps(name) if name else [f"steps/{one}" for one in self.shelf.protocols]
        depth = len(node.split("/")) + 1
        keys = (key for key in self.shelf.keys(language) if key.startswith(f"{node}/"))
        found = list(dict.fromkeys("/".join(key.split("/")[:depth]) for key in keys))
        return sorted(found, key=lambda child: self._label(child, language).casefold()) if section == "faq" else found

    def _steps(self, treatment: str) -> list[str]:
        protocol = self.shelf.protocols.get(treatment)
        if protocol is None:
            return []
        return list(dict.fromkeys(f"steps/{words_of(protocol, step)}" for step in protocol.steps))

    def _label(self, node: str, language: str) -> str:
        parts = node.split("/")
        if len(parts) == 1:
            return self.speaking.label(f"content/section-{parts[0].replace('_', '-') or 'all'}")
        if parts[0] == "steps":
            return self.speaking.treatment_name(parts[1]) if len(parts) == 2 else self._step(parts[1], parts[2])
        if parts[0] == "faq" and parts[1] in self.shelf.topics(language):
            return self.shelf.topics(language)[parts[1]].title
        if parts[0] == "red_flags":
            return flat(self.shelf.say(f"{node}/name", language, {}))
        if parts[0] == "treatments":
            return self.speaking.treatment_name(parts[1])
        return parts[-1].replace("-", " ").replace("_", " ")

    def _step(self, treatment: str, name: str) -> str:
        protocol = self.shelf.protocols.get(treatment)
        step = protocol.step(name) if protocol is not None else None
        if step is None:
            return name
        said = self._day(step.day if step.anchor is Anchor.SESSION else -step.day)
        return f"{said} ({name})" if _is_main(step) else f"{said} ({name.partition('-')[2]})"

    def _day(self, day: int) -> str:
        name = "day-after" if day >= 0 else "day-before-1" if day == -1 else "day-before"
        return self.speaking.label(f"content/{name}", day=str(abs(day)))

    def _where(self, one: Area | Surface) -> str:
        return self.speaking.label(f"alerts/{'area' if isinstance(one, Area) else 'surface'}-{one}")

    def _piece(self, key: str, piece: str, rest: Sequence[str]) -> str:
        if piece == "text" and key.startswith(("phrases/", "out_of_scope/")):
            return key.rpartition("/")[2]
        name = PIECES.get(key.partition("/")[0], piece) if piece == "text" else piece
        return self.speaking.label(f"content/piece-{name}", what=" ".join(rest).replace("-", " "))

    def _to_child(self, language: str, child: str) -> Button:
        """What has but one item is opened at once."""
        label, items = self._label(child, language), self._items(language, child)
        if len(items) == 1:
            return Button(label, "content-item", (str(items[0]),))
        return Button(label, "content-open", (language, child, "0"))

    def _timings(self, key: str) -> list[Button]:
        """To the day and hour of each step that says these words."""
        found = list(steps_with(key, self.shelf.protocols.values()))
        return [
            Button(self.speaking.label("timing/open", what=what), "timing-open", (protocol.id, step.id, ""))
            for protocol, step in found
            for what in [self.speaking.treatment_name(protocol.id) if len(found) > 1 else step.id]
        ]

    def _holds(self, key: str) -> list[Button]:
        """To stop each step that says these words."""
        words = HoldingWords(self.speaking)
        subjects = [(protocol.id, step.id) for protocol, step in steps_with(key, self.shelf.protocols.values())]
        label = self.speaking.label
        return [Button(label("holding/open", what=words.what(one)), "hold-ask", one) for one in subjects]

    def _languages(self, language: str, node: str) -> Keyboard:
        others = [one for one in self.shelf.clinic.languages if one != language]
        buttons = tuple(Button(one.upper(), "content-open", (one, node, "0")) for one in others)
        return (buttons,) if buttons else ()

    def _up(self, language: str, node: str) -> Iterator[tuple[Button, ...]]:
        if node:
            yield (self._to(node.rpartition("/")[0], language),)

    def _back(self, item: Item) -> Button:
        parts = item.key.split("/")
        node = "/".join(parts[: SHEETS[parts[0]]])
        is_alone = len(self._items(item.language, node)) == 1
        return self._to(node.rpartition("/")[0] if is_alone else node, item.language)

    def _to(self, node: str, language: str) -> Button:
        return Button(self._word("back"), "content-open", (language, node, "0"))

    def _word(self, name: str) -> str:
        return self.speaking.label(f"content/{name}")


def _is_main(step: Step) -> bool:
    return step.late_of is None and step.repeats is None
