"""Take a typed line apart: what was said for which option, in whatever order people type it."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from bot.care.model.dates_typed import read_date
from bot.care.model.protocol import Protocol

OPTIONS = (
    "name", "treatment", "session", "booked", "at", "next", "ended", "surface", "area", "ref", "phone", "lang",
    "zone", "country", "test",
)  # fmt: skip
SAME_OPTION = {"date": "session", "language": "lang", "treatments": "treatment"}
CURLY = str.maketrans("“”„", '"""')
"""Phones turn straight quotes into these."""
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
    for word in _split(words):
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
    if not length and "treatment" not in options and len(name) > 1 and not _is_date(name[-1], known):
        # one word is a name; a second one was meant as a treatment
        options["treatment"] = name.pop()
    dates = [word for word in name if _is_date(word, known)]
    name = [word for word in name if word not in dates]
    if name:
        options["name"] = " ".join(name)
    return _place_rest([*dates, *rest], options, known)


def _place_rest(rest: list[str], options: dict[str, str], known: Known) -> list[Remark]:
    problems = []
    for word in rest:
        if _is_date(word, known) and "session" not in options:
            options["session"] = word
        elif word.lower() == "test":
            options.setdefault("test", "true")
        else:
            problems.append(Remark("not-understood", {"typed": word}))
    return problems


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
    return read_date(word, today=known.today) is not None
