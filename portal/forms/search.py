"""What the desk types to find a household: a name, a birth date, a reference, or a phone number."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any, Final

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import ValidationError

from portal.domain.names import letters_of
from portal.domain.reference import parse_reference
from portal.forms.birth import read_birth
from portal.forms.fields import LineField, clean, parse_phone
from portal.forms.text import gettext as _
from portal.forms.text import lazy
from portal.i18n.latin import latin
from portal.services.search.ranking import Typed

LONGEST: Final = 200
FEWEST: Final = 2
"""Letters, in the Latin alphabet: one Chinese sign is enough."""


_BORN: Final = re.compile(
    r"(?<![\w./+-])(?:(?P<day>\d{1,2})\s*[./-]\s*(?P<month>\d{1,2})\s*[./-]\s*)?(?P<year>(?:18|19|20)\d\d)(?![\w/-])\.?"
)
"""A birth date or its year, as people write it behind a name."""
_PHONE: Final = re.compile(r"[+0(][\d\s()./-]*")
_REFERENCE: Final = re.compile(r"\s*VS[\W_]*\d", re.IGNORECASE)


class SearchForm(FlaskForm):  # type: ignore[misc]
    """One box for name, reference or phone, and a birth date of which the year alone may be known.

    A birth date that was typed behind the name moves to its own boxes: the page then shows as what it was taken.
    """

    looked_for = LineField(lazy("Nom ou référence"), LONGEST)
    birth_day = StringField(lazy("Jour"))
    birth_month = StringField(lazy("Mois"))
    birth_year = StringField(lazy("Année"))

    def __init__(self, today: date, **options: Any) -> None:
        super().__init__(**options)
        self.today = today
        self._birth: tuple[date | None, int | None] = (None, None)
        text = clean(self.looked_for.data) or ""
        if len(text) <= LONGEST and not self.reference and not _REFERENCE.match(text):
            found = _BORN.fullmatch(text) or (None if self.phone else _BORN.search(text))
            if found is not None:
                self._take_out(text, found)

    def _take_out(self, text: str, found: re.Match[str]) -> None:
        born, rest = found.groupdict(default=""), f"{text[: found.start()]} {text[found.end() :]}"
        self.looked_for.data = " ".join(rest.split()).strip(" ,;")
        if born["day"] or born["year"] != clean(self.birth_year.data):  # the boxes may know more of the same year
            for name, typed in born.items():
                self[f"birth_{name}"].data = typed

    @property
    def untouched(self) -> bool:
        """Whether nothing was typed at all."""
        return not any(clean(self[name].data) for name in ("looked_for", "birth_day", "birth_month", "birth_year"))

    @property
    def reference(self) -> str | None:
        """The reference that was typed, in its written form; None where a name was."""
        return parse_reference(clean(self.looked_for.data) or "")

    @property
    def phone(self) -> str | None:
        """The phone number that was typed, as it is kept; None where it was something else."""
        text = clean(self.looked_for.data) or ""
        return parse_phone(text) if _PHONE.fullmatch(text) and not self.reference else None

    @property
    def name(self) -> str:
        """The name that was typed; nothing where it was a reference or a phone number."""
        return "" if self.reference or self.phone else clean(self.looked_for.data) or ""

    def validate_looked_for(self, field: StringField) -> None:
        """A reference whose check digits are right, a phone number, or a name of more than one letter and no digit."""
        text = clean(field.data) or ""
        if not text:
            if self.untouched:
                raise ValidationError(_("Écrivez un nom, une date de naissance ou une référence."))
            return
        if self.reference or self.phone:
            return
        letters = letters_of(text, latin)
        if any(unicodedata.decimal(sign, None) is not None for sign in text):
            if _REFERENCE.match(text) or letters < FEWEST:
                raise ValidationError(_("Cette référence n’est pas juste. Elle a dix chiffres : contrôlez chacun."))
            raise ValidationError(
                _(
                    "Un nom s’écrit sans chiffres. Seule la naissance en a : 12.4.1988, ou 1988. Cherchez un téléphone seul."
                )
            )
        if not letters:
            raise ValidationError(_("Écrivez le nom avec des lettres."))
        if letters < FEWEST:
            raise ValidationError(_("Une seule lettre ne suffit pas. Écrivez au moins deux lettres du nom."))

    def validate_birth_year(self, field: StringField) -> None:
        """Nothing or a whole date; a year alone only beside a name. Beside a reference or a phone number it says nothing."""
        if self.reference or self.phone:
            return
        self._birth = read_birth(self.birth_day, self.birth_month, field, self.today)
        if self._birth[1] is not None and not clean(self.looked_for.data):
            raise ValidationError(_("Il manque le nom. L’année seule ne suffit pas pour chercher."))

    def typed(self) -> Typed:
        """What is looked for. Only after `validate()`, and not for a reference or a phone number."""
        return Typed(self.name or None, *self._birth)
