"""Build the understanding of every language from the parsed content files."""

from pathlib import Path

from bot.understanding.ear import ear_of
from bot.understanding.encoder import Encoder
from bot.understanding.learning import Study
from bot.understanding.matching import Matcher
from bot.understanding.shelf import Files, WordShelf, languages_of
from bot.understanding.triage import Listener, read_flags
from bot.understanding.understander import Tongue, Understander


def understand(files: Files, cache: Path) -> Understander:
    """The port's implementation, for every language with a `red_flags.toml`; the first one reads unknown languages.

    What was learned from these words before is taken from `cache`; else it is learned now, in a process of its own.
    Raises `UnreadableRule` for a rule that cannot be read, `KeyError` for a missing key.
    """
    study = Study(cache)
    return Understander({language: _tongue(WordShelf.of(language, files), study) for language in languages_of(files)})


def readable(files: Files) -> None:
    """Raises what `understand` would, without learning anything."""
    for language in languages_of(files):
        shelf = WordShelf.of(language, files)
        read_flags(shelf.flags, shelf.signs)
        ear_of(shelf)


def _tongue(shelf: WordShelf, study: Study) -> Tongue:
    flags = read_flags(shelf.flags, shelf.signs)
    learned = study.learned(shelf)
    encoder: Encoder | None = study.encoder(shelf.language)
    return Tongue(
        ear_of(shelf),
        Listener(flags, learned.danger, shelf.places),
        Matcher(learned.topics, shelf.symptoms),
        learned.checked,
        encoder,
    )
