"""Forms of the desk about the notice of rights and duties: acknowledged here, and a link for an adult."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import ValidationError

from portal.forms.notices import LinkForm, version_of
from portal.forms.text import gettext as _
from portal.forms.text import lazy
from portal.i18n.languages import OWN_NAMES


class LanguageForm(LinkForm):
    """A language of the portal, each in its own name."""

    language = SelectField(lazy("Langue du lien"), choices=list(OWN_NAMES), validate_choice=False)

    def __init__(self, place: str, **options: Any) -> None:
        """`place`: what the ids end with; the page has one such form for each adult."""
        super().__init__(**options)
        for field in self:
            field.id = f"{self.__class__.__name__.removesuffix('Form').lower()}-{field.name}-{place}"


class AcknowledgedForm(LanguageForm):
    """An adult acknowledges before the caseworker."""

    version = HiddenField()
    language = SelectField(lazy("Langue de l’explication"), choices=list(OWN_NAMES), validate_choice=False)
    present = BooleanField(
        lazy("La personne est là, le texte lui a été expliqué dans cette langue et elle dit l’avoir compris")
    )

    @property
    def explained(self) -> int:
        """The version that stood on the page; 0 for what no page has sent."""
        return version_of(self.version.data or "")

    def validate_present(self, field: BooleanField) -> None:
        """Must be ticked: it is what the record says."""
        if not field.data:
            raise ValidationError(_("Expliquez d’abord le texte, puis cochez."))

    def other_version(self, newest: int) -> None:
        """The text that was explained is not the newest: that one is explained before it is ticked again."""
        self.version.data, self.present.data = str(newest), False
        self.present.errors = [
            _("Rien n’est enregistré : le texte a changé. Expliquez le nouveau texte, puis cochez encore une fois.")
        ]
