"""Forms of the desk about the adults of a household."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField
from wtforms.validators import ValidationError

from portal.forms.fields import LineField, clean
from portal.forms.staff import NewCodeForm
from portal.forms.text import gettext as _
from portal.forms.text import lazy


class Choice(Protocol):
    """Somebody to choose."""

    @property
    def person(self) -> str:
        """The id among the persons."""

    @property
    def called(self) -> str:
        """How they are called."""

    @property
    def name(self) -> str:
        """Their name as it was said; may be empty."""

    @property
    def has_file(self) -> bool:
        """Whether they have a code already: they are not offered again, but the same form may come twice."""


class HelpForm(FlaskForm):  # type: ignore[misc]
    """The person is there and asks for it: only then their form opens at the desk."""

    present = BooleanField(lazy("La personne est ici ou au téléphone, et me le demande"))

    def validate_present(self, field: BooleanField) -> None:
        """Must be ticked."""
        if not field.data:
            raise ValidationError(_("Demandez d’abord à la personne."))


class NewAdultForm(NewCodeForm):
    """Another adult of the household, after identity was seen."""

    person = SelectField(lazy("Qui dans le ménage ?"), validate_choice=False)
    name = LineField(lazy("Nom et prénom, si les réponses disent autre chose"), 200)
    language = SelectField(lazy("Langue de la feuille"), validate_choice=False)

    def __init__(self, found: Sequence[Choice], languages: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(**options)
        self.person.choices = [(one.person, one.called) for one in found if not one.has_file]
        self.language.choices = languages
        self._known = {one.person: one.name for one in found}

    @property
    def chosen_name(self) -> str:
        """As it was typed, else as the household wrote it; empty where nobody did."""
        return clean(self.name.data) or self._known.get(self.person.data, "")

    def validate_person(self, field: SelectField) -> None:
        """Somebody of the list."""
        if field.data not in self._known:
            raise ValidationError(_("Choisissez une personne de la liste."))

    def validate_name(self, _field: LineField) -> None:
        """Wanted where the household did not write it: the slip names who it is for."""
        if self.person.data in self._known and not self.chosen_name:
            raise ValidationError(_("Écrivez le nom."))

    def validate_language(self, field: SelectField) -> None:
        """A language of the portal."""
        if field.data not in {code for code, _name in self.language.choices}:
            raise ValidationError(_("Choisissez une langue de la liste."))
