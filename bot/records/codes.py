"""Short codes for patients: a letter and a number, easy on the phone, never given twice."""

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without I and O, which look like 1 and 0."""
PER_LETTER = 99


def patient_code(number: int) -> str:
    """The code of the n-th patient, counted from 0: A-1 to A-99, B-1 ... Z-99, AA-1 ..."""
    series, place = divmod(number, PER_LETTER)
    letters = ""
    while series >= 0:
        series, letter = divmod(series, len(LETTERS))
        letters = LETTERS[letter] + letters
        series -= 1
    return f"{letters}-{place + 1}"
