"""Build the understanding of every language from the parsed content files."""

from collections.abc import Iterable
from functools import cache

from bot.understanding.bayes import Bayes
from bot.understanding.bm25 import Bm25
from bot.understanding.features import features, grams
from bot.understanding.likeness import Likeness
from bot.understanding.matching import Matcher, Seat, Strictness, family_label, topic_features
from bot.understanding.phrasebook import Phrasebook
from bot.understanding.reading import Reader
from bot.understanding.shelf import Files, WordShelf, languages_of, raising
from bot.understanding.spelling import Speller
from bot.understanding.triage import Listener, read_flags
from bot.understanding.understander import Tongue, Understander
from bot.understanding.words import Cutter, Stemmer

WORD_SHARPNESS, LETTER_SHARPNESS = 0.55, 0.8
"""How strongly a Bayes member speaks; letters overlap, so each says less."""


def understand(files: Files) -> Understander:
    """The port's implementation, for every language with a `red_flags.toml`; the first one reads unknown languages.

    Raises `UnreadableRule` for a rule that cannot be read, `KeyError` for a missing key.
    """
    return Understander({language: _tongue(WordShelf.of(language, files)) for language in languages_of(files)})


def _tongue(shelf: WordShelf) -> Tongue:
    signs, concepts, reader = reading(shelf)
    return Tongue(reader, _listener(shelf, signs, reader), _matcher(shelf, concepts, reader))


def reading(shelf: WordShelf) -> tuple[Phrasebook, Phrasebook, Reader]:
    """What finds danger signs, what finds topics, and what puts mistyped words right: no model has a part in it."""
    stemmer = _stemmer(shelf.language)
    signs, concepts = Phrasebook(shelf.signs, stemmer), Phrasebook(shelf.concepts, stemmer)
    cutter = Cutter(stemmer, shelf.short)
    # mistyped examples stay as they are: known, but never what another word is corrected to
    said = {word.surface for line in (*shelf.ordinary(), *shelf.dangerous()) for word in cutter.cut(line)}
    speller = Speller([*signs.words, *concepts.words], [*said, *shelf.words("plain"), *shelf.short], stemmer)
    return signs, concepts, Reader(cutter, speller)


@cache
def _stemmer(language: str) -> Stemmer:
    """Stems stay what they are when the words of the content change."""
    return Stemmer(language)


def _listener(shelf: WordShelf, signs: Phrasebook, reader: Reader) -> Listener:
    def shown(lines: Iterable[str]) -> list[list[str]]:
        read = [reader.read(line) for line in lines]
        return [features(words, sorted({hit.concept for hit in signs.find(words)})) for words in read]

    resembled = {str(flag["id"]): shown(raising(flag)) for flag in shelf.flags if raising(flag)}
    return Listener(
        read_flags(shelf.flags, shelf.signs),
        signs,
        Likeness(shown(shelf.dangerous()), shown(shelf.ordinary())),
        shelf.places,
        Bayes(resembled, sharpness=WORD_SHARPNESS),
    )


def _matcher(shelf: WordShelf, concepts: Phrasebook, reader: Reader) -> Matcher:
    silent = shelf.words("silent")
    labelled = {**shelf.topics, **{family_label(family): lines for family, lines in shelf.families.items()}}
    words = {label: [reader.read(line) for line in lines] for label, lines in labelled.items()}
    shown = {label: [topic_features(line, concepts, silent) for line in group] for label, group in words.items()}
    spelled = {label: [grams(line) for line in group] for label, group in words.items()}
    seats = (
        Seat("bm25", Bm25(shown), letters=False, weight=1.0),
        Seat("words", Bayes(shown, sharpness=WORD_SHARPNESS), letters=False, weight=1.0),
        Seat("letters", Bayes(spelled, sharpness=LETTER_SHARPNESS), letters=True, weight=0.7),
    )
    return Matcher(seats, concepts, reader.speller, Strictness(), silent)
