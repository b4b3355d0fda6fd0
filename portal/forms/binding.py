"""Forms with many fields, made quickly: filing a demand must not wait for twenty fields to be described anew."""

from __future__ import annotations

from typing import Any, Final

from wtforms import Field, Form
from wtforms.fields.core import UnboundField

_described: Final[dict[tuple[UnboundField, str, str], Field]] = {}


class CopiedFields:
    """Base of a form's `Meta`: each field is bound once and copied from then on, before it has seen any answer.

    What is shared by the copies (label, validators, choices of the class) is never changed in place.
    """

    def bind_field(self, form: Form, unbound_field: UnboundField, options: dict[str, Any]) -> Field:
        """A field of its own for `form`."""
        key = (unbound_field, options["name"], options["prefix"])
        known = _described.get(key)
        if known is None:
            known = unbound_field.bind(form=form, **options)
            known._form = known.meta = None  # nobody's form is kept
            _described[key] = known
        field = object.__new__(type(known))
        field.__dict__ = {**known.__dict__, "_form": form, "meta": form.meta}
        return field
