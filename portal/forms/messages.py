"""Forms of the thread with the centre: a message, a request, and at the desk an answer."""

from __future__ import annotations

import uuid
from typing import Any, Final

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField
from wtforms.validators import ValidationError

from portal.domain.case_request import LONGEST, RequestKind
from portal.forms.binding import named
from portal.forms.fields import LinesField, clean
from portal.forms.text import LazyText, lazy
from portal.forms.text import gettext as _
from portal.i18n.languages import BY_CODE, STAFF_CODES

LABELS: Final = {
    RequestKind.URGENT: lazy("Que vous manque-t-il, et depuis quand ?"),
    RequestKind.REEXAMINATION: lazy("Qu’est-ce qui a changé, ou qu’est-ce que le centre ne savait pas ?"),
    RequestKind.DECISION: lazy("Sur quoi voulez-vous une décision ?"),
    RequestKind.FILE: lazy("Que voulez-vous voir ?"),
}


class MessageForm(FlaskForm):  # type: ignore[misc]
    """Free words to the centre."""

    words = LinesField(lazy("Votre message"), LONGEST)
    made = HiddenField()

    def validate_words(self, field: LinesField) -> None:
        """Something has to stand there."""
        if clean(field.data) is None:
            raise ValidationError(_("Écrivez d’abord votre message."))

    def fault(self, message: str) -> None:
        """Say why it was not sent; what was typed stays."""
        self.words.errors = [message]


class RequestForm(FlaskForm):  # type: ignore[misc]
    """A request; words may come with it, none is asked for."""

    words = LinesField(LazyText(""), LONGEST)
    made = HiddenField()

    def __init__(self, kind: RequestKind, **options: Any) -> None:
        super().__init__(**options)
        named(self.words, LABELS[kind])

    def fault(self, message: str) -> None:
        """Say why it was not sent; what was typed stays."""
        self.words.errors = [message]


class AnswerForm(MessageForm):
    """The centre writes to one adult; its page has one such form for each."""

    words = LinesField(lazy("Votre réponse"), LONGEST)
    language = RadioField(
        lazy("Langue de la réponse"),
        choices=[(code, BY_CODE[code].name) for code in STAFF_CODES],
        validate_choice=False,
    )
    seen = HiddenField()

    def __init__(self, adult_id: uuid.UUID, **options: Any) -> None:
        super().__init__(**options)
        for field in self:
            field.id = f"{field.name}-{adult_id}"

    def validate_language(self, field: RadioField) -> None:
        """One of the two official languages."""
        if field.data not in STAFF_CODES:
            raise ValidationError(_("Choisissez une langue de la liste."))

    @property
    def lines_seen(self) -> int:
        """How many lines stood on the page; -1, which no thread has, for what no page has sent."""
        return lines_seen(self.seen.data)


def lines_seen(text: str | None) -> int:
    """How many lines of a thread stood on a page; -1, which no thread has, for what no page has sent."""
    text = text or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else -1
