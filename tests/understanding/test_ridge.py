"""What the fit says about lines it has not seen is exactly what a fit without them says."""

import numpy as np

from bot.understanding.arrays import Array
from bot.understanding.baseline import SLACK, regressions, shares
from bot.understanding.checked import Checked
from bot.understanding.intervals import wilson
from bot.understanding.ridge import fit, root_of_inverse

RANDOM = np.random.default_rng(11)
RIDGE = 0.3


def likeness(lines: int) -> Array:
    points = RANDOM.normal(size=(lines, 6)).astype(np.float32)
    found: Array = points @ points.T
    return found


def test_leaving_a_fold_out_is_the_same_as_fitting_without_it() -> None:
    kernel, targets = likeness(40), RANDOM.normal(size=(40, 3)).astype(np.float32)
    folds = np.arange(40) % 5

    unseen = fit(kernel, targets, folds, ridge=RIDGE).unseen

    for fold in range(5):
        own, rest = folds == fold, folds != fold
        apart = np.linalg.solve(kernel[np.ix_(rest, rest)] + RIDGE * np.eye(rest.sum()), targets[rest])
        assert np.allclose(unseen[own], kernel[np.ix_(own, rest)] @ apart, atol=1e-3)


def test_the_root_of_a_large_inverse_is_found_by_halves() -> None:
    matrix = likeness(1100) + np.float32(RIDGE) * np.eye(1100, dtype=np.float32)

    root = root_of_inverse(matrix)

    assert np.allclose(root.T @ root, np.linalg.inv(matrix.astype(np.float64)), atol=1e-3)


def test_an_interval_holds_what_was_measured_and_narrows_with_more() -> None:
    (low, high), (closer, nearer) = wilson(45, 50), wilson(900, 1000)

    assert low < closer < 0.9 < nearer < high
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(50, 50)[1] == 1.0


def test_a_drop_below_the_baseline_is_named_and_a_small_one_is_not() -> None:
    names = ("top1", "top3", "coverage", "precision", "red_flags_certain", "red_flags_asked")
    checked = Checked(
        dict.fromkeys(names, (90, 100))
        | dict.fromkeys(("out_of_scope_answered", "questions_certain", "questions_asked"), (5, 100))
    )
    before = shares(checked)

    assert regressions(checked, before) == []
    assert regressions(checked, before | {"top3": 0.9 + SLACK / 2}) == []
    assert regressions(checked, before | {"top3": 0.95}) == ["top3: 90.0%, was 95.0%"]
    assert regressions(checked, before | {"questions_certain": 0.01}) == ["questions_certain: 5.0%, was 1.0%"]
