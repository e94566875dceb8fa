"""A filled-in start for a new treatment: what another one has, under a name of its own."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import tomlkit

from bot.library.faults import ContentRefused, Report
from bot.library.folder import Snapshot, read
from bot.library.loading import inspect, inspect_once
from bot.library.proof import Proof
from bot.library.shelf import ContentShelf
from bot.library.verdicts import Verdicts

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST = 30
NAMES = "treatments.toml"
STARTED = """\
# {name}: started as a copy of {like}. Look at every day, every window and every word before a clinician signs it.
# `column` says whose days hold for danger signs and for what is expected when.
"""


class NameRefused(ValueError):
    """No treatment can be started under this name; says why."""


@dataclass(frozen=True)
class Started:
    """`written` are new files, `changed` had the name added at their end; all relative to the content folder."""

    written: tuple[str, ...]
    changed: tuple[str, ...]


def start(content_dir: Path, name: str, like: str, proof: Proof, verdicts: Verdicts) -> Started:
    """Write all of it or nothing. Raises `NameRefused`, `OSError`, and `ContentRefused` with the faults it would bring.

    Comments of the files copied are kept. `verdicts` know it when all is clean: whatever looks next need not prove it.
    """
    before = read(content_dir)
    shelf = inspect(before, tried=True).shelf
    if shelf is None:
        raise ContentRefused(inspect(before).report)
    _may_be(name, like, shelf, before)
    files = dict(_files(name, like, shelf, before.files))
    after = inspect_once(Snapshot({**before.files, **files}, before.faults), proof, verdicts).report
    if after.faults:
        _refuse_new(after, before)
    _write(content_dir, files, before.files)
    changed = tuple(sorted(files.keys() & before.files.keys()))
    return Started(tuple(sorted(files.keys() - before.files.keys())), changed)


def _refuse_new(after: Report, before: Snapshot) -> None:
    """Faults that were there before are no reason."""
    known = set(inspect(before).report.faults)
    new = tuple(fault for fault in after.faults if fault not in known)
    if new:
        raise ContentRefused(Report(new))


def _may_be(name: str, like: str, shelf: ContentShelf, before: Snapshot) -> None:
    if not NAME.fullmatch(name) or len(name) > LONGEST:
        raise NameRefused(f"{name!r}: small letters, digits and single hyphens, at most {LONGEST}, like deep-pico")
    if like not in shelf.protocols:
        raise NameRefused(f"there is no treatment {like!r}: choose from {', '.join(shelf.protocols)}")
    taken = [path for path in before.files if path == f"protocols/{name}.toml" or f"/steps/{name}/" in path]
    if name in shelf.aliases:
        raise NameRefused(f"{name!r} already means {shelf.aliases[name]}")
    if taken:
        raise NameRefused(f"{name!r} is there already: {taken[0]}")


def _files(name: str, like: str, shelf: ContentShelf, files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    yield f"protocols/{name}.toml", _protocol(name, like, shelf.protocols[like].column, files)
    for path, data in files.items():
        language, _, rest = path.partition("/")
        if rest.startswith(f"steps/{like}/"):
            yield f"{language}/{rest.replace(f'/{like}/', f'/{name}/', 1)}", data
        elif rest == NAMES:
            yield path, _named(data.decode(), name)


def _protocol(name: str, like: str, column: str, files: Mapping[str, bytes]) -> bytes:
    document = tomlkit.parse(files[f"protocols/{like}.toml"].decode())
    document["id"] = name
    if "column" in document:
        document["column"] = column
        text = tomlkit.dumps(document)
    else:
        # tables follow: a key at the end of the file would belong to the last of them
        text = tomlkit.dumps(document).replace("\nsurface", f'\ncolumn = "{column}"\nsurface', 1)
    return (STARTED.format(name=name, like=like) + text).encode()


def _named(text: str, name: str) -> bytes:
    """The name stands at the end; everything before stays as it was written."""
    said = name.replace("-", " ").capitalize()
    table = tomlkit.dumps({name: {"name": said, "aliases": [name]}})
    return f"{text.rstrip()}\n\n{table}".encode()


def _write(content_dir: Path, files: Mapping[str, bytes], before: Mapping[str, bytes]) -> None:
    """What is new first: until the name stands in the list of treatments, a running bot goes on with the old words."""
    written: list[Path] = []
    try:
        for path in sorted(files, key=lambda each: each in before):
            file = content_dir / path
            file.parent.mkdir(parents=True, exist_ok=True)
            if path not in before:
                written.append(file)
            file.write_bytes(files[path])
    except OSError:
        for file in written:
            file.unlink(missing_ok=True)
        raise
