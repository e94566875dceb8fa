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
    # the inverse is root.T @ root; it is never needed as a whole
    root = invert_triangle(np.linalg.cholesky(held).astype(np.float64))
    says = root.T @ (root @ targets)
    unseen = np.empty_like(says)
    for fold in np.unique(folds):
        own = np.flatnonzero(folds == fold)
        mine = root[:, own]
        unseen[own] = targets[own] - np.linalg.solve(mine.T @ mine, says[own])
    return Fitted(says.astype(np.float32), unseen.astype(np.float32))


def invert_triangle(lower: Precise) -> Precise:
    """The inverse of a lower triangle by halves: nearly all the work is in products, which are fast."""
    size = len(lower)
    if size <= SMALL:
        return np.linalg.inv(lower).astype(np.float64)
    half = size // 2
    first, second = invert_triangle(lower[:half, :half]), invert_triangle(lower[half:, half:])
    whole = np.zeros_like(lower)
    whole[:half, :half], whole[half:, half:] = first, second
    whole[half:, :half] = -second @ (lower[half:, :half] @ first)
    return whole
