"""Keep the shelf that is in use, watch the folder, and never let broken content replace good."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path

from bot.care.model.revision import FileChange
from bot.library.faults import ContentRefused, Fault, Report
from bot.library.folder import Manifest, Snapshot, manifest, read
from bot.library.last_good import LastGood
from bot.library.loading import Inspection, inspect, inspect_once
from bot.library.proof import ALONE, Parting, Proof, nothing_missed
from bot.library.rewording import changes
from bot.library.shelf import ContentShelf
from bot.library.verdicts import Verdicts

HELD_UP_FOR = 20
"""Looks after which content that waits for patients is tried again."""


@dataclass(frozen=True)
class News:
    """What a look found. `accepted`: the folder's content is in use now; else `report` says why it is not."""

    accepted: bool
    version: str
    report: Report
    changes: tuple[FileChange, ...] = ()
    """Where accepted: every file that differs from what was in use before."""


class LibraryKeeper:
    """Fills `bot.care.ports.words.Library`. `fictitious_allowed`: numbers may be made up, for the playground only.

    Made with good content, or with the last good set where the folder is broken; raises `ContentRefused` with the
    folder's faults when there is neither. Good is what passes every check and the `proof`, now or, as `verdicts` know,
    before.
    """

    def __init__(
        self,
        content_dir: Path,
        data_dir: Path,
        *,
        fictitious_allowed: bool,
        proof: Proof,
        verdicts: Verdicts,
        parting: Parting = nothing_missed,
    ) -> None:
        self._content_dir = content_dir
        self._proof = proof
        self._verdicts = verdicts
        self._parting = parting
        self._held_up: ContentShelf | None = None
        """Good content that waits only for those who are in the middle of what it lacks."""
        self._looks = 0
        self._last_good = LastGood(data_dir)
        self._fictitious_allowed = fictitious_allowed
        self._seen: Manifest = manifest(content_dir)
        snapshot = read(content_dir)
        self._judged = snapshot.version
        before = self._last_good.recall()
        inspection = self._inspect(snapshot, _in_use_before(before, snapshot))
        self.report = inspection.report
        """What is wrong with the newest content seen; without faults it is what the shelf holds."""
        self._shelf, self._live = self._first(snapshot, inspection, before)
        self._settled = True
        self._untold = self._first_news(before)

    @property
    def shelf(self) -> ContentShelf:
        return self._shelf

    def hold(self, held: Mapping[str, AbstractSet[str]]) -> None:
        """Language -> keys whose translation may not be said, from now on and until told otherwise."""
        self._shelf = replace(self._shelf, held=held)

    @property
    def on_last_good(self) -> bool:
        """The folder is broken and an older set is in use."""
        return not self.report.clean

    def look(self) -> News | None:
        """See whether the folder changed; news for each distinct content, and at first if it began broken or other than
        it was in use last. The same news comes again, and nothing newer, until it is `noted`.

        A change is judged at the first look that finds the folder as the look before: half-written files are left
        to be finished. Reads the disk and may take half a second: call it from a thread, every second or two.
        """
        if self._untold is not None:
            return self._untold
        seen = manifest(self._content_dir)
        if seen != self._seen:
            self._seen, self._settled = seen, False
            return None
        if self._settled and not self._is_free_now():
            return None
        self._untold = self._judge(read(self._content_dir))
        self._settled = True
        return self._untold

    def noted(self, news: News) -> None:
        """It is in the records. Until then a process that ends leaves it to the next one. Writes to the disk."""
        if news.accepted:
            self._keep(self._live)
        self._untold = None

    def _is_free_now(self) -> bool:
        """Nobody needs any more what the content that was held up lacks; asked now and then."""
        if self._held_up is None:
            return False
        self._looks += 1
        if self._looks % HELD_UP_FOR or any(self._parting(self._held_up, self._shelf)):
            return False
        self._judged = ""
        return True

    def _judge(self, snapshot: Snapshot) -> News | None:
        if snapshot.version == self._judged:
            return None
        inspection = self._inspect(snapshot, self._shelf)
        self._judged = snapshot.version
        self.report = inspection.report
        if inspection.shelf is not None and inspection.report.clean:
            before, self._live = self._live, snapshot
            self._shelf = replace(inspection.shelf, held=self._shelf.held)
            return News(accepted=True, version=snapshot.version, report=self.report, changes=changes(before, snapshot))
        return News(accepted=False, version=snapshot.version, report=self.report)

    def _first(
        self, snapshot: Snapshot, inspection: Inspection, before: Snapshot | None
    ) -> tuple[ContentShelf, Snapshot]:
        if inspection.shelf is not None and inspection.report.clean:
            if not (before is not None and changes(before, snapshot)):
                # else it is news first
                self._keep(snapshot)
            return inspection.shelf, snapshot
        last = self._checked(before) if before is not None else None
        if before is None or last is None or last.shelf is None or not last.report.clean:
            raise ContentRefused(inspection.report)
        return last.shelf, before

    def _first_news(self, before: Snapshot | None) -> News | None:
        """Files may have been changed while nobody looked."""
        if self.on_last_good:
            return News(accepted=False, version=self._judged, report=self.report)
        found = changes(before, self._live) if before is not None else ()
        return News(accepted=True, version=self._live.version, report=self.report, changes=found) if found else None

    def _inspect(self, snapshot: Snapshot, before: ContentShelf | None = None) -> Inspection:
        """`before`: what was in use until now."""
        self._held_up = None
        inspection = self._checked(snapshot)
        if before is None or inspection.shelf is None or not inspection.report.clean:
            return inspection
        missed = tuple(Fault(one.file, 1, one.reason) for one in self._parting(inspection.shelf, before))
        if missed:
            self._held_up = inspection.shelf
        return Inspection(Report(missed, inspection.report.warnings), inspection.shelf)

    def _checked(self, snapshot: Snapshot) -> Inspection:
        inspection = inspect_once(snapshot, self._proof, self._verdicts)
        if inspection.shelf is None or not inspection.shelf.clinic.fictitious or self._fictitious_allowed:
            return inspection
        made_up = Fault("clinic.toml", 1, "a fictitious clinic runs only in the playground: enter your own numbers")
        report = Report((*inspection.report.faults, made_up), inspection.report.warnings)
        return Inspection(report, inspection.shelf)

    def _keep(self, snapshot: Snapshot) -> None:
        try:
            self._last_good.keep(snapshot)
        except OSError as error:
            # good words go live even when their copy cannot be kept; admins are warned
            warning = Fault(".", 1, f"the last good content could not be kept: {error.strerror}")
            self.report = Report(self.report.faults, (*self.report.warnings, warning))


def _in_use_before(before: Snapshot | None, now: Snapshot) -> ContentShelf | None:
    """What was live until the last end, where the files are others by now: it passed then, so it is only read."""
    if before is None or before.version == now.version:
        return None
    return inspect(before, ALONE, tried=True).shelf
