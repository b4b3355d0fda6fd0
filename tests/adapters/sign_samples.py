"""Households for the form to sign: adults with their names, and what each of them acknowledged already."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime

from portal.content.notices import current
from portal.domain.demand import Announcement, Channel, Person
from portal.domain.notice import RIGHTS, Way
from portal.services.demands import DemandView
from portal.services.entries import EntryView
from portal.services.notices.acknowledging import Given, Standing
from portal.services.notices.people import Signer
from portal.services.notices.sign_paper import SignForm

FILED = datetime(2026, 11, 10, 9, tzinfo=UTC)
MADE = datetime(2026, 11, 21, 14, 3, tzinfo=UTC)
URL = "https://portal.example.ch/fr/rights"
REFERENCE = "VS-4821-9035-63"
SIX = ("Amélie Dubois", "محمد الأمين", "ሰላም ተስፋይ", "Nguyễn Thị Ánh Tuyết", "Шевченко Їжак", "Żółć Łukasz")
HOSTILE = (
    '#eval("1+1")',
    'a"b\\c #{panic()} $x$ *b* _i_ `r` <l> @m // ~ -- --- ... [x] {y}',
    "\\u{41} #sys.inputs = heading",
    "W" * 200,
    "م" * 200,
    "\u202ea\nb\u2066c\u0000",
)
ONLINE = Given(current(RIGHTS).version, "pt", Way.LINK, datetime(2026, 11, 12, 23, 30, tzinfo=UTC))
"""Half past midnight of the 13th in Valais."""


def household(
    names: Sequence[str],
    languages: Sequence[str] = ("fr", "ar"),
    *,
    given: Sequence[Given | None] = (),
    before: Given | None = None,
    reader: str | None = "a",
    person: Person | None = None,
    corrected: bool = False,
) -> SignForm:
    """A household of these adults; `given` of the first of them, in their order."""
    done = [*given, *[None] * len(names)]
    standings = tuple(
        Standing(Signer("abcdefgh"[place], "Votre conjoint" if place else "Vous", name), done[place], before)
        for place, name in enumerate(names)
    )
    return SignForm(view(person or Person(None), corrected=corrected), dict.fromkeys(languages, standings), reader)


def view(person: Person, *, corrected: bool = False) -> DemandView:
    """A demand of the 10th of November in Sierre."""
    entry = EntryView(
        REFERENCE, "correction" if corrected else "filing", Channel.ONLINE, FILED, True, FILED, 6248, 1, b""
    )
    return DemandView(
        id=uuid.UUID(int=1),
        dossier_id=uuid.UUID(int=2),
        adult_id=uuid.UUID(int=3),
        reference=REFERENCE,
        check_code="",
        channel=Channel.ONLINE,
        instant=FILED,
        time_known=True,
        filing_date=date(2026, 11, 10),
        recorded_at=FILED,
        recorded_by=None,
        announcement=Announcement(person, "ar", 6248),
        region="sierre",
        candidate_regions=("sierre",),
        antenna=None,
        urgent_requested_at=None,
        urgent_opened_at=None,
        opened_at=None,
        withdrawn_at=None,
        closed_at=None,
        decided_at=None,
        urgent_decided_at=None,
        filed_entry=entry,
        entry=entry,
        flooded=False,
        attempted_at=None,
        attempt_matches=None,
        first_contact_reason=None,
        readable=True,
    )
