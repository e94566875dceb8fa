"""The ways in which whoever pushes content gets it wrong; each can be taken back."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

FILE = "en/faq/makeup.toml"
STEP = "en/steps/picosure/PS-03.toml"
LARGE = 5_000_000

Push = Callable[[Path], None]


def _file(change: Callable[[bytes], bytes], name: str = FILE) -> Push:
    def push(content: Path) -> None:
        file = content / name
        file.write_bytes(change(file.read_bytes()))

    return push


def _in_place_of_the_file(make: Callable[[Path], object]) -> Push:
    def push(content: Path) -> None:
        (content / FILE).unlink()
        make(content / FILE)

    return push


def _locked(content: Path) -> None:
    (content / FILE).chmod(0)


def _renamed(content: Path) -> None:
    (content / FILE).rename(content / "en/faq/make up.txt.toml")


PUSHES: dict[str, Push] = {
    "half written": _file(lambda data: data[: len(data) // 2]),
    "empty": _file(lambda _: b""),
    "a deleted folder": lambda content: shutil.rmtree(content / "en/faq"),
    "the whole folder is gone": shutil.rmtree,
    "wrong encoding": _file(lambda data: data.replace(b"Makeup", "Schminke für dich".encode("latin-1"), 1)),
    "with a mark in front in UTF-16": _file(lambda data: data.decode().encode("utf-16")),
    "5 MB": _file(lambda data: data + b"#" * LARGE),
    "a key twice": _file(lambda data: data + b'\n[[answer]]\nsay = "a"\nsay = "b"\n'),
    "a step in use is removed": lambda content: (content / STEP).unlink(),
    "a protocol in use is removed": lambda content: (content / "protocols/picosure.toml").unlink(),
    "a link to itself": _in_place_of_the_file(lambda path: path.symlink_to(path)),
    "a folder that leads back": lambda content: (content / "en/again").symlink_to(content / "en"),
    "a folder in place of a file": _in_place_of_the_file(lambda path: path.mkdir()),
    "a pipe in place of a file": _in_place_of_the_file(os.mkfifo),
    "another name": _renamed,
    "a placeholder that is none": _file(lambda data: data.replace(b"{{ makeup_state }}", b"{{ nobody }}")),
    "an endless loop": _file(lambda data: data.replace(b"Makeup: ", b"{% for x in range(10**9) %}{% endfor %}", 1)),
    "left over marks of a merge": _file(lambda data: b"<<<<<<< HEAD\n" + data),
    "nothing but zeros": _file(lambda data: b"\0" * len(data)),
    "numbers of the clinic are gone": _file(lambda data: data.replace(b"phone =", b"fone =", 1), "clinic.toml"),
    "very deep": _file(lambda data: data + b"\ndeep = " + b"[" * 50_000 + b"\n"),
}
if os.geteuid():
    PUSHES["no permission"] = _locked  # root may read everything
