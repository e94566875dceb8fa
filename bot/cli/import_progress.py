"""Say on the error stream how far a long piece of work is."""

import sys
import time
from dataclasses import dataclass, field

import typer

EVERY = 1.0


@dataclass
class Progress:
    """Says nothing before a second has gone by; then one line a second, on a terminal in the same place."""

    of: int
    _next: float = field(default_factory=lambda: time.monotonic() + EVERY)

    def note(self, what: str, done: int) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + EVERY
        in_place = sys.stderr.isatty() and done < self.of
        typer.echo(f"{what}: {done:,} of {self.of:,}".ljust(40), err=True, nl=not in_place)
        if in_place:
            typer.echo("\r", err=True, nl=False)
