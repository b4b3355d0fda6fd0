"""What a caseworker notes of a report: a question back, from which month it counts."""

from __future__ import annotations

from datetime import date
from typing import Final

from werkzeug.datastructures import MultiDict
from wtforms import Form, SelectField
from wtforms.validators import ValidationError

from portal.domain.months import first_of_month, first_of_next_month
from portal.forms.binding import CopiedFields
from portal.forms.fields import LinesField, clean
from portal.forms.situation.boxes import DayField
from portal.forms.text import gettext as _
from portal.forms.text import lazy
from portal.i18n.formats import month_name
from portal.services.reports.stored import SETTLED

LONGEST: Final = 1_000
MONTHS_AHEAD: Final = 6


class AskBackForm(Form):  # type: ignore[misc]
    """What the centre asks the person."""

    Meta = CopiedFields

    words = LinesField(lazy("Que voulez-vous savoir ou recevoir ?"), LONGEST)
    wanted_by = DayField(lazy("Jusqu’à quand ? (facultatif)"), past=False)

    def __init__(self, sent: MultiDict[str, str], today: date) -> None:
        super().__init__(sent)
        self.wanted_by.today = today

    def validate_words(self, field: LinesField) -> None:
        """Without words there is no question."""
        if not clean(field.data):
            raise ValidationError(_("Écrivez votre question."))

    @property
    def details(self) -> dict[str, str]:
        """As it is sealed."""
        found = {"words": clean(self.words.data) or ""}
        return found | ({"wanted_by": self.wanted_by.day.isoformat()} if self.wanted_by.day else {})


class SettledForm(Form):  # type: ignore[misc]
    """That the centre waits for nothing more of what it asked: one button."""

    Meta = CopiedFields

    @property
    def details(self) -> dict[str, str]:
        """As it is sealed."""
        return {SETTLED: "1"}


class CountedForm(Form):  # type: ignore[misc]
    """From which month the change is taken into account."""

    Meta = CopiedFields

    month = SelectField(lazy("Dès quel mois ?"), validate_choice=False)

    def __init__(self, sent: MultiDict[str, str], first: date, today: date, language: str) -> None:
        super().__init__(sent)
        months, month = [], first_of_month(first)
        last = max(first_of_month(today), month)
        for _n in range(MONTHS_AHEAD):
            last = first_of_next_month(last)
        while month <= last:
            months.append(month)
            month = first_of_next_month(month)
        self.month.choices = [("", "—"), *((one.isoformat(), month_name(one, language)) for one in months)]

    def validate_month(self, field: SelectField) -> None:
        """One of those offered."""
        if not field.data or field.data not in {value for value, _label in field.choices}:
            raise ValidationError(_("Choisissez le mois."))

    @property
    def details(self) -> dict[str, str]:
        """As it is sealed."""
        return {"month": self.month.data}
