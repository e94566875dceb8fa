"""What the clinic says: shelves of approved words, and the library that keeps them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Protocol

from bot.care.model.clinic import Clinic
from bot.care.model.protocol import Protocol as TreatmentProtocol
from bot.care.model.revision import Written
from bot.care.model.sign_off import SignOff
from bot.care.model.words import Facts, Html


@dataclass(frozen=True)
class Topic:
    """An FAQ topic as the patient may browse it. `also`: accepted neighbours, offered as related.

    `symptom`: about something felt or seen, so that only a clinician changes what is understood as it.
    """

    id: str
    title: str
    also: tuple[str, ...]
    symptom: bool = False


class Shelf(Protocol):
    """One consistent set of content: what a deed started with it ends with."""

    @property
    def version(self) -> str:
        """Content hash, stamped on every message."""
        ...

    @property
    def clinic(self) -> Clinic: ...

    @property
    def protocols(self) -> Mapping[str, TreatmentProtocol]: ...

    @property
    def approved(self) -> frozenset[str]:
        """Treatments whose plan and words, as they are, a clinician stands for; and `ANSWERS`, for all answers."""
        ...

    @property
    def aliases(self) -> Mapping[str, str]:
        """What staff may type for a treatment, lower case -> its id."""
        ...

    def topics(self, language: str) -> Mapping[str, Topic]: ...

    def families(self, language: str) -> Sequence[str]:
        """What is not ours to answer, by kind."""
        ...

    def has(self, key: str, language: str) -> bool: ...

    def say(self, key: str, language: str, facts: Facts) -> Html:
        """The words at `key` for these facts; raises `MissingWords`. Falls back to the clinic's first language."""
        ...

    def bare_words(self) -> Mapping[str, str]:
        """A word typed alone, any language, casefolded -> deed: `help`, `stop`, `pause`, `today` ..."""
        ...


class MissingWords(LookupError):
    """No approved words at this key, or a placeholder without a value."""


class Library(Protocol):
    @property
    def shelf(self) -> Shelf: ...


class Editable(Shelf, Protocol):
    """A shelf whose words can be looked at as they are written."""

    @property
    def sign_offs(self) -> Mapping[str, SignOff]:
        """How each treatment stands with the clinicians, and how all answers do."""
        ...

    def keys(self, language: str) -> Sequence[str]:
        """Every key with words of this language, in order."""
        ...

    def written(self, key: str, language: str) -> Sequence[Written]:
        """All variants at a key of this very language; empty for an unknown one."""
        ...

    def fill(self, key: str, text: str, facts: Facts) -> Html:
        """Any text as if it stood at this key; raises `MissingWords` also for what may not stand there."""
        ...


class EditableLibrary(Protocol):
    @property
    def shelf(self) -> Editable: ...


class Dates(Protocol):
    """How a day or an hour is said in a language."""

    def say_day(self, day: date, language: str, *, year: int) -> str:
        """`24 November`; with its year when that is not `year`."""
        ...

    def say_weekday(self, day: date, language: str) -> str:
        """`Friday`."""
        ...

    def say_time(self, at: time, language: str) -> str:
        """`9:30`, or however the language says it."""
        ...
