"""MiniLM-L6 in numpy: a sentence becomes 384 numbers; alike sentences point the same way.

Every column is a word piece, and matrices stand to the left of them: that way round products are twice as fast.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from threading import Lock

import numpy as np

from bot.understanding.arrays import Array, Bytes
from bot.understanding.weights import WORDS, Weights
from bot.understanding.wordpiece import WordPiece, Words

LAYERS, HEADS, WIDTH = 6, 12, 384
EPSILON = np.float32(1e-12)
MEAN = np.full((1, WIDTH), 1 / WIDTH, np.float32)
STEADY = np.float32(36)
"""The square from which on `gelu` has reached its end, and its polynomial must not turn back."""
MOST_PIECES = 48
"""Of one text; what stands later is heard by the rules and clause by clause."""


EVEN = 8
"""Columns are filled up to a multiple of this: odd numbers of them cost a third more."""

SCRATCH = 2 * WIDTH * WIDTH
"""Numbers spelled out at a time: they should stay in the processor's own memory."""

AT_ONCE = 32
"""Texts that go through together; more only cost memory."""


class Encoder:
    """`encode` gives one unit vector per text; for several threads."""

    def __init__(self, weights: Weights) -> None:
        self._pieces = WordPiece(weights.vocabulary)
        self._words, self._word_scale = weights.stored(WORDS)
        places = weights.matrix("embeddings.position_embeddings.weight")
        self._places = places[:MOST_PIECES] + weights.matrix("embeddings.token_type_embeddings.weight")[0]
        self._first_norm = _norm(weights, "embeddings.LayerNorm")
        scratch = np.empty(SCRATCH, np.float32)
        self._layers = [_layer(weights, f"encoder.layer.{number}", scratch) for number in range(LAYERS)]
        self._one_at_a_time = Lock()

    @property
    def words(self) -> Words:
        """The whole words of its vocabulary: nearly all that people write in its language."""
        return self._pieces.words

    def encode(self, texts: Sequence[str]) -> Array:
        """Texts stand one behind the other in one long row: the weights are walked through once for all of them."""
        rows = [self._pieces.rows(text, most=MOST_PIECES) for text in texts]
        with self._one_at_a_time:
            found = [self._forward(rows[start : start + AT_ONCE]) for start in range(0, len(rows), AT_ONCE)]
        return np.concatenate(found) if found else np.zeros((0, WIDTH), np.float32)

    def passage(self, text: str, parts: Sequence[str]) -> tuple[Array, list[Array | None]]:
        """The vector of a text, and those of its parts from the same pass: None for what is not read to its end.

        "Late chunking" (arXiv 2409.04701): a part means what it means where it stands, and costs nothing."""
        row = self._pieces.rows(text, most=MOST_PIECES)
        places = [_place(self._pieces.rows(part, most=MOST_PIECES)[1:-1], row) for part in parts]
        with self._one_at_a_time:
            whole, *own = self._forward([row], [place for place in places if place is not None])
        found = iter(own)
        return whole, [None if place is None else next(found) for place in places]

    def _forward(self, rows: Sequence[Sequence[int]], parts: Sequence[slice] = ()) -> Array:
        """A vector for each row, then for each of the `parts` of all rows."""
        ends = np.cumsum([len(row) for row in rows]).tolist()
        texts = [slice(end - len(row), end) for row, end in zip(rows, ends, strict=True)]
        state = np.zeros((WIDTH, -(-ends[-1] // EVEN) * EVEN), np.float32)
        for row, text in zip(rows, texts, strict=True):
            state[:, text] = (self._words[row] * self._word_scale[row][:, None] + self._places[: len(row)]).T
        state = self._first_norm(state)
        for layer in self._layers:
            state = layer(state, texts)
        pooled = np.array([state[:, some].mean(axis=1) for some in (*texts, *parts)])
        unit: Array = pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
        return unit


@dataclass(frozen=True)
class Norm:
    scale: Array
    shift: Array

    def __call__(self, state: Array) -> Array:
        # a mean as a product is twice as fast
        centred: Array = state - MEAN @ state
        spread = np.sqrt(MEAN @ (centred * centred) + EPSILON)
        centred *= 1 / spread
        centred *= self.scale
        centred += self.shift
        return centred


@dataclass(frozen=True)
class Dense:
    """Its matrix stays in whole numbers, in `pieces` of rows as they are on disk: spelled out, or put together, all
    would take 33 MB more. Each is spelled out into `scratch`, which all share."""

    pieces: tuple[Bytes, ...]
    scale: Array
    bias: Array
    scratch: Array

    def __call__(self, state: Array) -> Array:
        found = np.empty((len(self.scale), state.shape[1]), np.float32)
        start = 0
        for some in self.pieces:
            spelled = self.scratch[: some.size].reshape(some.shape)
            np.copyto(spelled, some)
            np.matmul(spelled, state, out=found[start : start + len(some)])
            start += len(some)
        found *= self.scale
        found += self.bias
        return found


@dataclass(frozen=True)
class Layer:
    query_key_value: Dense
    out: Dense
    out_norm: Norm
    up: Dense
    down: Dense
    down_norm: Norm

    def __call__(self, state: Array, texts: Sequence[slice]) -> Array:
        state = self.out_norm(state + self.out(self._attend(state, texts)))
        return self.down_norm(state + self.down(gelu(self.up(state))))

    def _attend(self, state: Array, texts: Sequence[slice]) -> Array:
        three = self.query_key_value(state).reshape(3, HEADS, WIDTH // HEADS, -1)
        found = np.zeros(three.shape[1:], np.float32)
        for text in texts:
            query, key, value = three[..., text]
            scores = query.transpose(0, 2, 1) @ key
            scores -= scores.max(axis=-1, keepdims=True)
            np.exp(scores, out=scores)
            scores /= scores.sum(axis=-1, keepdims=True)
            found[..., text] = value @ scores.transpose(0, 2, 1)
        return found.reshape(WIDTH, -1)


def _place(some: Sequence[int], row: Sequence[int]) -> slice | None:
    """Where these pieces stand in a row."""
    starts = range(1, len(row) - len(some)) if some else ()
    return next((slice(at, at + len(some)) for at in starts if row[at : at + len(some)] == some), None)


def _layer(weights: Weights, name: str, scratch: Array) -> Layer:
    parts = [_dense(weights, f"{name}.attention.self.{part}", scratch) for part in ("query", "key", "value")]
    short = np.float32(1 / math.sqrt(WIDTH // HEADS))
    parts[0] = replace(parts[0], scale=parts[0].scale * short, bias=parts[0].bias * short)
    joint = Dense(
        tuple(piece for part in parts for piece in part.pieces),
        np.concatenate([part.scale for part in parts]),
        np.concatenate([part.bias for part in parts]),
        scratch,
    )
    return Layer(
        joint,
        _dense(weights, f"{name}.attention.output.dense", scratch),
        _norm(weights, f"{name}.attention.output.LayerNorm"),
        _dense(weights, f"{name}.intermediate.dense", scratch),
        _dense(weights, f"{name}.output.dense", scratch),
        _norm(weights, f"{name}.output.LayerNorm"),
    )


def _dense(weights: Weights, name: str, scratch: Array) -> Dense:
    matrix, scale = weights.stored(f"{name}.weight")
    step = scratch.size // matrix.shape[1]
    pieces = tuple(matrix[start : start + step] for start in range(0, len(matrix), step))
    return Dense(pieces, scale[:, None], weights.matrix(f"{name}.bias")[:, None], scratch)


def _norm(weights: Weights, name: str) -> Norm:
    return Norm(weights.matrix(f"{name}.weight")[:, None], weights.matrix(f"{name}.bias")[:, None])


def gelu(state: Array) -> Array:
    """x/2 * (1 + erf(x / sqrt 2)), within 3e-5: tanh of a fitted polynomial, of which numpy takes many at a time."""
    square = np.minimum(state * state, STEADY)
    bent: Array = np.float32(-3.5151681e-4) * square
    bent += np.float32(3.7005646e-2)
    bent *= square
    bent += np.float32(0.79750788)
    bent *= state
    np.tanh(bent, out=bent)
    bent += 1
    bent *= state
    bent *= np.float32(0.5)
    return bent
