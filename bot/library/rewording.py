"""Put other words in the place of one item, or those from before a revision; everything else in the file stays."""

from collections.abc import Mapping
from typing import Any, cast

import tomli
import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import String

from bot.care.model.revision import FileChange, Item, Retimed, Revision, Rewording
from bot.care.model.sign_off import FILE as APPROVALS
from bot.care.model.timing import retimings
from bot.library.content import gather
from bot.library.edited import Edited, edited, print_in, with_text
from bot.library.faults import Notes
from bot.library.folder import Snapshot
from bot.library.places import Path
from bot.library.shelf import keyed
from bot.library.wording import Variant

CLINIC = "clinic.toml"
BLOCKS = ('"""', "'''")


class NoSuchWords(LookupError):
    """There is no such item in this file, or nothing that could be taken back."""


def with_words(snapshot: Snapshot, file: str, item: Item, words: str) -> Edited:
    """Raises `NoSuchWords`."""
    variant = _items(snapshot, file).get(item)
    if variant is None:
        raise NoSuchWords(str(item))
    document = _document(snapshot, file)
    _put(document, variant.path, words)
    return _only(snapshot, file, document, {variant.path: words})


def undone(snapshot: Snapshot, revision: Revision) -> Edited:
    """The file from before; where it was changed since, the words of the revision's items only.

    Raises `NoSuchWords`.
    """
    change = revision.change
    if change.file not in snapshot.files:
        raise NoSuchWords(change.file)
    if print_in(snapshot, change.file) == change.new_print and (change.old is not None or change.file == APPROVALS):
        return with_text(snapshot, change.file, change.old or "")
    if change.old is None:
        raise NoSuchWords(change.file)
    then = Snapshot({**snapshot.files, change.file: change.old.encode()})
    before, now = _items(then, change.file), _items(snapshot, change.file)
    again = [one.item for one in change.rewordings]
    if not again or any(item not in before or item not in now for item in again):
        raise NoSuchWords(change.file)
    old, document = _document(then, change.file), _document(snapshot, change.file)
    for item in again:
        _put(document, now[item].path, _string(old, before[item].path))
    wanted = {now[item].path: str(_string(old, before[item].path)) for item in again}
    return _only(snapshot, change.file, document, wanted)


def said(snapshot: Snapshot, file: str, item: Item) -> str | None:
    """What it says now; None when it is not there."""
    variant = _items(snapshot, file).get(item)
    return None if variant is None else variant.compiled.text


def changes(old: Snapshot, new: Snapshot) -> tuple[FileChange, ...]:
    """Every file that differs, by name."""
    names = sorted(name for name in {*old.files, *new.files} if old.files.get(name) != new.files.get(name))
    return tuple(change_of(old, new, name) for name in names)


def change_of(old: Snapshot, new: Snapshot, name: str) -> FileChange:
    before, after = ({item: one.compiled.text for item, one in _items(each, name).items()} for each in (old, new))
    rewordings = (Rewording(item, before.get(item, ""), after.get(item, "")) for item in {**before, **after})
    old_text, new_text = (_text(each.files.get(name)) for each in (old, new))
    old_print, new_print = (print_in(each, name) for each in (old, new))
    changed = tuple(one for one in rewordings if one.old != one.new)
    return FileChange(name, old_text, new_text, changed, old_print, new_print, _retimed(old, new, name))


def _retimed(old: Snapshot, new: Snapshot, name: str) -> tuple[Retimed, ...]:
    """Of a treatment that is there before and after."""
    if not name.startswith("protocols/"):
        return ()
    before, after = (gather(Snapshot({name: each.files.get(name, b"")}), Notes()).protocols for each in (old, new))
    return tuple(
        one for treatment in before.keys() & after.keys() for one in retimings(before[treatment], after[treatment])
    )


def _text(data: bytes | None) -> str | None:
    return None if data is None else data.decode("utf-8", "replace")


def _items(snapshot: Snapshot, file: str) -> dict[Item, Variant]:
    """What can be edited in one file, whatever the others say."""
    alone = Snapshot({name: data for name, data in snapshot.files.items() if name in (file, CLINIC)})
    content = gather(alone, Notes())
    return {
        Item(language, key, place): variant
        for language, tongue in content.tongues.items()
        for key, words in keyed(tongue)
        for place, variant in enumerate(words.variants)
    }


def _document(snapshot: Snapshot, file: str) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(snapshot.files[file].decode("utf-8"))
    except (KeyError, UnicodeDecodeError, TOMLKitError) as error:
        raise NoSuchWords(file) from error


def _string(document: tomlkit.TOMLDocument, path: Path) -> String:
    return cast(String, _inside(document, path))


def _inside(node: Any, path: Path) -> Any:  # noqa: ANN401 - whatever stands there
    for part in path:
        node = node[part]
    return node


def _put(document: tomlkit.TOMLDocument, path: Path, words: str | String) -> None:
    """New words as the old ones were written; words of an old file exactly as they stand there."""
    held = _string(document, path)
    written = words.as_string() if isinstance(words, String) else _written_like(held, words)
    _inside(document, path[:-1])[path[-1]] = tomlkit.value(written)


def _written_like(held: String, words: str) -> str:
    """The same blank edges around them; several lines stand between three quotes, as do those that stood there."""
    raw, (lead, _, trail) = held.as_string(), str(held).partition(str(held).strip())
    is_block = raw.startswith(BLOCKS)
    if not is_block and "\n" not in words:
        return tomlkit.string(words).as_string()
    block = tomlkit.string(f"{lead}{words}{trail}", multiline=True).as_string()
    # a newline straight after the opening quotes is no part of the words
    opens = not is_block or raw[3:].startswith(("\n", "\r\n"))
    return f"{block[:3]}\n{block[3:]}" if opens else block


def _only(snapshot: Snapshot, file: str, document: tomlkit.TOMLDocument, wanted: Mapping[Path, str]) -> Edited:
    """The edited file, once it is seen that it says nothing else than wanted."""
    found = edited(snapshot, file, document)
    table, now = tomli.loads(found.text), tomli.loads(snapshot.files[file].decode())
    for path, words in wanted.items():
        if _inside(table, path).strip() != words.strip():
            raise NoSuchWords(file)
        _inside(now, path[:-1])[path[-1]] = _inside(table, path)
    if table != now:
        raise NoSuchWords(file)
    return found
