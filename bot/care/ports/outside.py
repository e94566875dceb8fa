"""The world around the clinic: time, Telegram, paper and pictures, secrets."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from bot.care.model.chart import Chart
from bot.care.model.delivery import Act, Result
from bot.care.model.leaflet import Leaflet
from bot.care.model.sheet import Sheet


class Clock(Protocol):
    """Clinic time; may be turned in trials."""

    def now(self) -> datetime: ...


class Channel(Protocol):
    """Where acts leave. Never raises for what the far side did: that is a `Result`."""

    async def perform(self, act: Act) -> Result: ...


class Pictures(Protocol):
    def qr(self, words: str) -> bytes:
        """A PNG of a QR code with its quiet zone."""
        ...

    def chart(self, chart: Chart) -> bytes:
        """A PNG that is readable on a phone, whoever's eyes read it."""
        ...

    def sheet(self, sheet: Sheet, *, drawn: Callable[[int], None] = ...) -> bytes:
        """A PDF to print; takes about as many milliseconds a card as fingers. `drawn` hears how many are done."""
        ...

    def leaflet(self, leaflet: Leaflet) -> bytes:
        """A PDF of one page; takes tenths of a second."""
        ...

    def side_by_side(self, left: bytes, right: bytes) -> bytes:
        """A JPEG of two cleaned pictures."""
        ...

    def clean(self, content: bytes) -> bytes | None:
        """The picture redrawn as a JPEG with nothing hidden in it; None when it cannot be read. Takes up to seconds."""
        ...

    def strip(self, content: bytes) -> bytes | None:
        """The video, voice message or sound with nothing said beside it; None when that cannot be made sure."""
        ...


class Album(Protocol):
    """Patients' redrawn pictures, encrypted on this machine's disk; each call may take tenths of a second."""

    def keep(self, patient_id: int, file_id: str, content: bytes) -> bool:
        """False where a limit or the disk is against it: nothing else depends on it."""
        ...

    def find(self, patient_id: int, file_id: str) -> bytes | None:
        """None when it was never kept here, or is gone."""
        ...

    def owners(self) -> Sequence[int]:
        """Patients of whom anything is kept."""
        ...

    def erase(self, patient_id: int) -> None:
        """All of theirs."""
        ...


class Keys(Protocol):
    """One-time secrets; only their keyed hashes are ever stored."""

    def hash(self, text: str) -> str: ...

    def token(self) -> str:
        """256 bits, 43 characters that Telegram allows after `?start=`."""
        ...

    def code(self) -> str:
        """Eight Crockford characters for typing."""
        ...
