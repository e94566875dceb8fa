"""Keep the shelf that is in use, watch the folder, and never let broken content replace good."""

from dataclasses import dataclass
from pathlib import Path

from bot.library.faults import ContentRefused, Fault, Report
from bot.library.folder import Manifest, Snapshot, manifest, read
from bot.library.last_good import LastGood
from bot.library.loading import Inspection, inspect_once
from bot.library.proof import Proof
from bot.library.shelf import ContentShelf
from bot.library.verdicts import Verdicts


@dataclass(frozen=True)
class News:
    """What a look found. `accepted`: the folder's content is in use now; else `report` says why it is not."""

    accepted: bool
    version: str
    report: Report


class LibraryKeeper:
    """Fills `bot.care.ports.Library`. `fictitious_allowed`: numbers may be made up, for the playground only.

    Made with good content, or with the last good set where the folder is broken; raises `ContentRefused` with the
    folder's faults when there is neither. Good is what passes every check and the `proof`, now or, as `verdicts` know,
    before.
    """

    def __init__(
        self, content_dir: Path, data_dir: Path, *, fictitious_allowed: bool, proof: Proof, verdicts: Verdicts
    ) -> None:
        self._content_dir = content_dir
        self._proof = proof
        self._verdicts = verdicts
        self._last_good = LastGood(data_dir)
        self._fictitious_allowed = fictitious_allowed
        self._seen: Manifest = manifest(content_dir)
        snapshot = read(content_dir)
        self._judged = snapshot.version
        inspection = self._inspect(snapshot)
        self.report = inspection.report
        """What is wrong with the newest content seen; without faults it is what the shelf holds."""
        self._shelf = self._first_shelf(snapshot, inspection)
        self._settled = True
        self._untold = self.on_last_good

    @property
    def shelf(self) -> ContentShelf:
        return self._shelf

    @property
    def on_last_good(self) -> bool:
        """The folder is broken and an older set is in use."""
        return not self.report.clean

    def look(self) -> News | None:
        """See whether the folder changed; news once for each distinct content, and at first if it began broken.

        A change is judged at the first look that finds the folder as the look before: half-written files are left
        to be finished. Reads the disk and may take half a second: call it from a thread, every second or two.
        """
        if self._untold:
            self._untold = False
            return News(accepted=False, version=self._judged, report=self.report)
        seen = manifest(self._content_dir)
        if seen != self._seen:
            self._seen, self._settled = seen, False
            return None
        if self._settled:
            return None
        self._settled = True
        return self._judge(read(self._content_dir))

    def _judge(self, snapshot: Snapshot) -> News | None:
        if snapshot.version == self._judged:
            return None
        self._judged = snapshot.version
        inspection = self._inspect(snapshot)
        self.report = inspection.report
        if inspection.shelf is not None and inspection.report.clean:
            self._shelf = inspection.shelf
            self._keep(snapshot)
        return News(inspection.report.clean, snapshot.version, self.report)

    def _first_shelf(self, snapshot: Snapshot, inspection: Inspection) -> ContentShelf:
        if inspection.shelf is not None and inspection.report.clean:
            self._keep(snapshot)
            return inspection.shelf
        kept = self._last_good.recall()
        last = self._inspect(kept) if kept is not None else None
        if last is None or last.shelf is None or not last.report.clean:
            raise ContentRefused(inspection.report)
        return last.shelf

    def _inspect(self, snapshot: Snapshot) -> Inspection:
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
