"""The checkout's words with a clinic of the tests' own, whichever clinic has moved into `content/clinic.toml`."""

import atexit
import tempfile
from pathlib import Path
from shutil import copyfile, copytree

CHECKOUT = Path(__file__).resolve().parent.parent / "content"
CLINIC = Path(__file__).with_name("clinic.toml")
_folder = tempfile.TemporaryDirectory(prefix="aftercare-content-")
atexit.register(_folder.cleanup)


def move_in(folder: Path) -> Path:
    """A copy in `folder`, to be edited."""
    copytree(CHECKOUT, folder)
    copyfile(CLINIC, folder / CLINIC.name)
    return folder


CONTENT = move_in(Path(_folder.name) / "content")
