"""Kernel ridge regression in closed form, with what it would have said about every line it had not seen."""

from dataclasses import dataclass

import numpy as np

from bot.understanding.arrays import Array, Whole

SMALL = 256


@dataclass(frozen=True)
class Fitted:
    """`says`: what each line says about each target. `unseen`: scores of each line by a fit without its fold."""

    says: Array
    unseen: Array


def fit(likeness: Array, targets: Array, folds: Whole, *, ridge: float) -> Fitted:
    """Exact: leaving a fold out needs no new fit, only its own block of the inverse."""
    held = likeness.copy()
    held[np.diag_indices_from(held)] += np.float32(ridge)
    # the inverse is root.T @ root; it is never needed as a whole
    root = root_of_inverse(held)
    says = root.T @ (root @ targets)
    unseen = np.empty_like(says)
    for fold in np.unique(folds):
        own = np.flatnonzero(folds == fold)
        mine = root[:, own]
        unseen[own] = targets[own] - np.linalg.solve(mine.T @ mine, says[own])
    return Fitted(says, unseen)


def root_of_inverse(matrix: Array) -> Array:
    """The lower triangle R with R.T @ R = the inverse of a symmetric positive matrix, as Cholesky's but by halves.

    All the work is in products, which are fast; inverting by halves without the root would lose every digit.
    """
    size = len(matrix)
    if size <= SMALL:
        return np.linalg.inv(np.linalg.cholesky(matrix.astype(np.float64))).astype(np.float32)
    half = size // 2
    first = root_of_inverse(matrix[:half, :half])
    across = first @ matrix[:half, half:]
    second = root_of_inverse(matrix[half:, half:] - across.T @ across)
    root = np.zeros_like(matrix)
    root[:half, :half], root[half:, half:] = first, second
    root[half:, :half] = -second @ (across.T @ first)
    return root
