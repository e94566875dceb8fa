"""Hold translations back that say what is no longer true, and have them translated anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.care.model.clinical import is_clinical
from bot.care.model.delivery import Button
from bot.care.model.people import Patient, Role
from bot.care.model.purpose import Purpose
from bot.care.model.revision import Item, Revision
from bot.care.model.texts import flat
from bot.care.model.translation import HEARD, stale
from bot.care.model.words import Html
from bot.care.ports.records import Work
from bot.care.ports.words import EditableLibrary
from bot.care.services.posting import post

MOST_REVISIONS = 2_000
MOST_KEYS, MOST_PATIENTS = 10, 20


@dataclass(frozen=True)
class StaleTranslations:
    library: EditableLibrary

    def of(self, work: Work, language: str) -> list[Item]:
        """Words in this language whose source was changed since, the oldest change first."""
        return self._of(work.revisions.latest(limit=MOST_REVISIONS), language)

    def held(self, work: Work) -> Mapping[str, frozenset[str]]:
        """Those that nobody is to read meanwhile, by language: what is about symptoms, recovery or whom to reach."""
        return self._held(work.revisions.latest(limit=MOST_REVISIONS))

    def news(self, work: Work, coming: Sequence[Revision]) -> Mapping[str, Html]:
        """What is to be read, by language, of what revisions that are about to be noted hold back, and from whom.

        Looks at everybody: a reader works it out before.
        """
        source = self.library.shelf.clinic.languages[0]
        items = [one.item for revision in coming for one in revision.change.rewordings]
        changed = {item.key for item in items if item.language == source}
        if not changed or len(self.library.shelf.clinic.languages) == 1:
            return {}
        noted = work.revisions.latest(limit=MOST_REVISIONS)
        newest = noted[0].id if noted else 0
        held = self._held([*(replace(one, id=newest + 1) for one in coming), *noted])
        return {
            language: self._told(work, language, sorted(changed & keys))
            for language, keys in held.items()
            if changed & keys
        }

    def tell(self, work: Work, news: Mapping[str, Html], *, at: datetime) -> None:
        """Admins and clinicians, once those revisions are noted."""
        for language, text in news.items():
            button = Button(flat(self._say("open")), "translations", (language, "0"))
            for member in work.team.members():
                if member.role in (Role.ADMIN, Role.CLINICIAN):
                    post(work, member.contact, text, at=at, keyboard=((button,),), purpose=Purpose.CONTENT)

    # --- inside ------------------------------------------------------------------------------------------------------

    def _held(self, revisions: Sequence[Revision]) -> Mapping[str, frozenset[str]]:
        return {
            language: frozenset(item.key for item in self._of(revisions, language) if self._is_held(item.key, language))
            for language in self.library.shelf.clinic.languages[1:]
        }

    def _of(self, revisions: Sequence[Revision], language: str) -> list[Item]:
        shelf = self.library.shelf
        source = shelf.clinic.languages[0]
        return stale(revisions, source, language, lambda key: len(shelf.written(key, language)))

    def _is_held(self, key: str, language: str) -> bool:
        shelf = self.library.shelf
        source = shelf.clinic.languages[0]
        section, _, name = key.partition("/")
        topic = shelf.topics(source).get(name.partition("/")[0]) if section == "faq" else None
        # what was translated may name what the source no longer does
        written = (*shelf.written(key, source), *shelf.written(key, language))
        names = frozenset[str]().union(*(one.names for one in written))
        is_symptom = topic is not None and topic.symptom
        return is_clinical(key, names, is_symptom=is_symptom) and not (section == "phrases" and key.endswith(HEARD))

    def _told(self, work: Work, language: str, keys: list[str]) -> Html:
        source = self.library.shelf.clinic.languages[0]
        readers = [one for one in work.survey.people().values() if one.language == language]
        return self._say(
            "held",
            value=language.upper(),
            known=source.upper(),
            items=Html(_lines([f"• {key}" for key in keys], most=MOST_KEYS)),
            count=str(len(readers)),
            listed=Html(_lines([self._reader(one) for one in readers], most=MOST_PATIENTS)),
        )

    def _reader(self, patient: Patient) -> str:
        name = self._say("held-test" if patient.test else "held-reader",
                         first_name=patient.first_name, patient_code=patient.code)  # fmt: skip
        return str(name)

    def _say(self, name: str, /, **facts: str) -> Html:
        shelf = self.library.shelf
        return shelf.say(f"phrases/translating/{name}", shelf.clinic.languages[0], facts)


def _lines(lines: list[str], *, most: int) -> str:
    more = ["..."] if len(lines) > most else []
    return "\n".join((*lines[:most], *more))
