"""What people type for a reference, an access code and a check code is understood; wrong digits are not."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.reference import (
    group,
    new_reference,
    parse_access_code,
    parse_check_code,
    parse_reference,
    reference_from_number,
    reference_number,
)

GOOD = "VS-4821-9035-63"
numbers = st.integers(0, 10**8 - 1)


@pytest.mark.parametrize(
    "typed",
    [
        GOOD,
        "vs-4821-9035-63",
        "4821903563",
        "VS4821903563",
        " v s  4821 9035 63 ",
        "VS 4821.9035.63",
        "VS–4821—9035−63",
        "٤٨٢١-٩٠٣٥-٦٣",
        "VS ۴۸۲۱ ۹۰۳۵ ۶۳",
        "\u2066VS-4821-9035-63\u2069",
        "VS-482l-9O35-63",
        "vs-482I-9o35-63",
        "４８２１９０３５６３",
        "VS\u00a04821\u202f9035\t63\n",
    ],
)
def test_understands_what_people_type(typed: str) -> None:
    assert parse_reference(typed) == GOOD


@pytest.mark.parametrize(
    "typed",
    ["", "VS", "VS-4821-9035", "VS-4821-9035-64", "VS-4821-9035-633", "BE-4821-9035-63", "VSVS4821903563",
     "1234 5678 9012 3456", "VS-4821-9035-63?", "0" * 10, "4821903563" + " " * 100, "½", "①②"],
)  # fmt: skip
def test_refuses_what_is_not_a_reference(typed: str) -> None:
    assert parse_reference(typed) is None


@given(numbers)
def test_round_trip(number: int) -> None:
    reference = reference_from_number(number)
    assert parse_reference(reference) == reference
    assert reference_number(reference) == number
    assert len(reference) == 15


@given(numbers, st.integers(0, 9), st.integers(1, 9))
def test_any_single_wrong_digit_is_found(number: int, place: int, shift: int) -> None:
    digits = reference_from_number(number)[3:].replace("-", "")
    wrong = digits[:place] + str((int(digits[place]) + shift) % 10) + digits[place + 1 :]
    assert parse_reference(wrong) is None


@given(numbers, st.integers(0, 8))
def test_any_swap_of_neighbours_is_found(number: int, place: int) -> None:
    digits = reference_from_number(number)[3:].replace("-", "")
    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    assert swapped == digits or parse_reference(swapped) is None


@given(st.text(max_size=120))
def test_never_fails_on_any_text(text: str) -> None:
    found = parse_reference(text)
    assert found is None or parse_reference(found) == found
    for parse, length in ((parse_access_code, 16), (parse_check_code, 8)):
        code = parse(text)
        assert code is None or (len(code) == length and code.isascii() and code.isdigit())


def test_new_references_differ_and_use_the_given_source() -> None:
    assert new_reference(lambda top: top - 1) == reference_from_number(99_999_999)
    assert new_reference(lambda _: 0).startswith("VS-0000-0000-")
    assert len({new_reference(secrets.randbelow) for _ in range(50)}) == 50


@pytest.mark.parametrize("number", [-1, 10**8])
def test_a_number_out_of_range_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="eight digits"):
        reference_from_number(number)


def test_reference_number_wants_the_written_form() -> None:
    with pytest.raises(ValueError, match="written form"):
        reference_number("4821903563")


@pytest.mark.parametrize(
    "typed", ["1234 5678 9012 3456", "1234567890123456", "١٢٣٤ ٥٦٧٨ ٩٠١٢ ٣٤٥٦", "l234-5678-9O12-3456"]
)
def test_access_codes(typed: str) -> None:
    assert parse_access_code(typed) == "1234567890123456"


@pytest.mark.parametrize(
    "typed", ["1234 5678 9012 345", "1234 5678 9012 34567", "VS34 5678 9012 3456", "", "1234 5678"]
)
def test_wrong_access_codes(typed: str) -> None:
    assert parse_access_code(typed) is None


def test_check_codes() -> None:
    assert parse_check_code("1234-5678") == "12345678"
    assert parse_check_code("1234 567") is None
    assert parse_check_code("1234567890123456") is None


def test_groups() -> None:
    assert group("1234567890123456") == "1234 5678 9012 3456"
    assert group("12345678") == "1234 5678"
    assert parse_access_code(group("1234567890123456")) == "1234567890123456"
