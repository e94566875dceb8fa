"""How a treatment, or what is answered, stands with the clinicians: what exactly they stand for, and who last did."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from bot.care.model.revision import Item

FILE = "approvals.toml"
"""Where approvals are kept."""
ANSWERS = "answers"
"""Stands in the place of a treatment: what is answered to questions, and the advice of every danger sign."""


@dataclass(frozen=True)
class Approval:
    """A clinician stands for a treatment's plan and words, or for the answers, as they were on that day."""

    treatment: str
    hash: str
    by: str
    on: date

    def __str__(self) -> str:
        return f"{self.hash} {self.on.isoformat()} {self.by}"

    @classmethod
    def named(cls, treatment: str, said: str) -> Self:
        hash_, on, by = said.split(" ", 2)
        return cls(treatment, hash_, by, date.fromisoformat(on))


@dataclass(frozen=True)
class SignOff:
    """`print`: the hash of plan and words as they are (`ANSWERS` have no plan). `files` hold them, `keys` are the
    words' own.

    `approval`: the one of this very print, else the newest of another; None where there never was one.
    """

    treatment: str
    print: str
    files: frozenset[str]
    keys: frozenset[str]
    approval: Approval | None = None

    @property
    def is_approved(self) -> bool:
        return self.approval is not None and self.approval.hash == self.print

    def covers(self, item: Item) -> bool:
        """These words are among those that a clinician stands for."""
        parts = item.key.split("/")
        return any("/".join(parts[:size]) in self.keys for size in (2, 3))
