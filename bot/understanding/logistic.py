"""Logistic regression on a few features: how sure a decision is."""

from dataclasses import dataclass

import numpy as np

from bot.understanding.arrays import Array

ROUNDS = 25


@dataclass(frozen=True)
class Logistic:
    """`centre` and `spread` bring features to one scale; `weights` end with the constant."""

    centre: Array
    spread: Array
    weights: Array

    def sure(self, features: Array) -> Array:
        """Between 0 and 1, for each row."""
        scaled = (features - self.centre) / self.spread
        odds = scaled @ self.weights[:-1] + self.weights[-1]
        return 1 / (1 + np.exp(-np.clip(odds, -30, 30)))  # type: ignore[no-any-return]


def learn_sureness(features: Array, right: Array, weight: Array, *, shrink: float = 1.0) -> Logistic:
    """Newton's method; `shrink` keeps weights small, the constant is free."""
    centre, spread = features.mean(axis=0), features.std(axis=0) + np.float32(1e-6)
    rows = np.column_stack([(features - centre) / spread, np.ones(len(features))]).astype(np.float64)
    held = np.diag([*[shrink] * features.shape[1], 1e-6])
    weights = np.zeros(rows.shape[1])
    for _ in range(ROUNDS):
        sure = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        pull = rows.T @ (weight * (right - sure)) - held @ weights
        bend = (rows * (weight * sure * (1 - sure))[:, None]).T @ rows + held
        weights += np.linalg.solve(bend, pull)
    return Logistic(centre, spread, weights.astype(np.float32))
