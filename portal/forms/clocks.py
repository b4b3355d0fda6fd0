"""Forms of the board of clocks: who takes care of the chosen lines; who is away, and until when."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Any, Final

from flask_wtf import FlaskForm
from wtforms import SelectField, SelectMultipleField
from wtforms.validators import ValidationError

from portal.forms.situation.boxes import DayField
from portal.forms.text import gettext as _
from portal.forms.text import lazy
from portal.services.absences import Member
from portal.services.assigning import ItemKind
from portal.services.clock_board import PAGE, Hold

NOBODY: Final = "nobody"


class AssignForm(FlaskForm):  # type: ignore[misc]
    """The ticked lines of one page, and a colleague of the centre; or nobody."""

    items = SelectMultipleField(lazy("Choisir"), validate_choice=False)
    assignee = SelectField(lazy("Attribuer à"), validate_choice=False)

    def __init__(self, members: Sequence[Member], own: uuid.UUID | None, **options: Any) -> None:
        super().__init__(**options)
        mine = [(str(one.id), _("Moi")) for one in members if one.id == own]
        others = [(str(one.id), one.name) for one in members if one.id != own]
        self.assignee.choices = [("", "—"), *mine, *others, (NOBODY, _("Pas attribué"))]

    def validate_items(self, field: SelectMultipleField) -> None:
        """One line at least, and no more than a page has."""
        if not self.holds or len(field.data or ()) > PAGE:
            raise ValidationError(_("Choisissez d’abord une ou plusieurs lignes."))

    def validate_assignee(self, field: SelectField) -> None:
        """Somebody of the list, or nobody."""
        if not field.data or field.data not in dict(field.choices):
            raise ValidationError(_("Choisissez à qui attribuer."))

    @property
    def holds(self) -> tuple[Hold, ...]:
        """The ticked lines that can be read."""
        return tuple(one for value in self.items.data or () if (one := _hold(value)) is not None)

    @property
    def whom(self) -> uuid.UUID | None:
        """To whom; None: nobody. Only after `validate()`."""
        return None if self.assignee.data == NOBODY else uuid.UUID(self.assignee.data)


def _hold(value: str) -> Hold | None:
    """A line as `ClockLine.value` names it."""
    kind, _sep, rest = value.partition(":")
    id_, _sep, seen = rest.partition(":")
    with suppress(ValueError):
        return Hold(ItemKind(kind), uuid.UUID(id_), uuid.UUID(seen) if seen else None)
    return None


class AbsenceForm(FlaskForm):  # type: ignore[misc]
    """Who is away until which day. Without `members` it is about whoever fills it in."""

    whose = SelectField(lazy("Qui est absent ?"), validate_choice=False)
    until = DayField(lazy("Absent jusqu’au"), past=False)

    def __init__(self, members: Sequence[Member], own: uuid.UUID | None, today: date, **options: Any) -> None:
        super().__init__(**options)
        self.until.today = today
        self.whose.choices = [(str(one.id), one.name) for one in members]
        if not self.whose.data:
            self.whose.data = str(own)

    def validate_whose(self, field: SelectField) -> None:
        """Somebody of the list."""
        if field.data not in dict(field.choices):
            raise ValidationError(_("Choisissez une personne de la liste."))

    def validate(self, extra_validators: Any = None) -> bool:
        """The day as well: it must be there."""
        fine = bool(super().validate(extra_validators))
        if self.until.errors:
            return False
        if self.until.day is None:
            self.until.errors = [_("Écrivez le dernier jour de l’absence.")]
        return fine and not self.until.errors
