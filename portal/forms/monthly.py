"""Forms of the monthly rhythm: the month that a tap is about, the day for papers at the desk."""

from __future__ import annotations

from datetime import date
from typing import Final

from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.validators import ValidationError

from portal.domain.monthly import FIRST_DAY, LAST_DAY
from portal.forms.text import gettext as _
from portal.forms.text import lazy

NO_DAY: Final = "none"


def month_of(text: str) -> date | None:
    """The first day of a month as our pages send it, `2026-11`; None for anything else."""
    try:
        return date.fromisoformat(f"{text}-01") if len(text) == len("2026-11") else None
    except ValueError:
        return None


class PaperDayForm(FlaskForm):  # type: ignore[misc]
    """By which day of each month the centre wants papers, or none."""

    day = SelectField(lazy("Jour du mois"), validate_choice=False)

    def __init__(self, *, now: int | None) -> None:
        """`now`: the day that is set; it is chosen at first."""
        super().__init__(data={"day": str(now or NO_DAY)})
        numbers = [(str(day), str(day)) for day in range(FIRST_DAY, LAST_DAY + 1)]
        self.day.choices = [(NO_DAY, _("Aucun jour fixé")), *numbers]

    def validate_day(self, field: SelectField) -> None:
        """One of the list."""
        if field.data not in {value for value, _label in field.choices}:
            raise ValidationError(_("Choisissez un jour de la liste."))

    @property
    def chosen(self) -> int | None:
        """The day; None: none is wanted."""
        return None if self.day.data == NO_DAY else int(self.day.data)
