"""Whom an administrator invites to the desk, and what one of the desk is there for."""

from __future__ import annotations

from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.validators import ValidationError

from portal.domain.invitation import INVITABLE
from portal.domain.role import DESK, Role
from portal.forms.fields import EmailField, LineField, clean
from portal.forms.text import gettext as _
from portal.forms.text import lazy
from portal.i18n.languages import BY_CODE, STAFF_CODES
from portal.i18n.names import centre_name
from portal.i18n.roles import role_name
from portal.law import directory

LONGEST_NAME = 200
LONGEST_ADDRESS = 254


class AccessForm(FlaskForm):  # type: ignore[misc]
    """Functions, and the region that goes with those that work on files."""

    roles = SelectMultipleField(lazy("Fonctions"), validate_choice=False)
    region = SelectField(lazy("Région"), validate_choice=False)

    def __init__(
        self,
        language: str,
        *,
        roles: Iterable[Role] = (),
        region: str | None = None,
        offered: tuple[Role, ...] = INVITABLE,
    ) -> None:
        """`roles` and `region`: as they are now; `offered`: which functions can be ticked."""
        super().__init__(data={"roles": sorted(roles), "region": region or ""})
        self.offered = offered
        self.roles.choices = [(role.value, role_name(role, language)) for role in offered]
        known = [(one.id, centre_name(one.id, language)) for one in directory.regions()]
        self.region.choices = [("", _("Aucune région")), *known]

    @property
    def held(self) -> frozenset[Role]:
        """The functions that are ticked, of those that were offered."""
        return frozenset(role for role in self.offered if role.value in (self.roles.data or ()))

    @property
    def place(self) -> str | None:
        """The chosen region."""
        return self.region.data or None

    def validate_roles(self, field: SelectMultipleField) -> None:
        """One at least, of the list."""
        if not field.data or set(field.data) - {role.value for role in self.offered}:
            raise ValidationError(_("Cochez au moins une fonction de la liste."))

    def validate_region(self, field: SelectField) -> None:
        """Exactly where somebody works on files."""
        if (field.data or "") not in {value for value, _label in self.region.choices}:
            raise ValidationError(_("Choisissez une région de la liste."))
        if self.held & DESK and not field.data:
            raise ValidationError(_("Cette fonction travaille sur des dossiers. Choisissez sa région."))
        if self.held and not self.held & DESK and field.data:
            raise ValidationError(_("Cette fonction n’ouvre aucun dossier. Choisissez « Aucune région »."))


class InviteForm(AccessForm):
    """The same for somebody who has not come yet: name, address, language of the mail."""

    name = LineField(lazy("Nom"), LONGEST_NAME)
    address = EmailField(lazy("E-mail au service de connexion"), LONGEST_ADDRESS)
    language = RadioField(lazy("Langue de l’e-mail"), validate_choice=False)

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self.language.choices = [(code, BY_CODE[code].name) for code in STAFF_CODES]
        if self.language.data is None:
            self.language.data = language

    def validate_name(self, field: LineField) -> None:
        """Something to show in lists; the administrator writes it, the provider is not asked."""
        if not field.errors and clean(field.data) is None:
            raise ValidationError(_("Écrivez le nom."))

    def validate_address(self, field: EmailField) -> None:
        """Wanted."""
        if not field.errors and clean(field.data) is None:
            raise ValidationError(_("Écrivez l’adresse e-mail."))

    def validate_language(self, field: RadioField) -> None:
        """One of the two."""
        if field.data not in STAFF_CODES:
            raise ValidationError(_("Choisissez une langue de la liste."))
