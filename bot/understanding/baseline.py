"""Whether the content does worse on its own lines than it did when somebody last looked."""

import json
from collections.abc import Mapping
from pathlib import Path

from bot.understanding.checked import Checked

FILE = "baseline.json"
"""In the content folder, beside the words that it belongs to."""

SLACK = 0.02
"""Shares move a little with every line; a drop of more than this is a regression."""

HIGHER = ("top1", "top3", "coverage", "precision", "red_flags_certain", "red_flags_asked")
LOWER = ("out_of_scope_answered", "questions_certain", "questions_asked")


def shares(checked: Checked) -> dict[str, float]:
    counts = {name: checked.counts[name] for name in (*HIGHER, *LOWER)}
    return {name: round(part / whole, 4) if whole else 0.0 for name, (part, whole) in counts.items()}


def regressions(checked: Checked, before: Mapping[str, float]) -> list[str]:
    """One line for each share that is worse than before."""
    now = shares(checked)
    worse = [name for name in HIGHER if name in before and now[name] < before[name] - SLACK]
    worse += [name for name in LOWER if name in before and now[name] > before[name] + SLACK]
    return [f"{name}: {now[name]:.1%}, was {before[name]:.1%}" for name in worse]


def recall(content_dir: Path, *, with_encoder: bool) -> Mapping[str, float]:
    """Empty where nobody has kept one."""
    try:
        kept = json.loads((content_dir / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept.get(_name(with_encoder=with_encoder), {})  # type: ignore[no-any-return]


def keep(checked: Checked, content_dir: Path, *, with_encoder: bool) -> None:
    """The other one, with or without the encoder, stays as it is. Raises `OSError`."""
    other = recall(content_dir, with_encoder=not with_encoder)
    both = {_name(with_encoder=with_encoder): shares(checked), _name(with_encoder=not with_encoder): dict(other)}
    (content_dir / FILE).write_text(json.dumps(both, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def _name(*, with_encoder: bool) -> str:
    return "sentences" if with_encoder else "words"
