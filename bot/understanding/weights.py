"""The encoder's weights: read from safetensors, kept with one byte per number, read again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.understanding import mapped
from bot.understanding.arrays import Array, Bytes

WORDS = "embeddings.word_embeddings.weight"
SCALE = ".scale"
"""Beside a matrix of whole numbers: what each of its rows is multiplied by."""


@dataclass(frozen=True)
class Weights:
    """The big matrices as int8 with a scale per row; vectors as they are."""

    vocabulary: tuple[str, ...]
    arrays: Mapping[str, npt.NDArray[np.generic]] = field(repr=False)

    def matrix(self, name: str) -> Array:
        found = self.arrays[name].astype(np.float32)
        scale = self.arrays.get(name + SCALE)
        return found if scale is None else found * scale.astype(np.float32)[:, None]

    def stored(self, name: str) -> tuple[Bytes, Array]:
        """A big matrix as it is kept, and what each of its rows is multiplied by."""
        return self.arrays[name].astype(np.int8, copy=False), self.arrays[name + SCALE].astype(np.float32)


def load(file: Path) -> Weights:
    """Raises `OSError`, `ValueError` or `KeyError` when it is not what `save` wrote."""
    arrays = mapped.load(file)
    vocabulary = tuple(bytes(arrays.pop("vocabulary")).decode("utf-8").split("\n"))
    return Weights(vocabulary, arrays)


def save(weights: Weights, file: Path) -> None:
    text = np.frombuffer("\n".join(weights.vocabulary).encode("utf-8"), np.uint8)
    mapped.save({"vocabulary": text, **weights.arrays}, file)


def from_safetensors(data: bytes, vocabulary: str) -> Weights:
    """Raises `ValueError` or `KeyError` for anything that is not one."""
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + size])
    arrays: dict[str, npt.NDArray[np.generic]] = {}
    for name, about in header.items():
        if name != "__metadata__" and about["dtype"] == "F32":
            start, end = (8 + size + at for at in about["data_offsets"])
            arrays.update(_stored(name, np.frombuffer(data[start:end], "<f4").reshape(about["shape"])))
    return Weights(tuple(vocabulary.rstrip("\n").split("\n")), arrays)


def _stored(name: str, values: Array) -> dict[str, npt.NDArray[np.generic]]:
    if values.ndim != 2 or min(values.shape) < 16:
        return {name: values}
    scale = np.maximum(np.abs(values).max(axis=1), 1e-12) / 127
    return {name: np.rint(values / scale[:, None]).astype(np.int8), name + SCALE: scale.astype(np.float32)}
