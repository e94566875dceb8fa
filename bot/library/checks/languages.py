"""Every language that the clinic offers says everything."""

from bot.library.content import Content, Tongue
from bot.library.faults import Fault, Notes
from bot.library.shelf import keyed
from bot.library.wording import Words

MOST_NAMED = 5


def check_languages(content: Content, notes: Notes) -> None:
    if not content.languages:
        return
    first, *others = content.languages
    spoken = dict(keyed(content.tongues.get(first, Tongue())))
    if not spoken:
        notes.faults.append(Fault(first, 1, "the clinic's first language has no words"))
    for language in others:
        said = dict(keyed(content.tongues.get(language, Tongue())))
        for key in spoken.keys() - said.keys():
            name = spoken[key].file.replace(f"{first}/", f"{language}/", 1)
            # what is broken is not missing as well; a missing step is a fault of its own
            if name in content.files or (name not in content.present and not key.startswith("steps/")):
                notes.faults.append(Fault(name, 1, f"{key} has no words in {language}"))
        for key in said.keys() - spoken.keys():
            notes.warnings.append(Fault(said[key].file, 1, f"{key} has no words in {first}"))
    for language, tongue in content.prepared.items():
        _name_what_is_missing(content, language, list(spoken), dict(keyed(tongue)))


def _name_what_is_missing(content: Content, language: str, wanted: list[str], said: dict[str, Words]) -> None:
    """Of a language on its way."""
    missing = [key for key in wanted if key not in said]
    state = "every word is there: add it to `languages`"
    if missing:
        named = ", ".join(missing[:MOST_NAMED]) + (" ..." if len(missing) > MOST_NAMED else "")
        state = f"{len(missing)} of {len(wanted)} words are missing: {named}"
    file = next(file for name, file in content.files.items() if name.startswith(f"{language}/"))
    file.warn((), f"{language} is not among the languages of clinic.toml and is not offered; {state}")
