"""MiniLM-L6 in numpy: a sentence becomes 384 numbers; alike sentences point the same way."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.understanding.arrays import Array
from bot.understanding.weights import Weights
from bot.understanding.wordpiece import WordPiece

LAYERS, HEADS, WIDTH = 6, 12, 384
EPSILON = 1e-12
MOST_PIECES = 96
"""Of one text; what stands later is heard by the rules and clause by clause."""


AT_ONCE = 32
"""Texts that go through together; more only cost memory."""


class Encoder:
    """`encode` gives one unit vector per text."""

    def __init__(self, weights: Weights) -> None:
        self._pieces = WordPiece(weights.vocabulary)
        self._words = weights
        self._places = weights.matrix("embeddings.position_embeddings.weight")
        self._places = self._places + weights.matrix("embeddings.token_type_embeddings.weight")[0]
        self._first_norm = _norm(weights, "embeddings.LayerNorm")
        self._layers = [_layer(weights, f"encoder.layer.{number}") for number in range(LAYERS)]

    def encode(self, texts: Sequence[str]) -> Array:
        """Texts stand one behind the other in one long row: the weights are walked through once for all of them."""
        rows = [self._pieces.rows(text, most=MOST_PIECES) for text in texts]
        found = [self._forward(rows[start : start + AT_ONCE]) for start in range(0, len(rows), AT_ONCE)]
        return np.concatenate(found) if found else np.zeros((0, WIDTH), np.float32)

    def _forward(self, rows: Sequence[Sequence[int]]) -> Array:
        ends = np.cumsum([len(row) for row in rows]).tolist()
        texts = [slice(end - len(row), end) for row, end in zip(rows, ends, strict=True)]
        places = np.concatenate([self._places[: len(row)] for row in rows])
        state = self._first_norm(self._words.word_rows(np.concatenate([np.array(row) for row in rows])) + places)
        for layer in self._layers:
            state = layer(state, texts)
        pooled = np.array([state[text].mean(axis=0) for text in texts])
        unit: Array = pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
        return unit


@dataclass(frozen=True)
class Norm:
    scale: Array
    shift: Array

    def __call__(self, state: Array) -> Array:
        centred = state - state.mean(axis=-1, keepdims=True)
        spread = np.sqrt(np.mean(centred * centred, axis=-1, keepdims=True) + EPSILON)
        normed: Array = centred / spread * self.scale + self.shift
        return normed


@dataclass(frozen=True)
class Dense:
    matrix: Array
    bias: Array

    def __call__(self, state: Array) -> Array:
        found: Array = state @ self.matrix
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
        return self.down_norm(state + self.down(_gelu(self.up(state))))

    def _attend(self, state: Array, texts: Sequence[slice]) -> Array:
        three = self.query_key_value(state).reshape(len(state), 3, HEADS, WIDTH // HEADS)
        found = np.empty((len(state), HEADS, WIDTH // HEADS), np.float32)
        for text in texts:
            query, key, value = three[text].transpose(1, 2, 0, 3)
            scores = query @ key.transpose(0, 2, 1)
            scores -= scores.max(axis=-1, keepdims=True)
            np.exp(scores, out=scores)
            scores /= scores.sum(axis=-1, keepdims=True)
            found[text] = (scores @ value).transpose(1, 0, 2)
        return found.reshape(len(state), WIDTH)


def _layer(weights: Weights, name: str) -> Layer:
    parts = [_dense(weights, f"{name}.attention.self.{part}") for part in ("query", "key", "value")]
    scale = np.float32(1 / math.sqrt(WIDTH // HEADS))
    parts[0] = Dense(parts[0].matrix * scale, parts[0].bias * scale)
    joint = Dense(
        np.concatenate([part.matrix for part in parts], axis=1), np.concatenate([part.bias for part in parts])
    )
    return Layer(
        joint,
        _dense(weights, f"{name}.attention.output.dense"),
        _norm(weights, f"{name}.attention.output.LayerNorm"),
        _dense(weights, f"{name}.intermediate.dense"),
        _dense(weights, f"{name}.output.dense"),
        _norm(weights, f"{name}.output.LayerNorm"),
    )


def _dense(weights: Weights, name: str) -> Dense:
    return Dense(np.ascontiguousarray(weights.matrix(f"{name}.weight").T), weights.matrix(f"{name}.bias"))


def _norm(weights: Weights, name: str) -> Norm:
    return Norm(weights.matrix(f"{name}.weight"), weights.matrix(f"{name}.bias"))


def _gelu(state: Array) -> Array:
    """x/2 * (1 + erf(x / sqrt 2)); erf by Abramowitz and Stegun 7.1.26, which errs by at most 1.5e-7."""
    size = np.abs(state) * np.float32(math.sqrt(0.5))
    share = 1 / (1 + np.float32(0.3275911) * size)
    tail = np.float32(1.061405429) * share
    for factor in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        tail += np.float32(factor)
        tail *= share
    size *= -size
    tail *= np.exp(size, out=size)
    # tail is 1 - erf(|x| / sqrt 2): half of it on the side of the sign
    tail *= np.float32(0.5)
    return state * np.where(state >= 0, 1 - tail, tail)
