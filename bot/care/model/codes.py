"""Short codes that survive paper and the phone: Crockford's letters, read forgivingly."""

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No I, L, O, U: nothing that is misread on paper or on the phone."""
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", " ": None, "-": None})
LENGTH = 8


def read_code(text: str) -> str | None:
    """The code somebody typed, in the one shape that is hashed; None when it is no code.

    Every code has a digit, so that an eight-letter word is never taken for one.
    """
    code = text.strip().upper().translate(MISREAD)
    is_code = len(code) == LENGTH and set(CROCKFORD).issuperset(code) and has_digit(text)
    return code if is_code else None


def shown(code: str) -> str:
    """In two halves, as it is read aloud."""
    return f"{code[:4]}-{code[4:]}"


def has_digit(text: str) -> bool:
    return any(sign.isdigit() for sign in text)
