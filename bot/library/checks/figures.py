"""No number, day, hour or date is written out where a placeholder knows the patient's own."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from bot.care.model.clinic import Clinic
from bot.library.checks.promises import MOST_TEXTS, any_of, either
from bot.library.content import Content
from bot.library.content_files import FiguresFile
from bot.library.faults import Fault, Notes
from bot.library.shelf import keyed

CLINICAL = ("steps/", "faq/", "red_flags/", "out_of_scope/", "phrases/expected/")
"""Words that advise; menus and forms may count as they like."""
PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
Kind = tuple[re.Pattern[str], str]
"""How it is written, what it is."""
Figure = tuple[int, str, str]
"""(Place, what it is, how it is written)."""
ALWAYS: tuple[Kind, ...] = (
    (re.compile(r"(?<![\d.+])\d{1,2}(?::\d\d|\s?[ap]\.?m\b)"), "an hour"),
    (re.compile(r"\b\d{4}-\d\d-\d\d\b|\b\d{1,2}[./]\d{1,2}[./](?:\d{2,4})?"), "a date"),
    (re.compile(r"\b[dn][+-]\d+"), "a day"),
    (re.compile(r"\+?\d(?:[ ()-]{0,2}\d){6,}"), "a number to call"),
)


def check_figures(content: Content, notes: Notes) -> None:
    for language, tongue in content.tongues.items():
        name = f"{language}/figures.toml"
        if name not in content.present:
            notes.faults.append(Fault(name, 1, "is missing: numbers and dates could not be told from words"))
            continue
        used: set[str] = set()
        kinds = (*ALWAYS, *_spoken(tongue.figures), *(_of_clinic(content.clinic) if content.clinic else ()))
        read = _reader(tongue.figures, kinds)
        for key, words in keyed(tongue):
            for variant in words.variants if key.startswith(CLINICAL) else ():
                text = variant.compiled.text
                said, figures = read(text)
                used |= said
                for place, what, found in figures:
                    reason = f"{what} is written out: {found!r}; a placeholder knows it, or {name} allows it by source"
                    content.files[words.file].fault_in_text(variant.path, text.count("\n", 0, place), reason)
        for n, allowed in enumerate(tongue.figures.allowed):
            if name in content.files and _key(allowed.say) not in used:
                content.files[name].warn(("allowed", n), f"nobody says {allowed.say!r} any more")


@lru_cache(maxsize=8)
def _reader(
    figures: FiguresFile, kinds: tuple[Kind, ...]
) -> Callable[[str], tuple[frozenset[str], tuple[Figure, ...]]]:
    """The allowed phrases in texts, and what else is written out: each is read once for as long as the lists stay."""

    def read(text: str) -> tuple[frozenset[str], tuple[Figure, ...]]:
        return _phrases_in(text, figures), tuple(written_out(text, figures.excused, kinds))

    return lru_cache(maxsize=MOST_TEXTS)(read)


def written_out(text: str, excused: tuple[str, ...], kinds: tuple[Kind, ...]) -> Iterator[Figure]:
    """Every number of time, date or call that no source allows."""
    plain = PLACEHOLDER.sub(lambda found: "\0" * len(found[0]), text).lower()
    if excused:
        plain = any_of(excused).sub(lambda found: "\0" * len(found[0]), plain)
    for pattern, what in kinds:
        for found in pattern.finditer(plain):
            yield found.start(), what, found[0]


def _phrases_in(text: str, figures: FiguresFile) -> frozenset[str]:
    found = any_of(figures.excused).finditer(text.lower()) if figures.excused else ()
    return frozenset(_key(each[0]) for each in found)


def _key(phrase: str) -> str:
    return " ".join(phrase.lower().split())


def _spoken(figures: FiguresFile) -> tuple[Kind, ...]:
    number = rf"(?:\d+(?:[.,]\d+)?|{either(figures.numbers)})" if figures.numbers else r"\d+(?:[.,]\d+)?"
    some = rf"(?<![\w.]){number}(?:\s?\W\s?{number}|\s\w+\s{number})?"
    found = []
    if figures.units:
        units = rf"(?:{either(figures.units)})"
        found.append((re.compile(rf"{some}[\s-]*{units}(?!\w)|(?<!\w){units}\s{some}(?![\w:])"), "a time"))
    if figures.months:
        months = rf"(?:{either(figures.months)})"
        dated = rf"(?<!\w)\d{{1,2}}(?:st|nd|rd|th|\.)?\s(?:of\s)?{months}(?!\w)|(?<!\w){months}\s\d{{1,2}}(?!\w)"
        found.append((re.compile(dated), "a date"))
    if figures.moments:
        found.append((re.compile(rf"(?<!\w)(?:{either(figures.moments)})(?!\w)"), "a time"))
    if figures.weekdays:
        found.append((re.compile(rf"(?<!\w)(?:{either(figures.weekdays)})(?!\w)"), "a weekday"))
    return tuple(found)


def _of_clinic(clinic: Clinic) -> tuple[Kind, ...]:
    """Its name and numbers, and the numbers of every country it knows."""
    numbers = {number for country in clinic.countries for number in (country.emergency, country.crisis)}
    numbers |= {clinic.phone, clinic.on_call_phone}
    own = tuple(sorted(number for number in numbers if len(re.sub(r"\D", "", number)) >= SHORTEST_NUMBER))
    named = ((any_of((clinic.name,)), "the clinic's name"),) if clinic.name.strip() else ()
    return (*named, (any_of(own), "a number to call")) if own else named


SHORTEST_NUMBER = 3
