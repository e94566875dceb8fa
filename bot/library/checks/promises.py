"""Words that nobody may read: promises, plain claims, doses, and the advice to stop what a doctor prescribed."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from bot.library.content import Content
from bot.library.content_files import Doses, PromisesFile, Stopping
from bot.library.faults import Notes
from bot.library.shelf import keyed
from bot.library.telegram_html import TAG

SENTENCE = re.compile(r"[^.?!\n]+(?:\.(?=\S)[^.?!\n]*)*")
"""A full stop inside a word or a number ends no sentence."""

NEAR = 4
"""Words before a verb that can deny it."""

MOST_TEXTS = 4096
"""That are remembered, of each language: more than there are."""

Found = Iterator[tuple[int, str]]
"""(Place in the text, what is wrong with it)."""


def check_promises(content: Content, notes: Notes) -> None:
    del notes
    for tongue in content.tongues.values():
        wrongs_in = _reader(tongue.promises)
        for _, words in keyed(tongue):
            for variant in words.variants:
                text = variant.compiled.text
                for place, reason in wrongs_in(text):
                    content.files[words.file].fault_in_text(variant.path, text.count("\n", 0, place), reason)


@lru_cache(maxsize=8)
def _reader(promises: PromisesFile) -> Callable[[str], tuple[tuple[int, str], ...]]:
    """`wrongs` of texts, each read once for as long as the lists stay."""
    return lru_cache(maxsize=MOST_TEXTS)(lambda text: tuple(wrongs(text, promises)))


def wrongs(text: str, promises: PromisesFile) -> Found:
    # tags leave a gap of their own length behind, so that places stay what they are
    plain = TAG.sub(lambda tag: "\0" * len(tag[0]), text)
    plain, places = _without_gaps(plain.lower())
    for place, phrase in promised(plain, promises):
        yield places[place], f"promises too much: {phrase!r}"
    for place, phrase in _doses(plain, promises.doses):
        yield places[place], f"gives a dose: {phrase!r}"
    for place, phrase in _stops(plain, promises.stopping):
        yield places[place], f"tells somebody to stop a prescribed medicine: {phrase!r}"


def promised(text: str, promises: PromisesFile) -> Found:
    """(Place, phrase) of every banned phrase and plain claim that no harmless phrase around it excuses."""
    if not promises.never:
        return
    lowered = text.lower()
    if promises.excused:
        lowered = any_of(promises.excused).sub(lambda found: "·" * len(found[0]), lowered)
    for found in any_of(promises.never).finditer(lowered):
        yield found.start(), found[0]


@lru_cache(maxsize=64)
def any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Longest first; a blank stands for any white space, so that a line may break inside."""
    return re.compile(rf"(?<!\w)(?:{either(phrases)})(?!\w)")


def either(phrases: Sequence[str]) -> str:
    """The inside of a pattern that finds any of them; by first letters, so that few are tried at each place."""
    longest_first = sorted((" ".join(phrase.lower().split()) for phrase in phrases), key=len, reverse=True)
    rests: dict[str, list[str]] = {}
    for phrase in longest_first:
        rests.setdefault(re.escape(phrase[:1]), []).append(re.escape(phrase[1:]).replace(r"\ ", r"\s+"))
    return "|".join(f"{first}(?:{'|'.join(found)})" for first, found in rests.items())


def _doses(text: str, doses: Doses) -> Found:
    if doses.units:
        for found in _dose(doses).finditer(text):
            yield found.start(), found[0]


@lru_cache(maxsize=8)
def _dose(doses: Doses) -> re.Pattern[str]:
    numbers = "|".join(filter(None, (r"\d+(?:[.,]\d+)?", either(doses.numbers))))
    return re.compile(rf"(?<!\w)(?:{numbers})[\s-]*(?:{either(doses.units)})(?!\w)", re.DOTALL)


def _stops(text: str, stopping: Stopping) -> Found:
    if not stopping.verbs or not stopping.medicines:
        return
    verbs, medicines = any_of(stopping.verbs), any_of(stopping.medicines)
    for sentence in SENTENCE.finditer(text):
        for verb in verbs.finditer(sentence[0]):
            for medicine in medicines.finditer(sentence[0]):
                start, end = min(verb.start(), medicine.start()), max(verb.end(), medicine.end())
                own = stopping.own and any_of(stopping.own).search(sentence[0], start, end)
                if not own and not _is_denied(sentence[0][: verb.start()], stopping.unless):
                    yield sentence.start() + start, sentence[0][start:end]


def _is_denied(before: str, unless: tuple[str, ...]) -> bool:
    clause = re.split(r"[,;:]", before)[-1].split()
    return bool(unless and any_of(unless).search(" ".join(clause[-NEAR:])))


def _without_gaps(text: str) -> tuple[str, list[int]]:
    """The text without what tags left, and where each of its characters stood; one more for its end."""
    places = [place for place, character in enumerate(text) if character != "\0"]
    return text.replace("\0", ""), [*places, len(text)]
