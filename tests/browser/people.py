"""The people of the pages that tests look at: their names are data in every language."""

from __future__ import annotations

from portal.domain.demand import Announcement, Helper, Need, Person
from tests.browser.world import SIERRE, VISP

NAME, HELPER, RELATION, TIGRINYA = "Odette Rey", "Alain Fux", "Nachbar", "ዮሃንስ ተስፋይ"
LATIN = "Yohannes Tesfay"
FOUND, ALIKE, ARABIC, NOWHERE = "Hans Müller", "Hans Muhler", "محمد العلي", "Zoé Perdue"
"""Whom the desk looks for: somebody, somebody nearly like it, a name in Arabic, somebody who is not there."""
CHILDREN = ("Nina", "Noa")
REASON = "Note of the call"
SHORT = {"name": NAME}
WHOLE = {
    **SHORT,
    "on_behalf": "other",
    "helper_name": HELPER,
    "helper_relation": RELATION,
    "birth_day": "3",
    "birth_month": "4",
    "birth_year": "1974",
    "commune": str(SIERRE),
    "phone": "079 555 01 02",
    "email": "o.rey@example.ch",
    "postal_address": "Via 1\n3960 Sierre",
    "interview_language": "other",
    "interpreter": "yes",
    "urgent": "yes",
    "needs": ["lodging", "food", "medicine"],
}
WRONG = {
    "name": "a\u0000",
    "birth_day": "31",
    "birth_month": "2",
    "birth_year": "1974",
    "commune": "1",
    "phone": "12",
    "email": "o.rey",
    "on_behalf": "other",
    "helper_name": "x" * 201,
    "urgent": "no",
    "needs": ["food"],
}
URGENT = Announcement(
    Person(NAME, birth_year=1974, unreachable=True, interview_language="other", interpreter=True),
    "fr",
    VISP,
    Helper(HELPER, RELATION),
    urgent=True,
    needs=tuple(Need),
)
