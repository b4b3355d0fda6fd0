"""Forms of the desk about a household's file as a whole: close, open again, hand over, merge, part."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any, Final, Protocol

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField
from wtforms.validators import ValidationError

from portal.domain.demand import FURTHEST_AHEAD
from portal.domain.household_course import LONGEST_WORDS, Why
from portal.domain.reference import parse_reference
from portal.forms.choices import CommuneField
from portal.forms.fields import LineField, LinesField, clean, number
from portal.forms.text import gettext as _
from portal.forms.text import lazy
from portal.i18n.households import why_words
from portal.i18n.names import centre_name, with_latin
from portal.law import directory
from portal.law.parameters import FIRST_DAY

CENTURY: Final = 2000
_MOST_DIGITS: Final = 9
THIS, OTHER = "this", "other"


class Named(Protocol):
    """An adult of a file."""

    @property
    def id(self) -> uuid.UUID:
        """Who."""

    @property
    def name(self) -> str | None:
        """Their name, if it was said."""

    @property
    def latin_name(self) -> str | None:
        """The same in Latin letters, if theirs are others."""


def seen_of(text: str | None) -> int:
    """The number of the last event on a page; 0 for what is none."""
    said = text or ""
    return int(said) if said.isascii() and said.isdigit() and len(said) <= _MOST_DIGITS else 0


class CourseForm(FlaskForm):  # type: ignore[misc]
    """What every act on a file brings: the number of the last event on its page, and a reason."""

    seen = HiddenField()

    @property
    def last_seen(self) -> int:
        """That number."""
        return seen_of(self.seen.data)


class CloseFileForm(CourseForm):
    """Close, for a reason of the list and in words."""

    why = RadioField(lazy("Pourquoi fermer ce dossier ?"), validate_choice=False)
    letter = BooleanField(lazy("J’ai le retrait de la personne sur papier, signé"))
    close_words = LinesField(lazy("La raison, en quelques mots"), LONGEST_WORDS)
    despite = BooleanField(lazy("Je ferme malgré ce qui est ouvert"))

    def __init__(self, language: str, **options: Any) -> None:
        super().__init__(**options)
        self.why.choices = [(one.value, why_words(one, language)) for one in Why]

    def validate_why(self, field: RadioField) -> None:
        """One of the list."""
        if field.data not in dict(field.choices):
            raise ValidationError(_("Choisissez une raison de la liste."))

    def validate_close_words(self, field: LinesField) -> None:
        """Whoever opens it later must understand."""
        if not clean(field.data):
            raise ValidationError(_("Dites la raison en quelques mots."))


class ReopenForm(CourseForm):
    """Open a closed file again."""

    reopen_words = LinesField(lazy("Pourquoi rouvrir ce dossier ?"), LONGEST_WORDS)

    def validate_reopen_words(self, field: LinesField) -> None:
        """Always with a reason."""
        if not clean(field.data):
            raise ValidationError(_("Dites la raison en quelques mots."))


class PartForm(CourseForm):
    """Take a merging back."""

    part_words = LinesField(lazy("Pourquoi les séparer ?"), LONGEST_WORDS)

    def validate_part_words(self, field: LinesField) -> None:
        """Always with a reason."""
        if not clean(field.data):
            raise ValidationError(_("Dites la raison en quelques mots."))


class MoveForm(CourseForm):
    """Hand the file to another centre."""

    region = SelectField(lazy("À quel centre ?"), validate_choice=False)
    commune = CommuneField(lazy("Nouvelle commune, si elle est connue"), validate_choice=False)
    since_day = StringField(lazy("Jour"))
    since_month = StringField(lazy("Mois"))
    since_year = StringField(lazy("Année"))
    move_words = LinesField(lazy("Pourquoi ce centre ?"), LONGEST_WORDS)

    def __init__(self, own: str, language: str, today: date, **options: Any) -> None:
        self.today, self.since = today, None
        super().__init__(**options)
        self.commune.day = today
        others = (region.id for region in directory.regions() if region.id != own)
        self.region.choices = [("", "—"), *((key, centre_name(key, language)) for key in others)]

    since: date | None

    def validate_region(self, field: SelectField) -> None:
        """Another of the five."""
        if not field.data or field.data not in dict(field.choices):
            raise ValidationError(_("Choisissez un centre."))

    def validate_commune(self, field: CommuneField) -> None:
        """Of that centre, as far as the directory knows."""
        commune = directory.commune(field.number, self.today) if field.number is not None else None
        if commune is not None and self.region.data and self.region.data not in commune.candidate_regions:
            raise ValidationError(
                _("Cette commune n’est pas de ce centre. Choisissez l’autre centre, ou « Je ne sais pas ».")
            )

    def validate_since_day(self, _field: StringField) -> None:
        """Nothing, or a day that exists."""
        parts = (self.since_year, self.since_month, self.since_day)
        if not any(clean(one.data) for one in parts):
            return
        try:
            year, month, day = (number(one.data) or 0 for one in parts)
            found = date(year if year > 99 else year + CENTURY, month, day)
        except ValueError:
            raise ValidationError(_("Cette date n’existe pas. Écrivez jour, mois et année.")) from None
        if not FIRST_DAY <= found <= self.today + FURTHEST_AHEAD:
            raise ValidationError(_("Cette date est trop loin. Vérifiez l’année."))
        self.since = found

    def validate_move_words(self, field: LinesField) -> None:
        """The next centre must know why."""
        if not clean(field.data):
            raise ValidationError(_("Dites pourquoi : le centre suivant doit le savoir."))


class CompareForm(FlaskForm):  # type: ignore[misc]
    """Which other file is to be looked at beside this one."""

    reference = LineField(lazy("Référence de l’autre dossier"), 40)

    @property
    def found(self) -> str | None:
        """The reference in its written form."""
        return parse_reference(clean(self.reference.data) or "")

    def validate_reference(self, _field: LineField) -> None:
        """One whose check digits are right."""
        if self.found is None:
            raise ValidationError(_("Cette référence n’est pas juste. Elle a dix chiffres : contrôlez chacun."))


class MergeForm(FlaskForm):  # type: ignore[misc]
    """Which of two files goes on, and who in it is the same person."""

    reference = HiddenField()
    seen_this = HiddenField()
    seen_other = HiddenField()
    goes_on = RadioField(lazy("Quel dossier continue ?"), validate_choice=False)
    same = SelectField(lazy("Qui est cette personne dans le dossier qui continue ?"), validate_choice=False)
    merge_words = LinesField(lazy("À quoi voyez-vous que c’est la même personne ?"), LONGEST_WORDS)
    sure = BooleanField(lazy("J’ai comparé les deux dossiers"))

    def __init__(self, this: str, other: str, adults: Sequence[Named], **options: Any) -> None:
        """References of both, and all adults of both."""
        super().__init__(**options)
        self.goes_on.choices = [(THIS, this), (OTHER, other)]
        self.same.choices = [
            ("", "—"),
            *((str(one.id), with_latin(one.name or _("Nom à dire au guichet"), one.latin_name)) for one in adults),
        ]

    @property
    def adult(self) -> uuid.UUID:
        """Who was chosen; after `validate()`."""
        return uuid.UUID(self.same.data)

    def validate_goes_on(self, field: RadioField) -> None:
        """One of the two."""
        if field.data not in (THIS, OTHER):
            raise ValidationError(_("Choisissez le dossier qui continue."))

    def validate_same(self, field: SelectField) -> None:
        """Of the list."""
        if not field.data or field.data not in dict(field.choices):
            raise ValidationError(_("Choisissez la personne."))

    def validate_merge_words(self, field: LinesField) -> None:
        """Always with a reason."""
        if not clean(field.data):
            raise ValidationError(_("Dites la raison en quelques mots."))

    def validate_sure(self, field: BooleanField) -> None:
        """Must be ticked."""
        if not field.data:
            raise ValidationError(_("Comparez d’abord les deux dossiers, puis cochez."))
