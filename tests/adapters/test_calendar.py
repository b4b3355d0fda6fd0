"""The calendar file as a strict reader sees it, octet by octet, and as the library reads it back."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, date, datetime

from icalendar import Calendar

from portal.adapters.calendar import ics
from portal.domain.calendar import Entry
from tests.clock import local

MADE = local("2026-10-25 02:30", fold=1)
LONG = "أوراق يجب تقديمها إلى المركز قبل نهاية اليوم، وموعد يجب الانتباه إليه في هذا الشهر والشهر القادم"
URL = "https://portal.example/ar/dossier"
ENTRIES = [
    Entry(uuid.UUID(int=7), date(2026, 12, 31), LONG, f"اطّلعوا على ملفكم\n{URL}"),
    Entry(uuid.UUID(int=8), date(2027, 1, 1), "A, b; c\\d", "Voir votre dossier\nhttps://portal.example/fr/dossier"),
]
LINE = re.compile(r"([A-Z-]+)((?:;[A-Z-]+=[^;:]+)*):(.*)", re.DOTALL)


def lines(content: bytes) -> list[str]:
    """The unfolded lines (RFC 5545, 3.1). Fails for a bare CR or LF, a line over 75 octets, a character cut in two."""
    assert content.endswith(b"\r\n")
    raw = content[:-2].split(b"\r\n")
    for one in raw:
        assert len(one) <= 75, one
        assert b"\r" not in one
        assert b"\n" not in one
        one.decode("utf-8")
    unfolded: list[bytes] = []
    for one in raw:
        if one.startswith((b" ", b"\t")):
            unfolded[-1] += one[1:]
        else:
            unfolded.append(one)
    return [one.decode("utf-8") for one in unfolded]


def events(content: bytes) -> list[dict[str, str]]:
    """Each event's properties, with their parameters in the name; nesting is checked."""
    found, depth = [], []
    for line in lines(content):
        match = LINE.fullmatch(line)
        assert match is not None, line
        name, value = match[1] + match[2], match[3]
        if name == "BEGIN":
            depth.append(value)
            found += [{}] if value == "VEVENT" else []
        elif name == "END":
            assert depth.pop() == value
        elif depth == ["VCALENDAR", "VEVENT"]:
            assert name not in found[-1], name
            found[-1][name] = value
    assert depth == []
    return found


def plain(text: str) -> str:
    """A text as it was before it was escaped (RFC 5545, 3.3.11)."""
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], text)


def test_whole_days_in_order_with_lasting_ids() -> None:
    first, second = events(ics(ENTRIES, MADE))
    assert first["DTSTART;VALUE=DATE"] == "20261231"
    assert second["DTSTART;VALUE=DATE"] == "20270101"
    assert first["UID"] == "00000000-0000-0000-0000-000000000007"
    assert {"DTEND", "DURATION", "RRULE", "ATTENDEE", "ORGANIZER", "LOCATION"}.isdisjoint(first)


def test_long_arabic_lines_are_folded_between_characters() -> None:
    content = ics(ENTRIES, MADE)
    assert len(LONG.encode()) > 150
    assert b"\r\n " in content
    first, _second = events(content)
    assert plain(first["SUMMARY"]) == LONG
    assert plain(first["DESCRIPTION"]) == f"اطّلعوا على ملفكم\n{URL}"


def test_signs_are_escaped() -> None:
    _first, second = events(ics(ENTRIES, MADE))
    assert second["SUMMARY"] == r"A\, b\; c\\d"
    assert second["DESCRIPTION"] == r"Voir votre dossier\nhttps://portal.example/fr/dossier"


def test_it_is_a_file_and_no_message_and_says_when_it_was_made() -> None:
    content = ics(ENTRIES, MADE)
    head = lines(content)
    assert head[0] == "BEGIN:VCALENDAR"
    assert {"VERSION:2.0", "PRODID:-//portal//dates//EN"} <= set(head)
    assert not any(line.startswith(("METHOD", "X-WR")) for line in head)
    for event in events(content):
        assert event["DTSTAMP"] == "20261025T013000Z"  # the second 02:30 of that night
        assert (event["CLASS"], event["TRANSP"]) == ("PRIVATE", "TRANSPARENT")
        assert "SEQUENCE" not in event  # 0 by default: the later DTSTAMP is the newer one (RFC 5546, 2.1.5)


def test_a_moved_day_is_the_same_entry_of_a_later_file() -> None:
    moved = Entry(ENTRIES[0].uid, date(2027, 1, 4), ENTRIES[0].title, ENTRIES[0].description)
    (before, *_), (after,) = events(ics(ENTRIES, MADE)), events(ics([moved], local("2026-11-10 10:00")))
    assert before["UID"] == after["UID"]
    assert before["DTSTAMP"] < after["DTSTAMP"]
    assert after["DTSTART;VALUE=DATE"] == "20270104"


def test_the_library_reads_back_what_it_wrote() -> None:
    calendar = Calendar.from_ical(ics(ENTRIES, MADE))
    first, second = calendar.walk("VEVENT")
    assert (first.decoded("dtstart"), second.decoded("dtstart")) == (date(2026, 12, 31), date(2027, 1, 1))
    assert first.decoded("dtstamp") == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert (str(first["summary"]), str(second["summary"])) == (LONG, "A, b; c\\d")
