"""Close the online account: one box that says that it is meant."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.validators import ValidationError

from portal.forms.text import gettext as _
from portal.forms.text import lazy


class CloseForm(FlaskForm):  # type: ignore[misc]
    """Sent by mistake it does nothing."""

    sure = BooleanField(lazy("J’ai lu ce qui s’arrête et ce qui reste"))

    def validate_sure(self, field: BooleanField) -> None:
        """Must be ticked."""
        if not field.data:
            raise ValidationError(_("Cochez la case si vous voulez fermer votre accès."))
