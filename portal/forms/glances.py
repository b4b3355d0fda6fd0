"""The form of the desk for a look into the file of another region."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.validators import ValidationError

from portal.domain.glance import LONGEST_WORDS, Reason
from portal.domain.reference import parse_reference
from portal.forms.fields import LineField, LinesField, clean
from portal.forms.text import gettext as _
from portal.forms.text import lazy
from portal.i18n.households import glance_words


class GlanceForm(FlaskForm):  # type: ignore[misc]
    """A reference that the person gave, a reason of the list, and words."""

    reference = LineField(lazy("Référence du dossier"), 40)
    why = RadioField(lazy("Pourquoi l’ouvrir ?"), validate_choice=False)
    glance_words = LinesField(lazy("La raison, en quelques mots"), LONGEST_WORDS)

    def __init__(self, language: str, **options: Any) -> None:
        super().__init__(**options)
        self.why.choices = [(one.value, glance_words(one, language)) for one in Reason]

    @property
    def found(self) -> str | None:
        """The reference in its written form."""
        return parse_reference(clean(self.reference.data) or "")

    def validate_reference(self, _field: LineField) -> None:
        """One whose check digits are right."""
        if self.found is None:
            raise ValidationError(_("Cette référence n’est pas juste. Elle a dix chiffres : contrôlez chacun."))

    def validate_why(self, field: RadioField) -> None:
        """One of the list."""
        if field.data not in dict(field.choices):
            raise ValidationError(_("Choisissez une raison de la liste."))

    def validate_glance_words(self, field: LinesField) -> None:
        """Two team leads read them."""
        if not clean(field.data):
            raise ValidationError(_("Dites la raison en quelques mots."))
