"""Day and hour of a first contact, as staff type them."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Final

from wtforms import StringField
from wtforms.validators import ValidationError

from portal.domain.demand import ZURICH, Channel, start_of_day
from portal.forms.fields import LinesField, clean, number
from portal.forms.text import gettext as _
from portal.forms.text import lazy
from portal.law.parameters import FIRST_DAY
from portal.services.filing import Contact

_CLOCK: Final = re.compile(
    r"(?P<hour>\d{1,2})\s*(?:(?:[:.,h]|heures?|uhr)\s*(?:(?P<minute>\d{2})\s*(?:h|uhr|min)?)?)?", re.IGNORECASE
)
"""`5`, `5h`, `5h30`, `5 h 30`, `17.30`, `17:30 Uhr`; a single digit of minutes may be a slip and is asked about."""
_FOUR_DIGITS: Final = re.compile(r"(?P<hour>\d{2})(?P<minute>\d{2})")
CENTURY: Final = 2000


class FirstContact:
    """Day and hour of a first contact: not in the future; earlier than today needs a reason."""

    contact_day = StringField(lazy("Jour"))
    contact_month = StringField(lazy("Mois"))
    contact_year = StringField(lazy("Année"))
    contact_time = StringField(lazy("Heure, si elle est connue"))
    reason = LinesField(lazy("Pourquoi cette date ? (obligatoire si ce n’est pas aujourd’hui)"), 1000)

    now: datetime
    instant: datetime | None = None
    time_known = False

    def validate_contact_time(self, field: StringField) -> None:
        """An hour that exists, in one of the ways in which it is written."""
        try:
            read_clock(field.data)
        except ValueError:
            raise ValidationError(_("Écrivez l’heure ainsi : 14:30. De 0:00 à 23:59.")) from None

    def check_contact(self) -> None:
        """Work out the instant; raises ValidationError with a sentence for the person at the desk."""
        day = self._day()
        try:
            clock = read_clock(self.contact_time.data)
        except ValueError:
            return  # said beside the hour itself
        today = self.now.astimezone(ZURICH).date()
        if day is None and clock is None:
            self.instant, self.time_known = self.now, True
            return
        day = day or today
        if day < FIRST_DAY:
            raise ValidationError(
                _("Avant le 01.07.2021, l’ancien règlement s’appliquait : demandez au service juridique.")
            )
        known = clock is not None
        instant = datetime.combine(day, clock, ZURICH) if clock is not None else start_of_day(day)
        if day == today and not known:
            instant, known = self.now, True
        if instant > self.now:
            raise ValidationError(_("Le premier contact ne peut pas être dans le futur."))
        self.instant, self.time_known = instant, known

    def _day(self) -> date | None:
        """The day that was typed; None when nothing was."""
        try:
            day, month, year = (number(part.data) for part in (self.contact_day, self.contact_month, self.contact_year))
        except ValueError:
            raise ValidationError(_("Écrivez la date en chiffres. Exemple : 7 3 2026.")) from None
        if day is None and month is None and year is None:
            return None
        if day is None or month is None:
            raise ValidationError(_("Écrivez le jour et le mois."))
        this_year = self.now.astimezone(ZURICH).year
        if year is None:
            year = this_year
        elif FIRST_DAY.year <= CENTURY + year <= this_year:
            year += CENTURY  # `26` can only be 2026: no first contact lies before the law or in the future
        elif year < 1000:
            raise ValidationError(_("Écrivez l’année avec quatre chiffres. Exemple : %(year)s.", year=this_year))
        try:
            return date(year, month, day)
        except ValueError:
            raise ValidationError(_("Cette date n’existe pas.")) from None

    def contact(self, channel: Channel) -> Contact:
        """The checked contact. Only after validation."""
        if self.instant is None:
            raise RuntimeError("validate first")
        return Contact(channel, self.instant, self.time_known, clean(self.reason.data))

    def earlier(self) -> bool:
        """Whether the day lies before today."""
        return self.instant is not None and self.instant.astimezone(ZURICH).date() < self.now.astimezone(ZURICH).date()


def read_clock(text: str | None) -> time | None:
    """The time of day that was typed, in digits of any script; None when empty. ValueError when it is none."""
    kept = clean(text)
    if kept is None:
        return None
    found = _FOUR_DIGITS.fullmatch(kept) or _CLOCK.fullmatch(kept)
    if found is None:
        raise ValueError(kept)
    return time(int(found["hour"]), int(found["minute"] or 0))
