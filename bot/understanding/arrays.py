"""Short names for the arrays of this room."""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.int8]
Whole = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]
Truths = npt.NDArray[np.bool_]


def log_shares(scores: Array) -> Array:
    """Softmax along the last axis, in logarithms."""
    lowered = scores - scores.max(axis=-1, keepdims=True)
    return lowered - np.log(np.exp(lowered).sum(axis=-1, keepdims=True))  # type: ignore[no-any-return]
