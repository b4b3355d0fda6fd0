"""Forms of the desk about the requests of a thread: close one, open it again, give a thread to a colleague."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField
from wtforms.validators import ValidationError

from portal.domain.case_request import LONGEST, RequestKind
from portal.domain.request_closing import REASONS, Because, CloseFault
from portal.forms.fields import LinesField, clean
from portal.forms.messages import lines_seen
from portal.forms.text import gettext as _
from portal.forms.text import lazy
from portal.i18n.languages import BY_CODE, STAFF_CODES
from portal.i18n.requests import because_words, close_fault
from portal.services.assigning import Assigned, Colleague

NOBODY = "nobody"


class EndForm(FlaskForm):  # type: ignore[misc]
    """Words that go with closing a request, or with opening it again."""

    words = LinesField(lazy("Précision pour la personne, en mots simples"), LONGEST)
    language = RadioField(
        lazy("Langue de la précision"),
        choices=[(code, BY_CODE[code].name) for code in STAFF_CODES],
        validate_choice=False,
    )
    made = HiddenField()
    seen = HiddenField()

    def validate_language(self, field: RadioField) -> None:
        """One of the two official languages."""
        if field.data not in STAFF_CODES:
            raise ValidationError(_("Choisissez une langue de la liste."))

    @property
    def lines_seen(self) -> int:
        """How many lines stood on the page."""
        return lines_seen(self.seen.data)

    def fault(self, message: str) -> None:
        """Say why nothing was written; what was typed stays."""
        self.words.errors = [message]


class CloseForm(EndForm):
    """Close a request, with one of the reasons of its kind."""

    because = RadioField(lazy("Pourquoi la clore ?"), validate_choice=False)

    def __init__(self, kind: RequestKind, lang: str, **options: Any) -> None:
        super().__init__(**options)
        self._lang = lang
        self.because.choices = [(one.value, because_words(one, lang, staff=True)) for one in REASONS[kind]]

    def validate_because(self, field: RadioField) -> None:
        """Nobody's request is closed without a reason."""
        if field.data not in {value for value, _label in field.choices}:
            raise ValidationError(close_fault(CloseFault.NOT_THIS_KIND, self._lang))

    def validate_words(self, field: LinesField) -> None:
        """Another reason is said in words."""
        if self.because.data == Because.OTHER.value and not clean(field.data):
            raise ValidationError(close_fault(CloseFault.NO_WORDS, self._lang))

    def cannot(self, fault: CloseFault) -> None:
        """Say why it cannot be closed so."""
        self.because.errors = [close_fault(fault, self._lang)]


class AssignForm(FlaskForm):  # type: ignore[misc]
    """To whom of the centre a thread is given."""

    assignee = SelectField(lazy("Qui s’en occupe ?"), validate_choice=False)
    given = HiddenField()

    def __init__(
        self, adult_id: uuid.UUID, colleagues: Iterable[Colleague], me: uuid.UUID | None, **options: Any
    ) -> None:
        super().__init__(**options)
        mine = _("Moi")
        self.assignee.choices = [
            (NOBODY, _("Pas attribué")),
            *((str(one.id), mine if one.id == me else one.name) for one in colleagues),
        ]
        for field in self:
            field.id = f"{field.name}-{adult_id}"

    def stands(self, assigned: Assigned | None) -> None:
        """What the page shows as chosen."""
        self.assignee.data = str(assigned.assignee) if assigned and assigned.assignee else NOBODY
        self.given.data = str(assigned.id) if assigned else ""

    def validate_assignee(self, field: SelectField) -> None:
        """Somebody of the list, or nobody."""
        if field.data not in {value for value, _label in field.choices}:
            raise ValidationError(_("Choisissez une personne de la liste."))

    @property
    def chosen(self) -> uuid.UUID | None:
        """Who; None: nobody."""
        return None if self.assignee.data == NOBODY else uuid.UUID(self.assignee.data)

    @property
    def seen(self) -> uuid.UUID | None:
        """What stood on the page."""
        with suppress(ValueError):
            return uuid.UUID(self.given.data or "")
        return None

    def fault(self, message: str) -> None:
        """Say why nothing was written."""
        self.assignee.errors = [message]
