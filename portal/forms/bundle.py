"""The form of the bundle for the commune: its language, how it goes there, and that what is missing was seen."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField
from wtforms.validators import ValidationError

from portal.domain.bundle import Way
from portal.forms.text import gettext as _
from portal.forms.text import lazy
from portal.i18n.bundle import way_name
from portal.i18n.languages import BY_CODE, STAFF_CODES


class BundleForm(FlaskForm):  # type: ignore[misc]
    """`gaps`: whether something is missing; only then it must be ticked."""

    language = RadioField(lazy("Langue du paquet"), validate_choice=False)
    way = RadioField(lazy("Comment arrive-t-il à la commune ?"), validate_choice=False)
    seen = BooleanField(lazy("J’ai vu ce qui manque"))

    def __init__(self, *, official: str, language: str, gaps: bool) -> None:
        """`official`: the commune's language, chosen at first; `language`: in which the page is read."""
        super().__init__(data={"language": official})
        self._gaps = gaps
        self.language.choices = [(code, BY_CODE[code].name) for code in STAFF_CODES]
        self.way.choices = [(way.value, way_name(way, language)) for way in Way]

    def validate_language(self, field: RadioField) -> None:
        """One of the two."""
        if field.data not in STAFF_CODES:
            raise ValidationError(_("Choisissez une langue de la liste."))

    def validate_way(self, field: RadioField) -> None:
        """One of the three: who took it and how is part of what stays."""
        if field.data not in {way.value for way in Way}:
            raise ValidationError(_("Choisissez comment le paquet arrive à la commune."))

    def validate_seen(self, field: BooleanField) -> None:
        """Where something is missing: it does not stop anybody, but it is seen."""
        if self._gaps and not field.data:
            raise ValidationError(_("Lisez ce qui manque, puis cochez cette case."))
