"""One consistent set of content, ready to be said."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from bot.care.model.clinic import Clinic
from bot.care.model.protocol import Protocol
from bot.care.model.revision import Written
from bot.care.model.sign_off import Approval, SignOff
from bot.care.model.words import EXTRA, PLACEHOLDERS, Facts, Html
from bot.care.ports.words import MissingWords, Topic
from bot.library.approval import sign_offs
from bot.library.content import Content, Tongue
from bot.library.content_files import Ledger
from bot.library.dates import language_name
from bot.library.decided import decided
from bot.library.own_days import with_own_days
from bot.library.templates import compile_words
from bot.library.wording import Variant, Words

TEXTS = {"steps": 3, "faq": 2, "red_flags": 2, "out_of_scope": 2}
"""Of how many parts the key of a whole text consists; what is below it is a piece, but for a reply."""


@dataclass(frozen=True, repr=False)
class ContentShelf:
    """Fills `bot.care.ports.words.Shelf`; `words` is language -> key -> words.

    `held`: language -> keys whose translation may not be said: the first language's words stand in, and say so.
    """

    version: str
    clinic: Clinic
    protocols: Mapping[str, Protocol]
    aliases: Mapping[str, str]
    ledger: Ledger
    words: Mapping[str, Mapping[str, Words]]
    topics_of: Mapping[str, Mapping[str, Topic]]
    bare: Mapping[str, str]
    tables: Mapping[str, Mapping[str, Any]]
    approvals: Sequence[Approval]
    held: Mapping[str, AbstractSet[str]] = field(default_factory=dict)

    def __repr__(self) -> str:
        # whatever holds a shelf is shown now and then, by asyncio at every run: all words would take a second
        return f"ContentShelf({self.version!r})"

    @cached_property
    def sign_offs(self) -> Mapping[str, SignOff]:
        """Made when one is asked for: it hashes all words, which a check or a start has no use for."""
        return sign_offs(self.protocols, self.tables, self.approvals)

    @property
    def approved(self) -> frozenset[str]:
        return frozenset(name for name, one in self.sign_offs.items() if one.is_approved)

    @property
    def prints(self) -> Mapping[str, str]:
        """Treatment -> hash of its plan and words as they are."""
        return {name: one.print for name, one in self.sign_offs.items()}

    def language(self, language: str) -> str:
        """The language that is really spoken: the clinic's first one stands in for those it does not offer."""
        return language if language in self.words else self.clinic.languages[0]

    def topics(self, language: str) -> Mapping[str, Topic]:
        return self.topics_of[self.language(language)]

    def families(self, language: str) -> tuple[str, ...]:
        start = "out_of_scope/"
        return tuple(key.removeprefix(start) for key in self.keys(language) if key.startswith(start))

    def has(self, key: str, language: str) -> bool:
        return self._find(key, language) is not None

    def say(self, key: str, language: str, facts: Facts) -> Html:
        """Raises `MissingWords` for an unknown key, when no variant holds, or for a placeholder without a value."""
        words = self._find(key, language)
        if words is None:
            raise MissingWords(key)
        try:
            said = words.say(facts)
        except MissingWords as error:
            raise MissingWords(f"{key}: {error}") from error
        return self._untranslated(key, language, said) if self._is_held(key, language) and said else said

    def bare_words(self) -> Mapping[str, str]:
        return self.bare

    def raw(self, path: str) -> Mapping[str, Any]:
        """A file's own table, e.g. `en/red_flags.toml`; empty when there is no such file."""
        return self.tables.get(path, {})

    def keys(self, language: str) -> tuple[str, ...]:
        """Every key with words, in order."""
        return tuple(self.words[self.language(language)])

    def written(self, key: str, language: str) -> tuple[Written, ...]:
        words = self.words.get(language, {}).get(key)
        return () if words is None else tuple(_written(words.file, variant) for variant in words.variants)

    def fill(self, key: str, text: str, facts: Facts) -> Html:
        compiled = compile_words(text, names_at(key))
        if isinstance(compiled, tuple):
            raise MissingWords("; ".join(problem.reason for problem in compiled))
        return compiled.render(facts)

    def _untranslated(self, key: str, language: str, said: Html) -> Html:
        source = self.clinic.languages[0]
        if _is_whole(key):
            facts = {"value": language_name(source, language), "text": said}
            return self.say("phrases/delivery/untranslated", language, facts)
        return self.say("phrases/delivery/untranslated-piece", language, {"value": source.upper(), "text": said})

    def _is_held(self, key: str, language: str) -> bool:
        return key in self.held.get(language, ())

    def _find(self, key: str, language: str) -> Words | None:
        found = None if self._is_held(key, language) else self.words.get(language, {}).get(key)
        return found or self.words[self.clinic.languages[0]].get(key)


def _written(file: str, variant: Variant) -> Written:
    compiled = variant.compiled
    return Written(file, compiled.text, variant.when, compiled.names, bool(compiled.dimensions))


def _is_whole(key: str) -> bool:
    section, *_ = parts = key.split("/")
    return len(parts) == TEXTS.get(section) or (section == "steps" and parts[3:4] == ["reply"])


def names_at(key: str) -> frozenset[str]:
    """Placeholders that may stand in the words at a key."""
    return frozenset({**PLACEHOLDERS, **EXTRA} if key.startswith("phrases/") else PLACEHOLDERS)


def build(content: Content, clinic: Clinic, version: str) -> ContentShelf:
    tables = {name: file.table for name, file in content.files.items()}
    protocols = with_own_days(decided(content.protocols, clinic), clinic.windows)
    tongues = {language: content.tongues.get(language, Tongue()) for language in clinic.languages}
    return ContentShelf(
        version=version,
        clinic=clinic,
        protocols=protocols,
        aliases=_aliases(content, tongues),
        ledger=content.ledger,
        words={language: dict(keyed(tongue)) for language, tongue in tongues.items()},
        topics_of={language: _topics(tongue) for language, tongue in tongues.items()},
        bare={word.casefold(): deed for deed, words in content.bare_words.items() for word in words},
        tables=tables,
        approvals=content.approvals.approval,
    )


def keyed(tongue: Tongue) -> Iterator[tuple[str, Words]]:
    """All words of a language by the keys that services say them with."""
    for treatment, names in tongue.treatments.items():
        yield f"treatments/{treatment}/name", names.name
    yield from _step_words(tongue)
    for topic, words in tongue.topics.items():
        yield f"faq/{topic}", words.answer
        yield f"faq/{topic}/title", words.title
    for flag in tongue.flags.flag:
        yield f"red_flags/{flag.id}", flag.advice
        yield f"red_flags/{flag.id}/name", flag.name
    for family in tongue.families.family:
        yield f"out_of_scope/{family.id}", family.say
    for (group, name), phrase in tongue.phrases.items():
        yield f"phrases/{group}/{name}", phrase


def _step_words(tongue: Tongue) -> Iterator[tuple[str, Words]]:
    for step, words in tongue.steps.items():
        yield f"steps/{step}", words.text
        if words.safety is not None:
            yield f"steps/{step}/safety", words.safety
        for ask, asked in words.ask.items():
            if asked.question is not None:
                yield f"steps/{step}/ask/{ask}", asked.question
            for answer, label in asked.answers.items():
                yield f"steps/{step}/answer/{ask}/{answer}", label
        for ask, replies in words.reply.items():
            for answer, reply in replies.items():
                yield f"steps/{step}/reply/{ask}/{answer}", reply


def _topics(tongue: Tongue) -> dict[str, Topic]:
    return {
        name: Topic(name, str(words.title.variants[0].compiled.text), words.also, words.symptom)
        for name, words in tongue.topics.items()
    }


def _aliases(content: Content, tongues: Mapping[str, Tongue]) -> dict[str, str]:
    named = {alias.casefold(): name for tongue in tongues.values()
             for name, words in tongue.treatments.items() for alias in words.aliases}  # fmt: skip
    return named | {name.casefold(): name for name in content.protocols}
