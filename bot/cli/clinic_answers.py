"""What `aftercare init` asks, and what counts as an answer."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

TOKEN = re.compile(r"\d{6,12}:[A-Za-z0-9_-]{30,60}")
PHONE = re.compile(r"\+?[\d ()/.-]{5,30}")
LANGUAGE = re.compile(r"[a-z]{2}(-[A-Z]{2})?")
LONGEST = 120
DOING = (
    "ask", "attend", "call", "come", "contact", "dial", "drive", "go", "phone", "ring", "see", "speak", "take", "text",
    "turn", "use", "visit", "walk",
)  # fmt: skip
"""How a sentence that tells somebody what to do may begin."""
CLOSED = "go to out-of-hours urgent care now, or phone 111"


@dataclass(frozen=True)
class Question:
    """`fault` says what is wrong with an answer, or nothing. With a `default` the question may be left out."""

    words: str
    fault: Callable[[str], str]
    default: str | None = None
    secret: bool = False


def faults(answers: Mapping[str, str]) -> list[str]:
    """Every answer that cannot be used, by its option."""
    found = ((name, QUESTIONS[name].fault(answer)) for name, answer in answers.items())
    return [f"--{name}: {fault}" for name, fault in found if fault]


def tidy(name: str, answer: str) -> str:
    return answer.strip().upper() if name == "country" else answer.strip()


def languages_of(answer: str) -> tuple[str, ...]:
    """Each once, in the order given: the first stands in for what is not translated."""
    return tuple(dict.fromkeys(re.split(r"[,\s]+", answer.strip())))


def _token(answer: str) -> str:
    return (
        ""
        if TOKEN.fullmatch(answer)
        else "@BotFather's tokens look like 123456789:AAE... (digits, colon, 35 characters)"
    )


def _name(answer: str) -> str:
    if not answer or not answer.isprintable():
        return "must be one line of words"
    return f"at most {LONGEST} characters" if len(answer) > LONGEST else ""


def _phone(answer: str) -> str:
    digits = sum(character.isdigit() for character in answer)
    return "" if PHONE.fullmatch(answer) and digits >= 5 else "must be a number that can be called, like +49 30 123456"


def _country(answer: str) -> str:
    return "" if re.fullmatch(r"[A-Z]{2}", answer) else "two letters, like GB or DE"


def _zone(answer: str) -> str:
    try:
        ZoneInfo(answer)
    except (LookupError, OSError, ValueError):
        return "a city's time zone, like Europe/Berlin"
    return ""


def _languages(answer: str) -> str:
    good = all(LANGUAGE.fullmatch(language) for language in languages_of(answer))
    return "" if good else "two letters each, with commas, the clinic's own first, like de,en"


def _what_to_do(answer: str) -> str:
    """It stands inside a sentence, as in "Nobody is there now: {it}."."""
    first = answer.partition(" ")[0]
    if _name(answer):
        return _name(answer)
    if first in DOING and " " in answer and not answer.endswith("."):
        return ""
    return f"must say what to do, beginning in small letters with a verb and without a full stop, like: {CLOSED}"


def _if_any(fault: Callable[[str], str]) -> Callable[[str], str]:
    return lambda answer: fault(answer) if answer else ""


QUESTIONS: dict[str, Question] = {
    "token": Question("The bot's token, from @BotFather", _token, secret=True),
    "clinic": Question("The clinic's name, as patients know it", _name),
    "phone": Question("The number patients call, in international form", _phone),
    "country": Question("The clinic's country, two letters", _country),
    "zone": Question("The clinic's time zone", _zone),
    "languages": Question("Languages of your patients, the main one first", _languages, default="en"),
    "on-call-phone": Question("A number for urgent cases, if it is another one", _if_any(_phone), default=""),
    "privacy-contact": Question("Whom to ask about personal data, e-mail or phone", _if_any(_name), default=""),
    "out-of-hours": Question(
        f"What patients shall do when you are closed, like: {CLOSED}; empty: what fits your country",
        _if_any(_what_to_do),
        default="",
    ),
}
"""By option; those without a default must be answered."""
