"""Sign in with reference and access code; check a receipt with reference and check code; withdraw."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField

from portal.forms.fields import LinesField
from portal.forms.text import lazy


class SignInForm(FlaskForm):  # type: ignore[misc]
    """Whether the two belong together is the service's business; a wrong form is a wrong code like any other."""

    reference = StringField(lazy("Référence"))
    code = StringField(lazy("Code d’accès"))
    next = HiddenField()


class VerifyForm(FlaskForm):  # type: ignore[misc]
    """What stands on a receipt."""

    reference = StringField(lazy("Référence"))
    check_code = StringField(lazy("Code de contrôle"))


class WithdrawForm(FlaskForm):  # type: ignore[misc]
    """A reason may be given; none is asked for."""

    reason = LinesField(lazy("Pourquoi retirez-vous votre demande ?"), 1000)
