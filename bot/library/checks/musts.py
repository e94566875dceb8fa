"""Safety blocks: what messages, answers, buttons and phrases may not lose, whoever edits them."""

from collections.abc import Iterator
from functools import lru_cache

from bot.care.model.protocol import Anchor, Moment, Step
from bot.care.model.words import DIMENSIONS, EXTRA, PLACEHOLDERS
from bot.library.checks.promises import any_of
from bot.library.checks.reachable import Groups, Situation, situations, together
from bot.library.checks.step_words import users_of
from bot.library.content import Content, Tongue
from bot.library.content_files import Musts, MustsFile, StepWords
from bot.library.faults import Fault, Notes
from bot.library.places import Path
from bot.library.source import SourceFile
from bot.library.telegram_html import visible
from bot.library.wording import Words

AS_THEMSELVES = {name: f"{{{{ {name} }}}}" for name in (*PLACEHOLDERS, *EXTRA)}
"""Each placeholder says its own name."""
NOTHING = Musts()


def check_musts(content: Content, notes: Notes) -> None:
    groups = together(content)
    users = users_of(content)
    first = [key for key, steps in users.items() if any(map(_is_first, steps))]
    for language, tongue in content.tongues.items():
        name = f"{language}/musts.toml"
        file = content.files.get(name)
        if file is None:
            if name not in content.present:
                notes.faults.append(Fault(name, 1, "is missing: nothing would keep the safety blocks"))
            continue
        if not tongue.musts.first.must:
            file.fault(("first",), "there is no list of what a first message must say")
        for key in (key for key in first if key in tongue.steps):
            words = tongue.steps[key].text
            _check(content.files[words.file], f"{key} is a first message", words, tongue.musts.first, groups)
        _check_lists(content, tongue.musts, file)
        for key, steps in users.items():
            if key in tongue.steps:
                _check_step(content, language, key, steps, groups)
        _check_phrases(content, tongue, file, groups)
        for topic, answer in tongue.topics.items():
            musts = tongue.musts.faq.get(topic)
            if musts is None:
                file.fault(("faq",), f"{topic} has no list of what its answer must say")
            else:
                _check(content.files[answer.answer.file], topic, answer.answer, musts, groups)


def _is_first(step: Step) -> bool:
    return step.anchor is Anchor.SESSION and step.day == 0 and step.moment is Moment.SESSION_END


def _check_step(content: Content, language: str, key: str, steps: list[Step], groups: Groups) -> None:
    """Its warning, its safety line, and the buttons that raise a danger sign."""
    tongue, lists = content.tongues[language], content.files[f"{language}/musts.toml"]
    words, listed = tongue.steps[key], tongue.musts.of_step(key.rpartition("/")[2])
    file = content.files[words.text.file]
    if not listed.must and any(step.alarm for step in steps):
        lists.fault(("step",), f"{key} looks for danger signs and has no list of what its message must say")
    if not listed.safety and words.safety is not None:
        lists.fault(("step",), f"{key} has no list of what its safety line must say")
    _check(file, key, words.text, Musts(listed.must), groups)
    if words.safety is not None:
        _check(file, f"the safety line of {key}", words.safety, Musts(listed.safety), groups)
    for name, flag, label in _alarming(words, steps):
        if name not in tongue.musts.answers:
            lists.fault(("answers",), f"{name} raises {flag}, and there is no list of what its button must say")
        _check(
            file, f"the button {name}, which raises {flag},", label, Musts(tongue.musts.answers.get(name, ())), groups
        )


def _alarming(words: StepWords, steps: list[Step]) -> Iterator[tuple[str, str, Words]]:
    """(Answer, danger sign, label) of each button that raises one."""
    for ask in {ask.id: ask for step in steps for ask in step.asks}.values():
        labels = words.ask[ask.id].answers if ask.id in words.ask else {}
        yield from ((one.id, one.raises, labels[one.id]) for one in ask.answers if one.raises and one.id in labels)


def _check_phrases(content: Content, tongue: Tongue, file: SourceFile, groups: Groups) -> None:
    for place, listed in enumerate(tongue.musts.phrase):
        for name in listed.of:
            group, _, phrase = name.partition("/")
            words = tongue.phrases.get((group, phrase))
            if words is None:
                file.fault(("phrase", place), f"there is no phrase {name!r}")
            else:
                _check(content.files[words.file], name, words, Musts(listed.must), groups)


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
    if musts == NOTHING:
        return
    found: set[tuple[int, str]] = set()
    said: dict[str, None] = {}
    for place, situation in _cases(words, musts, groups):
        text = _flat(visible(words.variants[place].compiled.render(AS_THEMSELVES | situation)))
        said[text] = None
        found |= {(place, reason) for reason in _faults_in(text, musts, situation)}
    for place, reason in sorted(found):
        file.fault(words.variants[place].path, f"{what} {reason}")
    for wanted in musts.somewhere:
        if not any(_says(text, wanted) for text in said):
            file.fault(words.path, f"{what} must say somewhere {wanted!r}")


def _cases(words: Words, musts: Musts, groups: Groups) -> Iterator[tuple[int, Situation]]:
    """(Variant, situation) of all that can be said."""
    if not musts.only and not any(variant.compiled.dimensions for variant in words.variants):
        # each variant says the same to whoever reads it
        yield from ((place, {}) for place in range(len(words.variants)))
        return
    names = words.dimensions | {name for only in musts.only for name in only.when if name in DIMENSIONS}
    for situation in situations(names, groups):
        place = next((n for n, variant in enumerate(words.variants) if variant.holds(situation)), None)
        if place is not None:
            yield place, situation


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
