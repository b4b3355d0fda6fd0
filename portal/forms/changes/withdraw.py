"""Take a report back."""

from __future__ import annotations

from flask_wtf import FlaskForm

from portal.forms.fields import LinesField
from portal.forms.text import lazy

LONGEST_REASON = 500


class WithdrawReportForm(FlaskForm):  # type: ignore[misc]
    """Why, if the person wants to say so."""

    reason = LinesField(lazy("Pourquoi ?"), LONGEST_REASON)
