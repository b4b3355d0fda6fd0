"""Calendar files (RFC 5545), written by the `icalendar` library: whole days, hours of meetings, nobody is named."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from icalendar import Calendar, Event

from portal.domain.calendar import Entry

MIME: Final = "text/calendar"
PRODUCT: Final = "-//portal//dates//EN"
"""Some calendars show it: it is neutral too."""


def ics(entries: Iterable[Entry], made_at: datetime) -> bytes:
    """The file, in UTF-8 with CRLF, lines folded at 75 octets. `made_at`: an aware instant.

    There is no METHOD: it is a file to take in, not a message between calendars. Without one, DTSTAMP says when an entry
    was last revised (RFC 5545, 3.8.7.2), and an entry of the same UID and SEQUENCE with a later DTSTAMP is the newer one
    (RFC 5546, 2.1.5). SEQUENCE is what an organizer counts (RFC 5545, 3.8.7.4); nobody organizes here, and a count would
    have to be kept of what was given to whom. So it stays at its default 0, and DTSTAMP is the instant of this file.
    """
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    for one in entries:
        event = Event()
        event.add("uid", str(one.uid))
        event.add("dtstamp", made_at.astimezone(UTC).replace(microsecond=0))
        if one.at is not None:
            event.add(
                "dtstart", one.at.astimezone(UTC)
            )  # how long it takes nobody knows: it has no end (RFC 5545, 3.6.1)
        else:
            event.add("dtstart", one.day)  # a date alone: the whole day, and no hour that a time zone could move
        event.add("summary", one.title)
        event.add("description", one.description)
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")  # nobody is busy on that day
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
