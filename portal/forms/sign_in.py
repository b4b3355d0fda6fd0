"""Sign in with reference and access code; check a receipt with reference and check code; withdraw."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField

from portal.forms.fields import LinesField, clean
from portal.forms.text import gettext, lazy


class SignInForm(FlaskForm):  # type: ignore[misc]
    """Whether the two belong together is the service's business; a wrong form is a wrong code like any other."""

    reference = StringField(lazy("Référence"))
    code = StringField(lazy("Code d’accès"))
    next = HiddenField()

    @property
    def lacking(self) -> tuple[str, str] | None:
        """The first of the two that was left empty, as (field id, sentence)."""
        sentence = gettext("Il faut la référence et le code d’accès, les deux.")
        return next(((field.id, sentence) for field in (self.reference, self.code) if not clean(field.data)), None)


class VerifyForm(FlaskForm):  # type: ignore[misc]
    """What stands on a receipt."""

    reference = StringField(lazy("Référence"))
    check_code = StringField(lazy("Code de contrôle"))

    @property
    def lacking(self) -> tuple[str, str] | None:
        """The first of the two that was left empty, as (field id, sentence)."""
        sentence = gettext("Il faut la référence et le code de contrôle, les deux.")
        fields = (self.reference, self.check_code)
        return next(((field.id, sentence) for field in fields if not clean(field.data)), None)


class WithdrawForm(FlaskForm):  # type: ignore[misc]
    """A reason may be given; none is asked for."""

    reason = LinesField(lazy("Pourquoi retirez-vous votre demande ?"), 1000)
