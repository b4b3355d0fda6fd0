"""Forms with many fields, made quickly: filing a demand must not wait for twenty fields to be described anew."""

from __future__ import annotations

from typing import Any, Final

from wtforms import Field, Form
from wtforms.fields.core import Label, UnboundField

_described: Final[dict[tuple[UnboundField, str, str], Field]] = {}


class SharedLabel(Label):  # type: ignore[misc]
    """The label that all copies of a field have in common; `named` gives one of them another."""

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse: a word changed here would stand on everybody's pages from then on."""
        if name in self.__dict__:
            raise AttributeError(f"{name} is shared by every form with this field; see portal.forms.binding.named")
        super().__setattr__(name, value)


def named(field: Field, text: object) -> None:
    """Another label for this one field of this one form."""
    field.label = Label(field.id, text)


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
            known.label = SharedLabel(known.label.field_id, known.label.text)
            _described[key] = known
        field = object.__new__(type(known))
        field.__dict__ = {**known.__dict__, "_form": form, "meta": form.meta}
        return field
