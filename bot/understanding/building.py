"""Build the understanding of every language from the parsed content files."""

from pathlib import Path

from bot.understanding.ear import ear_of
from bot.understanding.learning import DANGER, TOPICS, Study
from bot.understanding.shelf import Files, WordShelf, languages_of
from bot.understanding.triage import Listener, read_flags
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


def _tongue(shelf: WordShelf, study: Study, *, in_haste: bool) -> Tongue:
    flags, ear = read_flags(shelf.flags, shelf.signs), ear_of(shelf)
    encoder = study.encoder(shelf.language)
    ear = ear if encoder is None else ear.among(encoder.words)
    tongue = Tongue(ear, Listener(flags, None, shelf.places), shelf.symptoms, encoder)
    if in_haste:
        study.meanwhile(TOPICS, shelf, tongue.match_with)
        study.meanwhile(DANGER, shelf, tongue.hear_with)
    else:
        tongue.match_with(study.learned(TOPICS, shelf))
        tongue.hear_with(study.learned(DANGER, shelf))
    return tongue
