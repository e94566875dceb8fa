"""What was sealed is read with the key and with nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from bot.care.model.codes import CROCKFORD
from bot.records.cipher import BadKeyFile, Cipher, Unreadable, fresh_keys, with_new_seal
from bot.records.keys import Keys
from bot.records.sealed import PlainWords, Sealed, SealedText

KEYS = fresh_keys()


@given(st.text(st.characters()))
def test_whatever_was_sealed_comes_back(words: str) -> None:
    cipher = Cipher(KEYS)

    assert cipher.open(cipher.seal(words)) == words


def test_sealed_words_say_nothing_and_look_different_every_time() -> None:
    cipher = Cipher(KEYS)

    first, second = cipher.seal("Anna"), cipher.seal("Anna")

    assert first != second
    assert "Anna" not in first


def test_another_key_cannot_read_them() -> None:
    sealed = Cipher(KEYS).seal("Anna")

    with pytest.raises(Unreadable):
        Cipher(fresh_keys()).open(sealed)


def test_a_new_seal_still_opens_old_words_and_finds_the_same_people() -> None:
    old = Cipher(KEYS)
    new = Cipher(with_new_seal(KEYS))

    resealed = new.reseal(old.seal("Anna"))

    assert new.open(resealed) == "Anna"
    assert new.keyed_hash("ref", "12") == old.keyed_hash("ref", "12")
    with pytest.raises(Unreadable):
        old.open(resealed)


def test_a_hash_tells_apart_purpose_words_and_key() -> None:
    cipher = Cipher(KEYS)
    hashes = {
        cipher.keyed_hash("ref", "12"),
        cipher.keyed_hash("ref", "13"),
        cipher.keyed_hash("chat", "12"),
        Cipher(fresh_keys()).keyed_hash("ref", "12"),
    }

    assert len(hashes) == 4


@pytest.mark.parametrize(
    "key_file",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"nonsense", id="nonsense"),
        pytest.param(KEYS.splitlines()[0], id="no seal"),
        pytest.param(KEYS.splitlines()[1], id="no index"),
        pytest.param(KEYS + KEYS, id="two indexes"),
        pytest.param(b"index AAAA\nseal short", id="damaged"),
        pytest.param(KEYS + b"other key\n", id="unknown line"),
    ],
)
def test_a_key_file_that_is_not_one_is_refused(key_file: bytes) -> None:
    with pytest.raises(BadKeyFile):
        Cipher(key_file)


def test_a_sealed_column_takes_no_plain_words() -> None:
    column = SealedText()

    assert column.process_bind_param(Sealed("x"), sqlite.dialect()) == "x"
    with pytest.raises(PlainWords):
        column.process_bind_param("Anna", sqlite.dialect())


def test_one_time_secrets_are_long_enough_and_never_twice_the_same() -> None:
    keys = Keys(Cipher(KEYS))
    tokens = {keys.token() for _ in range(1000)}
    codes = {keys.code() for _ in range(1000)}

    assert {len(token) for token in tokens} == {43}
    assert len(tokens) == len(codes) == 1000
    assert set("".join(codes)) <= set(CROCKFORD)
    assert keys.hash("a") == keys.hash("a") != keys.hash("b")
