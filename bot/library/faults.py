"""What is wrong with the content, said so that whoever edits it can find the place."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, order=True)
class Fault:
    """`file` is relative to the content folder, `line` counts from 1."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


@dataclass(frozen=True)
class Report:
    """All faults at once; warnings do not keep content from going live."""

    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()

    @property
    def clean(self) -> bool:
        return not self.faults

    def as_json(self) -> dict[str, list[dict[str, Any]]]:
        """`{"faults": [{"file", "line", "reason"}], "warnings": [...]}`."""
        return {"faults": [vars(fault) for fault in self.faults], "warnings": [vars(fault) for fault in self.warnings]}


@dataclass
class Notes:
    """Where readers and checks write down what they find, while they go on looking."""

    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    """Files of which nothing could be read: what others seem to lack may stand in them."""

    def report(self) -> Report:
        faults = sorted(set(self.faults), key=lambda fault: (fault.file not in self.unread, fault))
        return Report(tuple(faults), tuple(sorted(set(self.warnings))))


class ContentRefused(Exception):
    """The content has faults and may not go live."""

    def __init__(self, report: Report) -> None:
        super().__init__("\n".join(str(fault) for fault in report.faults))
        self.report = report
