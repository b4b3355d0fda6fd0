"""Where reminders go to."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms.validators import ValidationError

from portal.forms.fields import EmailField, clean
from portal.forms.text import gettext as _
from portal.forms.text import lazy


class WishForm(FlaskForm):  # type: ignore[misc]
    """An address is wanted: without one there is nowhere to send to."""

    email = EmailField(lazy("Adresse e-mail"), 254)

    def validate_email(self, field: EmailField) -> None:
        """Something must stand there; its form is judged after that."""
        if not clean(field.data):
            raise ValidationError(_("Écrivez une adresse e-mail."))
