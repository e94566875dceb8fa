"""Advice, an answer about a symptom and every message say whom to reach."""

import re
from collections.abc import Sequence

from bot.care.model.triage import Level
from bot.library.content import Content
from bot.library.faults import Notes
from bot.library.source import SourceFile
from bot.library.wording import Words

ADVICE = {
    Level.EMERGENCY: ({"emergency_number"},),
    Level.URGENT: ({"urgent_route"},),
    # before a long wait the promise says what must not wait; else the advice has to say so itself
    Level.SAME_DAY: (
        {"reply_promise"},
        {"reply_time", "urgent_any_hour"},
        {"reply_time", "urgent_route"},
        {"reply_time", "emergency_number"},
    ),
}
"""What advice of a level must hold, in each of its variants: one of these sets."""
SYMPTOM = ({"reply_promise"}, {"reply_time"}, {"urgent_any_hour"}, {"urgent_route"})
"""One of them stands in each answer about a symptom: never reassured without a "tell us if"."""


def check_routes(content: Content, notes: Notes) -> None:
    del notes
    helps = tuple(sorted({word.upper() for word in content.bare_words.get("help", ())}))
    shown = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, helps))})(?!\w)") if helps else None
    for language, tongue in content.tongues.items():
        for flag in tongue.flags.flag:
            file = content.files[f"{language}/red_flags.toml"]
            _check(file, f"{flag.id} is {flag.level}", flag.advice, ADVICE[flag.level])
        for topic, words in tongue.topics.items():
            if words.symptom:
                file = content.files[f"{language}/faq/{topic}.toml"]
                _check(file, f"{topic} is about a symptom", words.answer, SYMPTOM)
        for step, said in tongue.steps.items():
            file = content.files[f"{language}/steps/{step}.toml"]
            for variant in said.text.variants:
                # a word that really brings a person stands in capitals; each message can be read alone
                if shown is not None and not shown.search(variant.compiled.text):
                    reason = f"{step} shows no way to a person: say {' or '.join(helps[:3])}, or the like, in capitals"
                    file.fault(variant.path, reason)


def _check(file: SourceFile, what: str, words: Words, needed: Sequence[set[str]]) -> None:
    for variant in words.variants:
        if not any(names <= set(variant.compiled.names) for names in needed):
            ways = " or ".join(" and ".join(f"{{{{ {name} }}}}" for name in sorted(names)) for names in needed)
            file.fault(variant.path, f"{what}: it must hold {ways}")
