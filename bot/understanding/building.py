"""Build the understanding of every language from the parsed content files."""

from dataclasses import dataclass
from pathlib import Path

from bot.understanding.ear import Ear, ear_of
from bot.understanding.encoder import Encoder
from bot.understanding.learning import DANGER, TOPICS, Study
from bot.understanding.shelf import Files, WordShelf, languages_of
from bot.understanding.triage import Flag, Listener, read_flags
from bot.understanding.understander import Tongue, Understander


def understand(files: Files, cache: Path, *, in_haste: bool = False) -> Understander:
    """The port's implementation, for every language with a `red_flags.toml`; the first one reads unknown languages.

    What was learned from these words before is taken from `cache`; else it is learned now, in a process of its own.
    `in_haste`: rules hold at once, and what was learned last stands in for a while for what is being learned now.
    Raises `UnreadableRule` for a rule that cannot be read, `KeyError` for a missing key.
    """
    study = Study(cache)
    shelves = {language: WordShelf.of(language, files) for language in languages_of(files)}
    return Understander({language: _tongue(shelf, study, in_haste=in_haste) for language, shelf in shelves.items()})


def readable(files: Files) -> None:
    """Raises what `understand` would, without learning anything."""
    for language in languages_of(files):
        shelf = WordShelf.of(language, files)
        read_flags(shelf.flags, shelf.signs)
        ear_of(shelf)


@dataclass(frozen=True)
class _Read:
    """What one language's words say, before anything is learned from them."""

    shelf: WordShelf
    encoder: Encoder | None
    flags: tuple[Flag, ...]
    ear: Ear


_LAST: dict[str, _Read] = {}
"""Of each language: where its words are the same, they are not read again."""


def _read(shelf: WordShelf, encoder: Encoder | None) -> _Read:
    last = _LAST.get(shelf.language)
    if last is None or last.shelf != shelf or last.encoder is not encoder:
        ear = ear_of(shelf)
        heard = ear if encoder is None else ear.among(encoder.words)
        last = _LAST[shelf.language] = _Read(shelf, encoder, read_flags(shelf.flags, shelf.signs), heard)
    return last


def _tongue(words: WordShelf, study: Study, *, in_haste: bool) -> Tongue:
    read = _read(words, study.encoder(words.language))
    # the one that was read: it has been made a text already
    shelf = read.shelf
    tongue = Tongue(read.ear, Listener(read.flags, None, shelf.places), shelf.symptoms, read.encoder)
    if in_haste:
        study.meanwhile(TOPICS, shelf, tongue.match_with)
        study.meanwhile(DANGER, shelf, tongue.hear_with)
    else:
        tongue.match_with(study.learned(TOPICS, shelf))
        tongue.hear_with(study.learned(DANGER, shelf))
    return tongue
