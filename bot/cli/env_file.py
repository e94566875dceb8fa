"""Write `.env`: the example's explanations, or what stood there before, with this clinic's token."""

import os
from pathlib import Path

from bot.settings import ROOT

EXAMPLE = ROOT / ".env.example"
NAME = "TELEGRAM_BOT_TOKEN"


def write_env(path: Path, token: str) -> None:
    """With mode 0600 from its first moment, whole or not at all. Raises `OSError`."""
    old = path if path.exists() else EXAMPLE
    lines = [line for line in old.read_text(encoding="utf-8").splitlines() if not line.startswith("# Copy to .env")]
    places = [place for place, line in enumerate(lines) if line.startswith(f"{NAME}=")]
    if places:
        lines[places[-1]] = f"{NAME}={token}"
    else:
        lines.append(f"{NAME}={token}")
    _replace(path, "\n".join([*lines, ""]))


def _replace(path: Path, text: str) -> None:
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
