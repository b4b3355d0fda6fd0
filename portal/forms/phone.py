"""A call: the questions of the desk's own form that one screen holds, with those that nobody answers on the phone left out."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from portal.domain.demand import Channel
from portal.forms.binding import named
from portal.forms.fields import clean
from portal.forms.filing import OTHER, SELF
from portal.forms.staff import DeskFilingForm
from portal.forms.text import lazy
from portal.services.search.ranking import Typed

LABELS: Final = {
    "name": lazy("Qui a besoin d’aide ?"),
    "phone": lazy("Numéro pour rappeler"),
    "helper_name": lazy("Qui appelle, si c’est une autre personne ?"),
}
_PAGE: Final = (
    *("name", "name_at_desk", "birth_day", "birth_month", "birth_year", "latin_name", "helper_name"),
    *("phone", "interview_language", "language", "commune", "email", "urgent", "needs"),
    *("contact_day", "contact_month", "contact_year", "contact_time", "reason"),
)
"""The fields in the order of the page."""


class CallForm(DeskFilingForm):
    """Only a name must stand, or that it comes later. Who calls for somebody else is named beside."""

    def __init__(self, now: datetime, languages: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(now, languages, **options)
        self.channel.data = Channel.PHONE.value
        self.on_behalf.data = OTHER if clean(self.helper_name.data) else SELF
        for name, label in LABELS.items():
            named(self[name], label)

    @property
    def desk_faults(self) -> list[tuple[str, str]]:
        """Every fault as (field id, sentence), in the order of the page."""
        return sorted(super().desk_faults, key=lambda fault: _PAGE.index(fault[0]) if fault[0] in _PAGE else len(_PAGE))

    def typed(self) -> Typed:
        """Whom to look for among those who are known. Only after `validate()`."""
        return Typed(clean(self.latin_name.data) or clean(self.name.data), *self._birth)
