"""Names that files use for one another: treatments, topics, flags, bare words."""

from collections.abc import Iterable

from bot.library.content import Content, Tongue
from bot.library.faults import Fault, Notes
from bot.library.places import Path

DEEDS = frozenset({"help", "stop", "pause", "resume", "delete", "today"})


def check_names(content: Content, notes: Notes) -> None:
    _check_bare_words(content)
    for language, tongue in content.tongues.items():
        _check_treatments(content, language, tongue, notes)
        _check_topics(content, language, tongue)
        _check_twice(content, f"{language}/red_flags.toml", "flag", (flag.id for flag in tongue.flags.flag))
        _check_twice(content, f"{language}/out_of_scope.toml", "family", (one.id for one in tongue.families.family))
    _check_twice(content, "facts.toml", "fact", (fact.id for fact in content.ledger.fact))
    _check_twice(content, "facts.toml", "source", (source.id for source in content.ledger.source))


def _check_bare_words(content: Content) -> None:
    file = content.files.get("bare_words.toml")
    if file is None:
        return
    taken: dict[str, str] = {}
    for deed, words in content.bare_words.items():
        if deed not in DEEDS:
            file.fault((deed,), f"{deed!r} is no deed; known are {', '.join(sorted(DEEDS))}")
        for place, word in enumerate(words):
            other = taken.setdefault(word.casefold(), deed)
            if other != deed:
                file.fault((deed, place), f"{word!r} already means {other}")


def _check_treatments(content: Content, language: str, tongue: Tongue, notes: Notes) -> None:
    name = f"{language}/treatments.toml"
    file = content.files.get(name)
    if file is None:
        if name not in content.present:
            notes.faults.append(Fault(name, 1, "is missing"))
        return
    known = {name.removeprefix("protocols/").removesuffix(".toml") for name in content.present
             if name.startswith("protocols/")}  # fmt: skip
    for treatment in sorted(known - file.table.keys()):
        file.fault((), f"{treatment} has no name")
    for treatment in file.table.keys() - known:
        file.fault((treatment,), f"there is no protocol {treatment}")
    taken: dict[str, str] = {}
    for treatment, words in tongue.treatments.items():
        for place, alias in enumerate(words.aliases):
            other = taken.setdefault(alias.casefold(), treatment)
            if other != treatment:
                file.fault((treatment, "aliases", place), f"{alias!r} already means {other}")


def _check_topics(content: Content, language: str, tongue: Tongue) -> None:
    # a topic whose file is broken is not unknown as well
    folder = f"{language}/faq/"
    known = {name.removeprefix(folder).removesuffix(".toml") for name in content.present if name.startswith(folder)}
    for topic, words in tongue.topics.items():
        file = content.files[f"{folder}{topic}.toml"]
        for place, other in enumerate(words.also):
            if other not in known or other == topic:
                file.fault(("also", place), f"there is no other topic {other!r}")
        if not words.phrasings:
            file.fault(("phrasings",), "nobody could find this topic: give some phrasings")


def _check_twice(content: Content, name: str, key: str, ids: Iterable[str]) -> None:
    file = content.files.get(name)
    seen: set[str] = set()
    for place, one in enumerate(ids):
        if one in seen and file is not None:
            at: Path = (key, place, "id")
            file.fault(at, f"{one} is there twice")
        seen.add(one)
