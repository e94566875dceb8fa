"""Seal words so that the database alone cannot be read, and find them again without opening them."""

import base64
import hashlib
import hmac
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.records.sealed import Sealed

INDEX, SEAL = "index", "seal"


class BadKeyFile(ValueError):
    """The key file holds no usable keys."""


class Unreadable(ValueError):
    """These words were sealed with a key that is not in the key file."""


def fresh_keys() -> bytes:
    """The content of a new key file: one key for look-ups and one for sealing."""
    index = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    return f"{INDEX} {index}\n{SEAL} {Fernet.generate_key().decode()}\n".encode()


def with_new_seal(key_file: bytes) -> bytes:
    """The key file with one more sealing key in front; older keys still open what they sealed."""
    index, seals = _keys(key_file)
    lines = [f"{INDEX} {index.decode()}", *(f"{SEAL} {key.decode()}" for key in (Fernet.generate_key(), *seals))]
    return "\n".join([*lines, ""]).encode()


class Cipher:
    """Seals with the newest key, opens with any, and makes keyed hashes. Raises `BadKeyFile`."""

    def __init__(self, key_file: bytes) -> None:
        index, seals = _keys(key_file)
        try:
            self._fernet = MultiFernet([Fernet(key) for key in seals])
            self._index = base64.urlsafe_b64decode(index)
        except ValueError as error:
            raise BadKeyFile("a key in the key file is damaged") from error

    def seal(self, words: str) -> Sealed:
        # lone surrogates come out of clients' JSON; they must not stop a message
        return Sealed(self._fernet.encrypt(words.encode("utf-8", "surrogatepass")).decode()) if words else Sealed()

    def open(self, sealed: str) -> str:
        """The words; raises `Unreadable`."""
        if not sealed:
            return ""
        try:
            return self._fernet.decrypt(sealed).decode("utf-8", "surrogatepass")
        except InvalidToken as error:
            raise Unreadable("sealed with a key that is not in the key file") from error

    def reseal(self, sealed: str) -> Sealed:
        """The same words under the newest key; raises `Unreadable`."""
        return self.seal(self.open(sealed))

    def seal_bytes(self, content: bytes) -> bytes:
        return self._fernet.encrypt(content)

    def open_bytes(self, sealed: bytes) -> bytes:
        """Raises `Unreadable`."""
        try:
            return self._fernet.decrypt(sealed)
        except InvalidToken as error:
            raise Unreadable("sealed with a key that is not in the key file, or damaged") from error

    def keyed_hash(self, purpose: str, words: str) -> str:
        """HMAC-SHA256 in hex; the same words hash differently for each purpose, so tables cannot be joined by it."""
        message = f"{purpose}\0{words}".encode("utf-8", "surrogatepass")
        return hmac.new(self._index, message, hashlib.sha256).hexdigest()


def _keys(key_file: bytes) -> tuple[bytes, tuple[bytes, ...]]:
    lines = [line.split() for line in key_file.splitlines() if line.strip()]
    if any(len(line) != 2 for line in lines):
        raise BadKeyFile("every line of the key file is a word and a key")
    indexes = [key for kind, key in lines if kind == INDEX.encode()]
    seals = tuple(key for kind, key in lines if kind == SEAL.encode())
    if len(indexes) != 1 or not seals or len(lines) != 1 + len(seals):
        raise BadKeyFile("a key file has one line `index KEY` and at least one line `seal KEY`")
    return indexes[0], seals
