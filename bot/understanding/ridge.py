"""Kernel ridge regression in closed form, with what it would have said about every line it had not seen."""

from dataclasses import dataclass

import numpy as np

from bot.understanding.arrays import Array, Precise, Whole

SMALL = 256


@dataclass(frozen=True)
class Fitted:
    """`says`: what each line says about each target. `unseen`: scores of each line by a fit without its fold."""

    says: Array
    unseen: Array


def fit(likeness: Array, targets: Array, folds: Whole, *, ridge: float) -> Fitted:
    """Exact: leaving a fold out needs no new fit, only its own block of the inverse."""
    held = likeness.astype(np.float64)
    held[np.diag_indices_from(held)] += ridge
    inverse = invert(held)
    says = inverse @ targets
    unseen = np.empty_like(says)
    for fold in np.unique(folds):
        own = np.flatnonzero(folds == fold)
        unseen[own] = targets[own] - np.linalg.solve(inverse[np.ix_(own, own)], says[own])
    return Fitted(says.astype(np.float32), unseen.astype(np.float32))


def invert(matrix: Precise) -> Precise:
    """The inverse of a symmetric positive matrix by halves: all the work is in products, which are fast."""
    size = len(matrix)
    if size <= SMALL:
        return np.linalg.inv(matrix).astype(np.float64)
    half = size // 2
    first, beside = invert(matrix[:half, :half]), matrix[:half, half:]
    carried = first @ beside
    rest = invert(matrix[half:, half:] - beside.T @ carried)
    across = carried @ rest
    whole = np.empty_like(matrix)
    whole[:half, :half] = first + across @ carried.T
    whole[:half, half:], whole[half:, :half], whole[half:, half:] = -across, -across.T, rest
    return whole
