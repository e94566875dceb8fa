"""Take a typed line apart: what was said for which option, in whatever order people type it."""

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from difflib import get_close_matches

from bot.care.model.dates_typed import as_step, is_like_a_date, read_staff_date
from bot.care.model.protocol import Protocol

OPTIONS = (
    "name", "treatment", "session", "booked", "at", "next", "ended", "surface", "area", "ref", "phone", "born",
    "lang", "zone", "country", "test", "reason",
)  # fmt: skip
SAME_OPTION = {"date": "session", "language": "lang", "treatments": "treatment"}
CURLY = str.maketrans("“”„", '"""')
"""Phones turn straight quotes into these."""
NEAR = 0.8
"""How alike a mistyped treatment has to be to be guessed."""
DIGITS = re.compile(r"[\d()]+")
"""A further group of a telephone number; a date has more than digits."""
LONGEST_DATE = 3
"""Words in the longest way to type a day, `17 November 2026`."""
LONGEST_ALIAS = 3
"""Words in the longest name of a treatment, `acne scar laser`."""


@dataclass(frozen=True)
class Remark:
    """Something to say about a form: a phrase by name, and the facts it needs."""

    name: str
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """What a form is read against: the clinic's own values and the moment it was typed."""

    aliases: Mapping[str, str]
    """What may be typed for a treatment, lower case -> its id."""
    protocols: Mapping[str, Protocol]
    languages: tuple[str, ...]
    today: date
    now: time


def read_options(words: str, known: Known) -> tuple[dict[str, str], tuple[Remark, ...]]:
    """The line taken apart: option -> what was typed for it. Words before the treatment are the name."""
    options: dict[str, str] = {}
    problems: list[Remark] = []
    loose: list[str] = []
    for word in _joined(_split(words)):
        key, sign, value = word.partition("=")
        key = SAME_OPTION.get(key.lower(), key.lower())
        if not sign:
            loose.append(word)
        elif key not in OPTIONS:
            problems.append(Remark("unknown-option", {"typed": key, "known": ", ".join(OPTIONS)}))
        elif key in options:
            problems.append(Remark("twice", {"typed": key}))
        else:
            options[key] = value
    problems.extend(_place(loose, options, known))
    return options, tuple(problems)


def _joined(words: list[str]) -> list[str]:
    """`next=4 weeks`, `next=18 Dec` and `phone=+44 20 5550 0123` are one thing, though typed as several words."""
    joined: list[str] = []
    for word in words:
        key, sign, value = joined[-1].partition("=") if joined else ("", "", "")
        is_date = value.isdecimal() and word.isalpha() and _may_continue(f"{value} {word}")
        is_number = key.lower() == "phone" and DIGITS.fullmatch(word)
        if sign and (is_date or is_number):
            joined[-1] = f"{key}={value} {word}"
        else:
            joined.append(word)
    return joined


def _may_continue(typed: str) -> bool:
    return bool(as_step(typed)) or read_staff_date(typed, today=date(2000, 1, 1)) is not None


def _split(words: str) -> list[str]:
    """Words; double quotes hold several together, an apostrophe is a letter (O'Neill)."""
    plain = words.translate(CURLY)
    lexer = shlex.shlex(plain, posix=True)
    lexer.whitespace_split, lexer.quotes, lexer.commenters, lexer.escape = True, '"', "", ""
    try:
        return list(lexer)
    except ValueError:  # a lone quote
        return plain.split()


def _place(loose: list[str], options: dict[str, str], known: Known) -> list[Remark]:
    """Words without `=`: the name up to a treatment, then the treatment, then a date."""
    start, length = _treatment_in(loose, known)
    if length:
        options.setdefault("treatment", " ".join(loose[start : start + length]))
    name = loose[:start] if "name" not in options else []
    rest = loose[start + length :] + (loose[:start] if "name" in options else [])
    dates = [word for word in name if _is_date(word, known) or is_like_a_date(word)]
    name = [word for word in name if word not in dates]
    if not length and "treatment" not in options and len(name) > 1 and (not dates or nearest(name[-1], known)):
        # one word is a name; a second one was meant as a treatment
        options["treatment"] = name.pop()
    if name:
        options["name"] = " ".join(name)
    return _place_rest([*dates, *rest], options, known)


def _place_rest(rest: list[str], options: dict[str, str], known: Known) -> list[Remark]:
    problems = []
    for word in _dates_joined(rest, known):
        if (_is_date(word, known) or is_like_a_date(word)) and "session" not in options:
            options["session"] = word
        elif word.lower() == "test":
            options.setdefault("test", "true")
        else:
            problems.append(Remark("not-understood", {"typed": word}))
    return problems


def _dates_joined(words: list[str], known: Known) -> list[str]:
    """Neighbours that make a day together, `17 Nov` or `last Tuesday`, as one."""
    if not words:
        return []
    lengths = range(min(LONGEST_DATE, len(words)), 1, -1)
    length = next((n for n in lengths if _is_date(" ".join(words[:n]), known)), 1)
    return [" ".join(words[:length]), *_dates_joined(words[length:], known)]


def nearest(typed: str, known: Known) -> str:
    """What was probably meant for a treatment; empty when nothing is near."""
    return next(iter(get_close_matches(typed.lower(), list(known.aliases), n=1, cutoff=NEAR)), "")


def _treatment_in(loose: list[str], known: Known) -> tuple[int, int]:
    """Where a treatment's name begins and how many words it has; no words when there is none.

    The longest wins; of two as long, one that leaves a name before it: Al is a person before he is an acne laser.
    """
    spans = [
        (start, length)
        for start in range(len(loose))
        for length in range(1, min(LONGEST_ALIAS, len(loose) - start) + 1)
        if all(part in known.aliases for part in parts_of(" ".join(loose[start : start + length])))
    ]
    return max(spans, key=lambda span: (span[1], span[0] > 0, -span[0]), default=(len(loose), 0))


def parts_of(typed: str) -> list[str]:
    return [part.strip().lower() for part in typed.split("+")]


def _is_date(word: str, known: Known) -> bool:
    return read_staff_date(word, today=known.today) is not None
