"""A birth date of which the year alone is enough, as people type it in three boxes."""

from __future__ import annotations

from datetime import date
from typing import Final

from wtforms import Field
from wtforms.validators import ValidationError

from portal.forms.fields import number
from portal.forms.text import gettext as _

OLDEST: Final = 125
"""Years; an older birth is a slip of the pen."""


def read_birth(day_field: Field, month_field: Field, year_field: Field, today: date) -> tuple[date | None, int | None]:
    """Nothing, a year alone (the second), or a whole date (the first); ValidationError for what cannot be."""
    try:
        day, month, year = (number(part.data) for part in (day_field, month_field, year_field))
    except ValueError:
        raise ValidationError(_("Écrivez la date en chiffres. Exemple : 7 3 1985. L’année seule suffit.")) from None
    if year is None:
        if day is not None or month is not None:
            raise ValidationError(_("Il manque l’année. Si vous ne la savez pas, effacez le jour et le mois."))
        return None, None
    if not today.year - OLDEST <= year <= today.year:
        raise ValidationError(
            _("L’année doit être entre %(first)s et %(last)s.", first=today.year - OLDEST, last=today.year)
        )
    if day is None and month is None:
        return None, year
    if day is None:
        raise ValidationError(_("Il manque le jour. L’année seule suffit : vous pouvez effacer le mois."))
    if month is None:
        raise ValidationError(_("Il manque le mois. L’année seule suffit : vous pouvez effacer le jour."))
    try:
        born = date(year, month, day)
    except ValueError:
        raise ValidationError(_("Cette date n’existe pas. Corrigez-la, ou laissez seulement l’année.")) from None
    if born > today:
        raise ValidationError(_("Cette date est dans le futur. Corrigez-la, ou laissez seulement l’année."))
    return born, None
