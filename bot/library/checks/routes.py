"""Advice for a red flag, and a patient's first message, always say whom to reach."""

from collections.abc import Sequence

from bot.care.model.protocol import Anchor, Moment, Step
from bot.care.model.triage import Level
from bot.library.checks.step_words import users_of
from bot.library.content import Content
from bot.library.faults import Notes
from bot.library.source import SourceFile
from bot.library.wording import Words

ADVICE = {
    Level.EMERGENCY: ({"emergency_number"},),
    Level.URGENT: ({"urgent_route"},),
    # before a long wait the promise says what must not wait; else the advice has to say so itself
    Level.SAME_DAY: ({"reply_promise"}, {"reply_time", "urgent_route"}, {"reply_time", "emergency_number"}),
}
"""What advice of a level must hold, in each of its variants: one of these sets."""
FIRST = ("urgent_route", "emergency_number")
"""What the first message after a session must hold: it carries the warning signs (C19)."""


def check_routes(content: Content, notes: Notes) -> None:
    del notes
    first = [key for key, steps in users_of(content).items() if any(map(_is_first, steps))]
    for language, tongue in content.tongues.items():
        for flag in tongue.flags.flag:
            _check(
                content.files[f"{language}/red_flags.toml"],
                f"{flag.id} is {flag.level}",
                flag.advice,
                ADVICE[flag.level],
            )
        for key in (key for key in first if key in tongue.steps):
            for needed in FIRST:
                file = content.files[f"{language}/steps/{key}.toml"]
                _check(file, f"{key} is a first message", tongue.steps[key].text, ({needed},))


def _is_first(step: Step) -> bool:
    return step.anchor is Anchor.SESSION and step.day == 0 and step.moment is Moment.SESSION_END


def _check(file: SourceFile, what: str, words: Words, needed: Sequence[set[str]]) -> None:
    for variant in words.variants:
        if not any(names <= set(variant.compiled.names) for names in needed):
            ways = " or ".join(" and ".join(f"{{{{ {name} }}}}" for name in sorted(names)) for names in needed)
            file.fault(variant.path, f"{what}: it must hold {ways}")
