"""Arrays on disk are looked at where they are, and found whole or not at all."""

from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import pytest

from bot.understanding.mapped import Arrays, let_go, load, save

ARRAYS: Arrays = {
    "odd": np.arange(7, dtype=np.int8),
    "numbers": np.arange(12, dtype=np.float32).reshape(3, 4),
    "keys": np.array([2**64 - 1, 3], np.uint64),
    "none": np.zeros((0, 5), np.float32),
}

SMAPS = Path("/proc/self/smaps")


def resident(file: Path) -> int:
    """Kilobytes of a mapped file that are in this process's memory."""
    lines = SMAPS.read_text("utf-8").splitlines()
    starts = [at for at, line in enumerate(lines) if line.endswith(str(file))]
    sizes = [next(line for line in lines[at:] if line.startswith("Rss:")) for at in starts]
    return sum(int(size.split()[1]) for size in sizes)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    save(ARRAYS, tmp_path / "some.npz")
    return tmp_path / "some.npz"


def test_arrays_come_back_as_they_were_where_arithmetic_can_use_them(file: Path) -> None:
    found = load(file)

    assert found.keys() == ARRAYS.keys()
    for name, array in ARRAYS.items():
        assert (found[name].dtype, found[name].shape) == (array.dtype, array.shape)
        assert np.array_equal(found[name], array)
        assert found[name].flags.aligned
        assert array.size == 0 or not found[name].flags.owndata


def test_numpy_reads_the_same_file(file: Path) -> None:
    with np.load(file, allow_pickle=False) as stored:
        assert all(np.array_equal(stored[name], array) for name, array in ARRAYS.items())


def test_what_numpy_wrote_is_read_as_well(tmp_path: Path) -> None:
    np.savez(tmp_path / "theirs.npz", **ARRAYS)  # type: ignore[arg-type]

    found = load(tmp_path / "theirs.npz")

    assert all(np.array_equal(found[name], array) and found[name].flags.aligned for name, array in ARRAYS.items())


def test_one_damaged_byte_is_found_out(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[data.index(ARRAYS["numbers"].tobytes()) + 20] ^= 1
    file.write_bytes(data)

    with pytest.raises(BadZipFile, match="numbers"):
        load(file)


def test_whichever_byte_is_damaged_it_is_found_out_as_promised_or_changes_nothing(tmp_path: Path) -> None:
    save({"a": np.arange(5, dtype=np.int8)}, tmp_path / "small.npz")
    data, damaged = (tmp_path / "small.npz").read_bytes(), tmp_path / "damaged.npz"

    for at in range(len(data)):
        for value in (0xFF, data[at] ^ 1):
            damaged.write_bytes(data[:at] + bytes([value]) + data[at + 1 :])
            try:
                found = load(damaged)
            except (OSError, ValueError, BadZipFile):
                continue
            assert "a" not in found or np.array_equal(found["a"], np.arange(5))


@pytest.mark.skipif(not SMAPS.exists(), reason="only Linux says what is in memory")
def test_what_is_not_looked_at_takes_no_memory(tmp_path: Path) -> None:
    save({"large": np.ones(1_000_000, np.float32)}, tmp_path / "large.npz")

    found = load(tmp_path / "large.npz")
    before = resident(tmp_path / "large.npz")
    total = found["large"].sum()
    looked_at = resident(tmp_path / "large.npz")
    let_go()

    assert (before < 200, total, looked_at > 3000) == (True, 1_000_000, True)
    assert resident(tmp_path / "large.npz") == 0


def test_what_was_let_go_is_there_at_the_next_look_though_the_file_is_gone(file: Path) -> None:
    found = load(file)
    file.unlink()

    let_go()

    assert np.array_equal(found["numbers"], ARRAYS["numbers"])
