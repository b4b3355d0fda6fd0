"""Reference, access code and check code: how they are made, read and written.

* Reference (public): ``VS-4821-9035-63``, eight random digits and two check digits.
* Access code (secret): sixteen digits, shown as ``1234 5678 9012 3456``.
* Check code (printed on a receipt, opens only the verify page): eight digits, ``1234 5678``.

People read these aloud and type them on small phones, so reading is lenient: any digits of Unicode
(Arabic-Indic, Persian, full-width), spaces, dashes and dots, lower case, the letter O for 0, I or l for 1.
The check digits catch every single wrong digit and every swap of two neighbours (ISO 7064, MOD 97-10).
"""

import unicodedata
from collections.abc import Callable
from typing import Final

PREFIX: Final = "VS"
ACCESS_CODE_DIGITS: Final = 16
CHECK_CODE_DIGITS: Final = 8
_RANDOM_DIGITS: Final = 8
_LONGEST_INPUT: Final = 80
_LOOK_ALIKES: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
# Separators that people or keyboards put between groups, beside spaces, dashes and invisible marks:
# the minus sign and the Arabic stretching line look like dashes.
_SEPARATORS: Final = frozenset("._/:,'’·−ـ")
_DROPPED_CATEGORIES: Final = frozenset({"Zs", "Zl", "Zp", "Pd", "Cf"})


def new_reference(randbelow: Callable[[int], int]) -> str:
    """A new reference; `randbelow(n)` gives an unguessable number from 0 to n-1 (`secrets.randbelow`)."""
    return reference_from_number(randbelow(10**_RANDOM_DIGITS))


def reference_from_number(number: int) -> str:
    """The reference whose eight random digits are `number`; ValueError outside 0 to 99 999 999."""
    if not 0 <= number < 10**_RANDOM_DIGITS:
        raise ValueError("a reference number has eight digits")
    check = 98 - number * 100 % 97
    digits = f"{number:08d}{check:02d}"
    return f"{PREFIX}-{digits[:4]}-{digits[4:8]}-{digits[8:]}"


def reference_number(reference: str) -> int:
    """The number behind a reference in its exact written form; ValueError when it is not one."""
    if parse_reference(reference) != reference:
        raise ValueError("not a reference in its written form")
    return int(reference[3:7] + reference[8:12])


def parse_reference(text: str) -> str | None:
    """The reference somebody typed, in its written form; None when it is not one or a digit is wrong."""
    digits = _digits(text, PREFIX)
    if digits is None or len(digits) != _RANDOM_DIGITS + 2:
        return None
    reference = reference_from_number(int(digits[:_RANDOM_DIGITS]))
    return reference if reference.endswith(digits[_RANDOM_DIGITS:]) else None


def parse_access_code(text: str) -> str | None:
    """The sixteen digits of an access code that somebody typed; None when it is not one."""
    return _exactly(text, ACCESS_CODE_DIGITS)


def parse_check_code(text: str) -> str | None:
    """The eight digits of a check code that somebody typed; None when it is not one."""
    return _exactly(text, CHECK_CODE_DIGITS)


def group(code: str) -> str:
    """Digits in groups of four, easy to read aloud: ``12345678`` becomes ``1234 5678``."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def _exactly(text: str, count: int) -> str | None:
    digits = _digits(text)
    return digits if digits is not None and len(digits) == count else None


def _digits(text: str, prefix: str = "") -> str | None:
    """The ASCII digits meant by `text` after an optional prefix; None when anything else is in it."""
    if len(text) > _LONGEST_INPUT:
        return None
    kept = "".join(filter(None, map(_one, unicodedata.normalize("NFKC", text)))).upper()
    kept = kept.removeprefix(prefix).translate(_LOOK_ALIKES)
    return kept if kept.isascii() and kept.isdigit() else None


def _one(character: str) -> str:
    """One typed character: a digit of any script as ASCII, nothing for a separator, else itself."""
    value = unicodedata.decimal(character, None)
    if value is not None:
        return str(value)
    dropped = character in _SEPARATORS or character.isspace() or unicodedata.category(character) in _DROPPED_CATEGORIES
    return "" if dropped else character
