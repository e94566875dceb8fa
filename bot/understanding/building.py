"""Build the understanding of every language from the parsed content files."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bot.understanding.bayes import Bayes
from bot.understanding.bm25 import Bm25
from bot.understanding.features import features, grams
from bot.understanding.likeness import Likeness
from bot.understanding.matching import Matcher, Seat, Strictness, family_label, topic_features
from bot.understanding.phrasebook import Phrasebook
from bot.understanding.spelling import Speller
from bot.understanding.triage import Listener, read_flags
from bot.understanding.understander import Tongue, Understander
from bot.understanding.words import Cutter, Stemmer, Word

Table = Mapping[str, Any]
Files = Mapping[str, Table]
"""Path below `content/` (`en/faq/makeup.toml`) -> what the file says."""


def understand(files: Files) -> Understander:
    """The port's implementation. Languages are those with a `red_flags.toml`, in the order of the files.

    Raises `UnreadableRule` for a rule that cannot be read, `KeyError` for a missing key.
    """
    languages = [path.split("/")[0] for path in files if path.endswith("/red_flags.toml")]
    return Understander({language: _tongue(language, files) for language in languages})


def topics_of(language: str, files: Files) -> dict[str, Table]:
    start = f"{language}/faq/"
    return {path.removeprefix(start).removesuffix(".toml"): table for path, table in files.items() if path.startswith(start)}


def _tongue(language: str, files: Files) -> Tongue:
    red = files[f"{language}/red_flags.toml"]
    names = files.get(f"{language}/concepts.toml", {})
    topics = {topic: list(table["phrasings"]) for topic, table in topics_of(language, files).items()}
    families = {entry["id"]: list(entry["examples"]) for entry in files.get(f"{language}/out_of_scope.toml", {}).get("family", ())}
    stemmer = Stemmer(language)
    cutter = Cutter(stemmer, names.get("short", {}))
    signs = Phrasebook({**red["words"], **red["scopes"]}, stemmer)
    concepts = Phrasebook(names.get("concepts", {}), stemmer)
    lines = [*_lines(topics), *_lines(families), *(line for flag in red["flag"] for line in _said(flag))]
    speller = _speller(stemmer, cutter, [*signs.words, *concepts.words], lines, names)

    def read(line: str) -> tuple[Word, ...]:
        return speller.correct(cutter.cut(line))

    flags = read_flags(red["flag"], [*red["words"], *red["scopes"]])
    ordinary = [*_lines(topics), *_lines(families), *(line for flag in red["flag"] for line in flag.get("counters", ()))]
    dangerous = [line for flag in red["flag"] for line in _raising(flag)]
    likeness = Likeness(_shown(map(read, dangerous), signs), _shown(map(read, ordinary), signs))
    resembled = {flag["id"]: _shown(map(read, _raising(flag)), signs) for flag in red["flag"] if _raising(flag)}
    listener = Listener(flags, signs, likeness, Bayes(resembled, sharpness=0.55))
    silent = frozenset(str(names.get("silent", {}).get("words", "")).split())
    matcher = _matcher(topics, families, concepts, speller, read, silent)
    return Tongue(cutter, speller, listener, matcher)


def _lines(groups: Mapping[str, Sequence[str]]) -> Iterator[str]:
    return (line for group in groups.values() for line in group)


def _raising(flag: Table) -> list[str]:
    return [*flag.get("examples", ()), *flag.get("ask_examples", ())]


def _said(flag: Table) -> list[str]:
    return [*_raising(flag), *flag.get("counters", ())]


def _shown(lines: Iterable[Sequence[Word]], signs: Phrasebook) -> list[list[str]]:
    return [features(words, sorted({hit.concept for hit in signs.find(words)})) for words in lines]


def _speller(stemmer: Stemmer, cutter: Cutter, targets: Iterable[str], lines: Iterable[str], names: Table) -> Speller:
    """Mistyped examples are kept as they are; they are known, but never a target."""
    said = {word.surface for line in lines for word in cutter.cut(line)}
    plain_words = str(names.get("plain", {}).get("words", "")).split()
    return Speller(targets, [*said, *plain_words, *names.get("short", {})], stemmer)


def _matcher(
    topics: Mapping[str, Sequence[str]],
    families: Mapping[str, Sequence[str]],
    concepts: Phrasebook,
    speller: Speller,
    read: Any,
    silent: frozenset[str],
) -> Matcher:
    labelled = {**topics, **{family_label(family): lines for family, lines in families.items()}}
    words = {label: [read(line) for line in lines] for label, lines in labelled.items()}
    shown = {
        label: [topic_features(line, concepts, silent) for line in group] for label, group in words.items()
    }
    spelled = {label: [grams(line) for line in group] for label, group in words.items()}
    seats = (
        Seat("bm25", Bm25(shown), letters=False, weight=1.0),
        Seat("words", Bayes(shown, sharpness=0.55), letters=False, weight=1.0),
        Seat("letters", Bayes(spelled, sharpness=0.8), letters=True, weight=0.7),
    )
    return Matcher(seats, concepts, speller, Strictness(), silent)
