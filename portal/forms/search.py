"""What the desk types to find a household: a name, a birth date, or a reference."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any, Final

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import ValidationError

from portal.domain.names import letters_of
from portal.domain.reference import parse_reference
from portal.forms.birth import read_birth
from portal.forms.fields import LineField, clean
from portal.forms.text import gettext as _
from portal.forms.text import lazy
from portal.i18n.latin import latin
from portal.services.search.ranking import Typed

LONGEST: Final = 200
FEWEST: Final = 2
"""Letters, in the Latin alphabet: one Chinese sign is enough."""


class SearchForm(FlaskForm):  # type: ignore[misc]
    """One box for name or reference, and a birth date of which the year alone may be known."""

    looked_for = LineField(lazy("Nom ou référence"), LONGEST)
    birth_day = StringField(lazy("Jour"))
    birth_month = StringField(lazy("Mois"))
    birth_year = StringField(lazy("Année"))

    def __init__(self, today: date, **options: Any) -> None:
        super().__init__(**options)
        self.today = today
        self._birth: tuple[date | None, int | None] = (None, None)

    @property
    def untouched(self) -> bool:
        """Whether nothing was typed at all."""
        return not any(clean(self[name].data) for name in ("looked_for", "birth_day", "birth_month", "birth_year"))

    @property
    def reference(self) -> str | None:
        """The reference that was typed, in its written form; None where a name was."""
        return parse_reference(clean(self.looked_for.data) or "")

    @property
    def name(self) -> str:
        """The name that was typed; nothing where it was a reference."""
        return "" if self.reference else clean(self.looked_for.data) or ""

    def validate_looked_for(self, field: StringField) -> None:
        """A reference whose check digits are right, or a name of more than one letter."""
        text = clean(field.data) or ""
        if not text:
            if self.untouched:
                raise ValidationError(_("Écrivez un nom, une date de naissance ou une référence."))
            return
        if self.reference:
            return
        if any(unicodedata.decimal(sign, None) is not None for sign in text):
            raise ValidationError(_("Cette référence n’est pas juste. Elle a dix chiffres : contrôlez chacun."))
        letters = letters_of(text, latin)
        if not letters:
            raise ValidationError(_("Écrivez le nom avec des lettres."))
        if letters < FEWEST:
            raise ValidationError(_("Une seule lettre ne suffit pas. Écrivez au moins deux lettres du nom."))

    def validate_birth_year(self, field: StringField) -> None:
        """Nothing or a whole date; a year alone only beside a name. Beside a reference it says nothing."""
        if self.reference:
            return
        self._birth = read_birth(self.birth_day, self.birth_month, field, self.today)
        if self._birth[1] is not None and not clean(self.looked_for.data):
            raise ValidationError(_("Il manque le nom. L’année seule ne suffit pas pour chercher."))

    def typed(self) -> Typed:
        """What is looked for. Only after `validate()`, and not for a reference."""
        return Typed(self.name or None, *self._birth)
