"""The content files as lists of phrasings: tried out on all lines, checked as every edit, and only then written."""

from dataclasses import dataclass
from pathlib import Path

from bot.care.model.unanswered import End, Outcome, Phrasing
from bot.care.ports.hearing import Situation
from bot.compose.proof import proof
from bot.library.edited import Changed, Edited
from bot.library.faults import ContentRefused
from bot.library.folder import Snapshot, read
from bot.library.loading import accepted, inspect_once
from bot.library.phrasings import (
    AlreadyThere,
    NoSuchTopic,
    NotThere,
    with_phrasing,
    without_phrasing,
)
from bot.library.shelf import ContentShelf
from bot.library.verdicts import Verdicts
from bot.library.writing import may_replace
from bot.understanding.building import understand
from bot.understanding.weighing import effect


@dataclass(frozen=True)
class ContentCabinet:
    """Fills `bot.care.ports.press.Cabinet`. What is learned for a trial lies in the cache when the words go live."""

    content_dir: Path
    cache: Path
    verdicts: Verdicts

    def weigh(self, phrasing: Phrasing) -> Outcome:
        try:
            now = read(self.content_dir)
            edited = with_phrasing(now, phrasing)
            if not may_replace(self.content_dir / edited.name):
                return Outcome(End.READ_ONLY, reasons=(str(self.content_dir / edited.name),))
            return self._weighed(phrasing, self._shelf(now), self._shelf(edited.snapshot), edited)
        except AlreadyThere as error:
            return Outcome(End.THERE, reasons=error.homes)
        except NoSuchTopic as error:
            return Outcome(End.NO_TOPIC, reasons=(str(error),))
        except ContentRefused as error:
            return _refused(error)

    def file(self, phrasing: Phrasing, *, print: str) -> Outcome:  # noqa: A002 - the port's name
        try:
            edited = with_phrasing(read(self.content_dir), phrasing)
            if edited.print != print:
                return Outcome(End.CHANGED)
            self._shelf(edited.snapshot)
            edited.write(self.content_dir)
        except AlreadyThere as error:
            return Outcome(End.THERE, reasons=error.homes)
        except (Changed, NoSuchTopic):
            return Outcome(End.CHANGED)
        except ContentRefused as error:
            return _refused(error)
        except OSError as error:
            return _unwritten(error)
        return Outcome(End.DONE)

    def take_out(self, phrasing: Phrasing) -> Outcome:
        try:
            edited = without_phrasing(read(self.content_dir), phrasing)
            self._shelf(edited.snapshot)
            edited.write(self.content_dir)
        except (NotThere, NoSuchTopic):
            return Outcome(End.NOT_THERE)
        except Changed:
            return Outcome(End.CHANGED)
        except ContentRefused as error:
            return _refused(error)
        except OSError as error:
            return _unwritten(error)
        return Outcome(End.DONE)

    def _weighed(self, phrasing: Phrasing, old: ContentShelf, new: ContentShelf, edited: Edited) -> Outcome:
        before = understand(old.tables, self.cache)
        heard = before.triage(phrasing.words, Situation(phrasing.language))
        if heard.raised and heard.certain:
            return Outcome(End.DANGER, reasons=(heard.flag or "",))
        after = understand(new.tables, self.cache)
        asked_about = (heard.flag or "") if heard.raised else ""
        told = effect(before.checked(phrasing.language), after.checked(phrasing.language), asked_about=asked_about)
        return Outcome(End.DONE, print=edited.print, effect=told)

    def _shelf(self, snapshot: Snapshot) -> ContentShelf:
        """Raises `ContentRefused`: the same checks as for every edit."""
        return accepted(inspect_once(snapshot, proof(verdicts=self.verdicts), self.verdicts))


def _refused(error: ContentRefused) -> Outcome:
    return Outcome(End.REFUSED, reasons=tuple(map(str, error.report.faults)))


def _unwritten(error: OSError) -> Outcome:
    return Outcome(End.READ_ONLY, reasons=(f"{error.filename or ''}: {error.strerror}",))
