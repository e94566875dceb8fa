"""One-time secrets: made by chance, remembered only as keyed hashes."""

import secrets
from dataclasses import dataclass

from bot.care.model.codes import CROCKFORD
from bot.records.cipher import Cipher


@dataclass(frozen=True)
class Keys:
    """Tokens for links, codes for typing, and what is stored of either."""

    cipher: Cipher

    def hash(self, text: str) -> str:
        """Keyed, 64 hex digits; the caller brings a typed code into one shape first."""
        return self.cipher.keyed_hash("one-time", text)

    def token(self) -> str:
        """256 bits, 43 characters that Telegram allows after `?start=`."""
        return secrets.token_urlsafe(32)

    def code(self) -> str:
        """Eight Crockford characters, 40 bits: only ever accepted together with a limit of tries."""
        return "".join(secrets.choice(CROCKFORD) for _ in range(8))
