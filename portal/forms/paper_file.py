"""Give a file that began on paper its reference and code: who it is, how the letter reads, since when the person is helped."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import ValidationError

from portal.domain.demand import Person
from portal.forms.fields import number
from portal.forms.filing import FilingForm
from portal.forms.staff import NameOrLater, paper_choices, paper_of
from portal.forms.text import gettext as _
from portal.forms.text import lazy
from portal.services.paper_files import NewPaperFile

OLDEST: Final = 60
"""Years; an older month is a slip of the pen."""
_ORDER: Final = (
    *("name", "latin_name", "birth_year", "since_year", "commune", "phone", "email", "postal_address"),
    *("language", "identity_seen"),
)


class PaperFileForm(NameOrLater, FilingForm):
    """The person's questions of the filing form, and those of a file that stands already. No demand comes of it."""

    reader_may_be_the_person = False
    since_day = StringField(lazy("Jour"))
    since_month = StringField(lazy("Mois"))
    since_year = StringField(lazy("Année"))
    language = SelectField(lazy("Langue de la lettre"), validate_choice=False)
    identity_seen = BooleanField(lazy("J’ai vu une pièce d’identité, ou je connais cette personne"))
    identity_paper = SelectField(lazy("Quelle pièce ?"), validate_choice=False)

    def __init__(self, languages: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(**options)
        self.language.choices = languages
        self.identity_paper.choices = paper_choices()
        self.since: date | None = None

    @property
    def all_faults(self) -> list[tuple[str, str]]:
        """Every fault as (field id, sentence), in the order of the page."""
        return [(self[name].id, str(error)) for name in _ORDER for error in self[name].errors]

    def validate_since_year(self, field: StringField) -> None:
        """A month that is not in the future; a day may stand there, and only its month is kept."""
        try:
            day, month, year = (number(one.data) for one in (self.since_day, self.since_month, field))
        except ValueError:
            raise ValidationError(_("Écrivez la date en chiffres. Exemple : 7 3 2026.")) from None
        if month is None or year is None:
            raise ValidationError(_("Écrivez le mois et l’année du début de l’aide."))
        if not self.today.year - OLDEST <= year <= self.today.year:
            raise ValidationError(
                _(
                    "L’année doit être entre %(first)s et %(last)s.",
                    first=self.today.year - OLDEST,
                    last=self.today.year,
                )
            )
        try:
            since = date(year, month, day or 1)
        except ValueError:
            raise ValidationError(_("Cette date n’existe pas.")) from None
        if since > self.today:
            raise ValidationError(
                _("Cette date est dans le futur. Une nouvelle demande se saisit sous « Saisir une demande ».")
            )
        self.since = since.replace(day=1)

    def validate_language(self, field: SelectField) -> None:
        """A language of the portal."""
        if field.data not in dict(field.choices):
            raise ValidationError(_("Choisissez une langue de la liste."))

    def validate_identity_seen(self, field: BooleanField) -> None:
        """Must be ticked."""
        if not field.data:
            raise ValidationError(_("Contrôlez d’abord l’identité."))

    def said(self) -> NewPaperFile:
        """What was said. Only after `validate()`."""
        if self.since is None:
            raise RuntimeError("validate first")
        told = self.announcement(self.language.data)
        person: Person = told.person
        return NewPaperFile(person, told.language, told.commune_bfs, self.since, paper_of(self.identity_paper.data))
