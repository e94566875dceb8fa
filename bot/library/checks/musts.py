"""Safety blocks: what a first message, an answer and every message may not lose, whoever edits them."""

from collections.abc import Iterator
from functools import lru_cache

from bot.care.model.protocol import Anchor, Moment, Step
from bot.care.model.words import DIMENSIONS, PLACEHOLDERS
from bot.library.checks.promises import any_of
from bot.library.checks.reachable import Groups, Situation, situations, together
from bot.library.checks.step_words import users_of
from bot.library.content import Content
from bot.library.content_files import Musts, MustsFile
from bot.library.faults import Fault, Notes
from bot.library.places import Path
from bot.library.source import SourceFile
from bot.library.telegram_html import visible
from bot.library.wording import Words

AS_THEMSELVES = {name: f"{{{{ {name} }}}}" for name in PLACEHOLDERS}
"""Each placeholder says its own name."""


def check_musts(content: Content, notes: Notes) -> None:
    groups = together(content)
    first = [key for key, steps in users_of(content).items() if any(map(_is_first, steps))]
    for language, tongue in content.tongues.items():
        name = f"{language}/musts.toml"
        file = content.files.get(name)
        if file is None:
            if name not in content.present:
                notes.faults.append(Fault(name, 1, "is missing: nothing would keep the safety blocks"))
            continue
        for key in (key for key in first if key in tongue.steps):
            words = tongue.steps[key].text
            _check(content.files[words.file], f"{key} is a first message", words, tongue.musts.first, groups)
        _check_lists(content, tongue.musts, file)
        for topic, answer in tongue.topics.items():
            musts = tongue.musts.faq.get(topic)
            if musts is None:
                file.fault(("faq",), f"{topic} has no list of what its answer must say")
            else:
                _check(content.files[answer.answer.file], topic, answer.answer, musts, groups)


def _is_first(step: Step) -> bool:
    return step.anchor is Anchor.SESSION and step.day == 0 and step.moment is Moment.SESSION_END


def _check_lists(content: Content, musts: MustsFile, file: SourceFile) -> None:
    for topic in musts.faq:
        # what one language lacks is told of its words
        if not any(name.endswith(f"/faq/{topic}.toml") for name in content.present):
            file.fault(("faq", topic), f"there is no topic {topic!r}")
    lists: list[tuple[Path, Musts]] = [(("first",), musts.first)]
    lists += [(("faq", topic), own) for topic, own in musts.faq.items()]
    for at, own in lists:
        for place, only in enumerate(own.only):
            for name, values in only.when.items():
                if not set(values) <= set(DIMENSIONS.get(name, ())):
                    file.fault((*at, "only", place), f"unknown condition {name} = {', '.join(values)}")


def _check(file: SourceFile, what: str, words: Words, musts: Musts, groups: Groups) -> None:
    """In every situation that can be; each fault once."""
    names = words.dimensions | {name for only in musts.only for name in only.when if name in DIMENSIONS}
    found: set[tuple[int, str]] = set()
    said: dict[str, None] = {}
    for situation in situations(names, groups):
        place = next((n for n, variant in enumerate(words.variants) if variant.holds(situation)), None)
        if place is not None:
            text = _flat(visible(words.variants[place].compiled.render(AS_THEMSELVES | situation)))
            said[text] = None
            found |= {(place, reason) for reason in _faults_in(text, musts, situation)}
    for place, reason in sorted(found):
        file.fault(words.variants[place].path, f"{what} {reason}")
    for wanted in musts.somewhere:
        if not any(_says(text, wanted) for text in said):
            file.fault(words.path, f"{what} must say somewhere {wanted!r}")


def _faults_in(text: str, musts: Musts, situation: Situation) -> Iterator[str]:
    for wanted in (*musts.must, *(each for only in musts.only if _holds(only.when, situation) for each in only.must)):
        if not _says(text, wanted):
            yield f"must say {wanted!r}"
    if musts.never:
        yield from (f"must not say {found[0]!r}" for found in any_of(musts.never).finditer(text))


def _says(text: str, wanted: str) -> bool:
    return any(_flat(phrase) in text for phrase in wanted.split("|"))


def _holds(when: dict[str, tuple[str, ...]], situation: Situation) -> bool:
    return all(situation.get(name) in values for name, values in when.items())


@lru_cache(maxsize=4096)
def _flat(text: str) -> str:
    return " ".join(text.lower().split())
