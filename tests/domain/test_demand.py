"""Pure rules of a demand: what was said as bytes, its day, names folded for search."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.domain.demand import (
    ZURICH,
    Announcement,
    Helper,
    Need,
    Person,
    State,
    filing_day,
    name_key,
    needs_latin_spelling,
    read_announcement,
    start_of_day,
    state_of,
)

WHOLE = Announcement(
    Person("Léa", None, date(1977, 4, 3), None, "+41 79 555 00 01", "lea@example.ch", "Rue 1", False, "fr", True),
    "fr", 6248, Helper("Ruth", "Tochter"), urgent=True, needs=(Need.FOOD,),
)  # fmt: skip


def test_every_answer_is_part_of_what_was_said() -> None:
    person = WHOLE.person
    others = [
        replace(WHOLE, commune_bfs=None),
        replace(WHOLE, helper=None),
        replace(WHOLE, helper=Helper("Ruth", None)),
        replace(WHOLE, urgent=False),
        replace(WHOLE, needs=()),
        replace(WHOLE, needs=(Need.FOOD, Need.LODGING)),
        *(
            replace(WHOLE, person=replace(person, **{name: value}))
            for name, value in {
                "name": "Lea", "latin_name": "Lea", "birth_date": date(1977, 4, 4), "birth_year": 1977,
                "phone": None, "email": None, "postal_address": "Rue 2", "unreachable": True,
                "interview_language": "de", "interpreter": False,
            }.items()
        ),
    ]  # fmt: skip
    assert len({announcement.canonical() for announcement in [WHOLE, *others]}) == len(others) + 1


def test_what_was_said_can_be_read_again() -> None:
    for announcement in (WHOLE, Announcement(Person(), "de"), Announcement(Person("A", birth_year=1950), "pt")):
        assert read_announcement(announcement.canonical(), announcement.language) == announcement


def test_the_language_of_the_page_is_not() -> None:
    assert replace(WHOLE, language="ar").canonical() == WHOLE.canonical()


def test_the_same_answers_are_the_same_bytes_however_they_are_composed() -> None:
    composed, parted = (replace(WHOLE, person=replace(WHOLE.person, name=name)) for name in ("Zoë", "Zoe\u0308"))
    assert composed.canonical() == parted.canonical()
    assert unicodedata.is_normalized("NFC", composed.canonical().decode())


def test_the_bytes_are_those_that_rest_in_the_register() -> None:
    """Whoever changes this makes every stored HMAC unprovable."""
    assert WHOLE.canonical().decode() == (
        '{"commune_bfs":6248,"helper":{"name":"Ruth","relation":"Tochter"},"needs":["food"],"person":'
        '{"birth_date":"1977-04-03","birth_year":null,"email":"lea@example.ch","interpreter":true,'
        '"interview_language":"fr","latin_name":null,"name":"Léa","phone":"+41 79 555 00 01",'
        '"postal_address":"Rue 1","unreachable":false},"urgent":true}'
    )


def test_the_hmac_needs_the_salt() -> None:
    assert WHOLE.content_hmac(b"a" * 32) != WHOLE.content_hmac(b"b" * 32)
    assert len(WHOLE.content_hmac(b"a" * 32)) == 32


def test_only_what_must_be_sealed_is_in_the_sealed_part() -> None:
    assert WHOLE.sealed_part() == {"helper": {"name": "Ruth", "relation": "Tochter"}, "needs": ["food"]}
    assert Announcement(Person(), "fr").sealed_part() == {"helper": None, "needs": []}


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-10-31T22:59:59.999999+00:00", date(2026, 10, 31)),
        ("2026-10-31T23:00:00+00:00", date(2026, 11, 1)),
        ("2026-07-31T21:59:59+00:00", date(2026, 7, 31)),
        ("2026-07-31T22:00:00+00:00", date(2026, 8, 1)),
        ("2026-10-25T00:59:59+00:00", date(2026, 10, 25)),
        ("2026-10-24T21:59:59+00:00", date(2026, 10, 24)),
        ("2026-10-25T22:59:59+00:00", date(2026, 10, 25)),
        ("2026-10-25T23:00:00+00:00", date(2026, 10, 26)),
        ("2027-03-27T22:59:59+00:00", date(2027, 3, 27)),
        ("2027-03-27T23:00:00+00:00", date(2027, 3, 28)),
        ("2027-03-28T21:59:59+00:00", date(2027, 3, 28)),
        ("2027-03-28T22:00:00+00:00", date(2027, 3, 29)),
        ("2026-12-31T17:59:59-05:00", date(2026, 12, 31)),
        ("2026-12-31T18:00:00-05:00", date(2027, 1, 1)),
    ],
)
def test_the_day_of_an_instant_is_the_day_in_valais(instant: str, day: date) -> None:
    assert filing_day(datetime.fromisoformat(instant)) == day


def test_an_instant_without_its_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        filing_day(datetime(2026, 11, 10, 10, 0))  # noqa: DTZ001 - that is the point


@settings(deadline=None)  # a busy machine is no fault
@given(st.dates(min_value=date(2021, 7, 1), max_value=date(2060, 1, 1)))
def test_a_day_begins_on_that_day(day: date) -> None:
    begin = start_of_day(day)
    assert filing_day(begin) == day
    assert filing_day(begin - timedelta(microseconds=1)) == day - timedelta(days=1)


@settings(deadline=None)  # a busy machine is no fault
@given(st.datetimes(min_value=datetime(2021, 7, 1), max_value=datetime(2060, 1, 1)), st.integers(-14, 14))  # noqa: DTZ001
def test_the_day_does_not_depend_on_how_the_instant_is_written(moment: datetime, offset: int) -> None:
    instant = moment.replace(tzinfo=UTC)
    assert filing_day(instant) == filing_day(instant.astimezone(timezone(timedelta(hours=offset))))
    assert filing_day(instant) == instant.astimezone(ZURICH).date()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Éva Müller", "MULLER Eva"),
        ("Jean-Pierre Rey", "rey jean pierre"),
        ("O’Brien", "O'Brien"),
        ("Zoë", "Zoe\u0308"),
        ("Strasse", "STRASSE"),
        ("Straße", "Strasse"),
        ("  Anna   Maria ", "Maria Anna"),
        ("ΣΟΦΙΑ", "σοφια"),
    ],
)
def test_one_name_in_two_spellings(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_names_that_are_not_the_same() -> None:
    keys = [
        name_key(name) for name in ("Anna Rey", "Anna Reymond", "Annarey", "محمد", "李小龙", "ሃይለ", "😀", "--", None)
    ]
    assert len(set(keys)) == len(keys)
    assert name_key("") is None
    assert name_key("--")  # nothing to fold: the name itself


@pytest.mark.parametrize(
    "name", ["Léa", "Łukasz Żółć", "Nguyễn Thị", "O’Brien-Rey", "Anna 2", "😀", "Zoe\u0308", "Ð", ""]
)
def test_latin_names_need_no_second_spelling(name: str) -> None:
    assert not needs_latin_spelling(name)


@pytest.mark.parametrize("name", ["محمد", "ሃይለ", "李小龙", "Анна", "Γιώργος", "Léa محمد"])
def test_other_scripts_do(name: str) -> None:
    assert needs_latin_spelling(name)


def test_there_is_no_granted_state() -> None:
    """The commune decides, in writing, never the portal."""
    assert {state.value for state in State} == {"filed", "opened", "withdrawn"}
    assert state_of(opened=False, withdrawn=False) is State.FILED
    assert state_of(opened=True, withdrawn=False) is State.OPENED
    assert state_of(opened=True, withdrawn=True) is State.WITHDRAWN
    assert state_of(opened=False, withdrawn=True) is State.WITHDRAWN
