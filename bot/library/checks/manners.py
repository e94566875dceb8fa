"""How the words look to a patient: valid HTML, and short enough."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

from bot.care.model.protocol import Anchor
from bot.care.model.words import DIMENSIONS, EXTRA, PLACEHOLDERS
from bot.library.checks.step_words import users_of
from bot.library.compiled import Compiled
from bot.library.content import Content
from bot.library.faults import Notes
from bot.library.shelf import keyed
from bot.library.source import SourceFile
from bot.library.telegram_html import faults, length
from bot.library.wording import Variant, Words

LONGEST = {"steps": 700, "faq": 600, "red_flags": 700, "out_of_scope": 600, "phrases": 4096, "treatments": 40}
"""Characters of a rendered message, by the first part of its key."""
LONGEST_DAY_0 = 1000
LONGEST_SAFETY = 400
ABOVE, LONGEST_ABOVE = ("phrases/plan/sign-open", "phrases/plan/sent-away"), 600
"""What stands above a message that may be long itself."""
LONGEST_BUTTON = 32
"""What a phone shows of a button without cutting it off."""
LONGEST_TITLE = 40
EXAMPLES = PLACEHOLDERS | EXTRA
MOST_RENDERINGS = 500
"""Ways in which a text's own conditions may turn out, beyond which it is not tried further."""


def check_manners(content: Content, notes: Notes) -> None:
    del notes
    day_0 = {f"steps/{key}" for key, steps in users_of(content).items()
             if any(step.anchor is Anchor.SESSION and step.day == 0 for step in steps)}  # fmt: skip
    for tongue in content.tongues.values():
        for key, words in keyed(tongue):
            file = content.files[words.file]
            most = LONGEST_DAY_0 if key in day_0 else most_for(key)
            for variant in words.variants:
                _check_text(file, variant, most)
            _check_button(file, key, words)


def most_for(key: str) -> int:
    """Most characters that the words at a key may have."""
    kind = key.partition("/")[0]
    if key.endswith("/safety"):
        return LONGEST_SAFETY
    if kind == "faq" and key.endswith("/title"):
        return LONGEST_TITLE
    if key in ABOVE:
        return LONGEST_ABOVE
    return LONGEST.get(kind, 700)


def _check_text(file: SourceFile, variant: Variant, most: int) -> None:
    compiled = variant.compiled
    looks = _look(compiled)
    for line, reason in looks.faults:
        if compiled.dimensions:
            file.fault(variant.path, f"under one of its conditions: {reason}")
        else:
            file.fault_in_text(variant.path, line, reason)
    if looks.longest > most:
        file.fault(variant.path, f"{looks.longest} characters with example values, {most} are allowed")


@dataclass(frozen=True)
class Looks:
    """`faults`: (line from 0, reason) of a text without conditions; else the first of each rendering that has any."""

    faults: tuple[tuple[int, str], ...]
    longest: int


@lru_cache(maxsize=8192)
def _look(compiled: Compiled) -> Looks:
    """With example values: the same for as long as the text is."""
    said = tuple(_renderings(compiled, EXAMPLES))
    if compiled.dimensions:
        found = tuple(wrong[0] for each in said if (wrong := faults(each)))
    else:
        found = tuple(faults(compiled.text))
    return Looks(found, max(map(length, said), default=0))


def _renderings(compiled: Compiled, examples: dict[str, str]) -> Iterator[str]:
    """The text with example values, once for each way its conditions may turn out."""
    names = sorted(compiled.dimensions)
    for values in islice(product(*(DIMENSIONS[name] for name in names)), MOST_RENDERINGS):
        yield compiled.render(examples | dict(zip(names, values, strict=True)))


def _check_button(file: SourceFile, key: str, words: Words) -> None:
    if "/answer/" not in key or not key.startswith("steps/"):
        return
    for variant in words.variants:
        size = length(variant.compiled.text)
        if size > LONGEST_BUTTON:
            file.warn(variant.path, f"{size} characters do not fit on a button of a phone; {LONGEST_BUTTON} do")
