"""Every language that the clinic offers says everything."""

from bot.library.content import Content, Tongue
from bot.library.faults import Fault, Notes
from bot.library.shelf import keyed


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
