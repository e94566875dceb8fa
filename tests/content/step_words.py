"""Read steps and their words straight from the files, and fill them in with example values."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from bot.care.model.words import DIMENSIONS, PLACEHOLDERS

CONTENT = Path(__file__).parents[2] / "content"
STEPS = CONTENT / "en" / "steps"
NAME = re.compile(r"{{ (\w+) }}")

LONG: dict[str, str] = PLACEHOLDERS | {
    "first_name": "Maximiliana",
    "emergency_number": "your local emergency number",
    "first_wash": "the same evening",
    "pillow_line": "an extra pillow for the first nights",
    "day_words": "Session day",
    "today": "Wednesday 30 September",
    "next_session": "30 September",
    "reply_promise": "a person answers by 10:00 on Wednesday 30 September",
    "reply_time": "a person answers by 10:00 on Wednesday 30 September",
    "urgent_route": ("phone +44 20 5550 0143 now; if closed or no answer in 30 minutes, go to urgent care"),
    "urgent_any_hour": (
        "phone +44 20 5550 0143; if closed or no answer in 30 minutes, go to out-of-hours urgent care now, or phone 111"
    ),
    "makeup_state": "allowed if your skin is closed and calm, off again from 30 September",
    "shave_state": "allowed if your skin is closed and calm, off again from 30 September",
    "exercise_state": "allowed if your skin is closed and calm, off again from 30 September",
    "heat_state": "allowed if your skin is closed and calm, off again from 30 September",
    "swim_state": "allowed if your skin is closed and calm, off again from 30 September",
    "wax_state": "allowed if your skin is closed and calm, off again from 30 September",
    "actives_state": "allowed if your skin is closed and calm, off again from 30 September",
    "sun_state": "the strict break is over; shade and sunscreen stay, and no tan or sunbed",
    "spf_state": "daily until 30 September 2027, on closed skin only",
    "restriction_ends": (
        "• 14 September: alcohol\n• 18 September: ibuprofen from a shop\n• 21 September: shaving\n"
        "• 24 September: makeup\n• 28 September: gym and pool\n• 2 October: sauna/hot bath\n"
        "• 9 October: waxing\n• 23 October: retinol and peels/fillers\n• 30 October: acids/scrubs\n"
        "• 6 November: direct sun\n• no date yet: sunbed, smoking and picking"
    ),
}
"""The longest values that may be expected, so that no patient gets a message cut to an example's measure."""


@dataclass(frozen=True)
class Variant:
    """One way of saying something, and when it is said."""

    when: Mapping[str, tuple[str, ...]]
    say: str

    def holds(self, facts: Mapping[str, str]) -> bool:
        return all(facts.get(name) in values for name, values in self.when.items())


@dataclass(frozen=True)
class Piece:
    """Everything said at one key: `<treatment>/<STEP>` and the place in its file."""

    step: str
    place: str
    variants: tuple[Variant, ...]

    def __str__(self) -> str:
        return f"{self.step}:{self.place}"

    def chosen(self, facts: Mapping[str, str]) -> Variant | None:
        return next((variant for variant in self.variants if variant.holds(facts)), None)

    def situations(self) -> Iterator[dict[str, str]]:
        """Every combination of what its variants depend on."""
        names = sorted({name for variant in self.variants for name in variant.when})
        return (dict(zip(names, values, strict=True)) for values in product(*(DIMENSIONS[name] for name in names)))


@cache
def protocols() -> dict[str, dict[str, Any]]:
    return {
        path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted((CONTENT / "protocols").glob("*.toml"))
    }


@cache
def files() -> dict[str, dict[str, Any]]:
    """Words by `<treatment>/<STEP>`."""
    return {
        f"{path.parent.name}/{path.stem}": tomllib.loads(path.read_text("utf-8"))
        for path in sorted(STEPS.rglob("*.toml"))
    }


def planned() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every step of every protocol, with the key of its words."""
    for treatment, protocol in protocols().items():
        for step in protocol["step"]:
            yield step.get("words") or f"{treatment}/{step['id']}", step


def texts() -> list[Piece]:
    return [_piece(step, "text", words["text"]) for step, words in files().items()]


def safety_lines() -> list[Piece]:
    return [_piece(step, "safety", words["safety"]) for step, words in files().items() if "safety" in words]


def questions() -> list[Piece]:
    return [_piece(step, f"ask.{ask}", asked["question"]) for step, ask, asked in asks()]


def labels() -> list[Piece]:
    return [
        _piece(step, f"ask.{ask}.{answer}", label)
        for step, ask, asked in asks()
        for answer, label in asked.get("answers", {}).items()
    ]


def replies() -> list[Piece]:
    return [
        _piece(step, f"reply.{ask}.{answer}", reply)
        for step, words in files().items()
        for ask, answers in words.get("reply", {}).items()
        for answer, reply in answers.items()
    ]


def asks() -> Iterator[tuple[str, str, dict[str, Any]]]:
    return ((step, ask, asked) for step, words in files().items() for ask, asked in words.get("ask", {}).items())


def fill(words: str, values: Mapping[str, str]) -> str:
    """The words with every placeholder replaced; an unknown one raises `KeyError`."""
    return NAME.sub(lambda found: values[found[1]], words).strip()


def _piece(step: str, place: str, value: str | dict[str, Any] | list[dict[str, Any]]) -> Piece:
    told = [{"say": value}] if isinstance(value, str) else [value] if isinstance(value, dict) else value
    return Piece(step, place, tuple(Variant(_when(item), item["say"]) for item in told))


def _when(item: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    table: Mapping[str, str | list[str]] = item.get("when", {})
    return {name: (value,) if isinstance(value, str) else tuple(value) for name, value in table.items()}
