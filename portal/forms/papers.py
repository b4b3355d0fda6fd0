"""Forms about papers that are sent: what a paper is called that no item asks for, and which item a paper is for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from werkzeug.datastructures import MultiDict
from wtforms import Form, SelectField
from wtforms.validators import ValidationError

from portal.forms.binding import CopiedFields
from portal.forms.fields import LineField, clean
from portal.forms.text import gettext as _
from portal.forms.text import lazy
from portal.i18n.words import joined
from portal.services.checklists import ItemText

LONGEST_TITLE: Final = 120


class TitleForm(Form):  # type: ignore[misc]
    """What the person calls a paper that no item of their list asks for."""

    Meta = CopiedFields

    title = LineField(lazy("Quel papier est-ce ?"), LONGEST_TITLE)

    @property
    def called(self) -> str:
        """What they call it; empty where they left it open."""
        return clean(self.title.data) or ""


class MoveForm(Form):  # type: ignore[misc]
    """Which item of the own list a paper is for."""

    Meta = CopiedFields

    key = SelectField(lazy("C’est quel papier de la liste ?"), validate_choice=False)

    def __init__(
        self, sent: MultiDict[str, str] | None, items: Iterable[ItemText], key: str | None, id_: str = ""
    ) -> None:
        super().__init__(sent, data={"key": key or ""})
        named = [(item.key, joined(" · ", (item.title, item.who)) if item.who else item.title) for item in items]
        self.key.choices = [("", _("Aucun papier de la liste")), *named]
        self.key.id = f"key-{id_}" if id_ else "key"

    def validate_key(self, field: SelectField) -> None:
        """One of the list, or none of them; no page of ours offers anything else, so there is nothing to explain."""
        if field.data not in {value for value, _label in self.key.choices}:
            raise ValidationError("")

    @property
    def chosen(self) -> str | None:
        """The item; None: none of the list."""
        return self.key.data or None
