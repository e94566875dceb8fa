"""Add a phrasing to a topic's file, or to a family of what is not ours, and take it out again; the rest stays."""

from collections.abc import Iterator

import tomli
import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Array

from bot.care.model.unanswered import OUTSIDE, Phrasing
from bot.library.edited import Edited, edited
from bot.library.folder import Snapshot


class NoSuchTopic(LookupError):
    """There is no file, or no family, of this name; or nothing in it can be added to."""


class AlreadyThere(Exception):
    """`homes`: the topics and families that hold these words."""

    def __init__(self, homes: tuple[str, ...]) -> None:
        super().__init__(", ".join(homes))
        self.homes = homes


class NotThere(LookupError):
    """Nothing to take out."""


def with_phrasing(snapshot: Snapshot, phrasing: Phrasing) -> Edited:
    """Raises `NoSuchTopic`, `AlreadyThere`."""
    homes = tuple(dict.fromkeys(home for home, line in _lines(snapshot, phrasing) if _same(line, phrasing.words)))
    if homes:
        raise AlreadyThere(homes)
    document, name = _document(snapshot, phrasing)
    _array(document, phrasing).append(phrasing.words)
    return edited(snapshot, name, document)


def without_phrasing(snapshot: Snapshot, phrasing: Phrasing) -> Edited:
    """Raises `NoSuchTopic`, `NotThere`."""
    document, name = _document(snapshot, phrasing)
    lines = _array(document, phrasing)
    place = next((at for at, line in enumerate(lines) if _same(str(line), phrasing.words)), None)
    if place is None:
        raise NotThere
    del lines[place]
    return edited(snapshot, name, document)


def _document(snapshot: Snapshot, phrasing: Phrasing) -> tuple[tomlkit.TOMLDocument, str]:
    name = f"{phrasing.language}/faq/{phrasing.target}.toml"
    if phrasing.family is not None:
        name = f"{phrasing.language}/out_of_scope.toml"
    try:
        return tomlkit.parse(snapshot.files[name].decode("utf-8")), name
    except (KeyError, UnicodeDecodeError, TOMLKitError) as error:
        raise NoSuchTopic(name) from error


def _array(document: tomlkit.TOMLDocument, phrasing: Phrasing) -> Array:
    if phrasing.family is None:
        found = document.get("phrasings")
    else:
        families = (one for one in document.get("family", ()) if one.get("id") == phrasing.family)
        family = next(families, None)
        found = None if family is None else family.get("examples")
    if not isinstance(found, Array):
        raise NoSuchTopic(phrasing.target)
    return found


def _lines(snapshot: Snapshot, phrasing: Phrasing) -> Iterator[tuple[str, str]]:
    """Topic or family -> each of its lines, in the phrasing's language."""
    start = f"{phrasing.language}/faq/"
    for name, data in snapshot.files.items():
        if name.startswith(start) or name == f"{phrasing.language}/out_of_scope.toml":
            try:
                document = tomli.loads(data.decode("utf-8"))
            except (UnicodeDecodeError, tomli.TOMLDecodeError):
                continue  # what is wrong with it is said when the folder is checked
            topic = name.removeprefix(start).removesuffix(".toml")
            yield from ((topic, str(line)) for line in document.get("phrasings", ()))
            for family in document.get("family", ()):
                yield from ((OUTSIDE + str(family.get("id")), str(line)) for line in family.get("examples", ()))


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
