"""The checkout's words with a clinic of the tests' own, whichever clinic has moved into `content/clinic.toml`."""

import atexit
import re
import tempfile
from pathlib import Path
from shutil import copyfile, copytree

CHECKOUT = Path(__file__).resolve().parent.parent / "content"
CLINIC = Path(__file__).with_name("clinic.toml")
EXAMPLES = re.compile(r"^((?:training|phrasings|examples|counters) = \[\n(?:    .*\n){6})(?:    .*\n)+", re.MULTILINE)
CALM = re.compile(r"(?<=^\[calm\]\n)(?:.*\n)*?(?=\[)", re.MULTILINE)
_folder = tempfile.TemporaryDirectory(prefix="aftercare-content-")
atexit.register(_folder.cleanup)


def move_in(folder: Path) -> Path:
    """A copy in `folder`, to be edited."""
    copytree(CHECKOUT, folder)
    copyfile(CLINIC, folder / CLINIC.name)
    return folder


def with_few_examples(language: Path) -> None:
    """Six of each list that is only learned from: it takes seconds to learn from thousands."""
    for file in (language / "red_flags.toml", language / "out_of_scope.toml", *(language / "faq").glob("*.toml")):
        file.write_text(EXAMPLES.sub(r"\1", CALM.sub("", file.read_text())))


CONTENT = move_in(Path(_folder.name) / "content")
