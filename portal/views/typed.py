"""What a form sent, to be shown or sent again where it could not be taken."""

from __future__ import annotations

from flask import request


def typed_fields() -> list[tuple[str, str]]:
    """Every field with its text; the token that protects the form is made anew."""
    return [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
