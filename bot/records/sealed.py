"""A column that takes nothing but sealed words, so that plain ones cannot slip in by mistake."""

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator


class Sealed(str):
    """Words that only the key can read; made by `Cipher.seal`, empty for no words."""

    __slots__ = ()


class PlainWords(TypeError):
    """Somebody tried to store readable words in a sealed column."""


class SealedText(TypeDecorator[str]):
    """Refuses every value that is not `Sealed`; raises `PlainWords`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's own signature
        if value is not None and not isinstance(value, Sealed):
            raise PlainWords
        # drivers adapt exact types only
        return None if value is None else str.__str__(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Sealed | None:  # noqa: ARG002 - see above
        return None if value is None else Sealed(value)
