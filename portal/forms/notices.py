"""Forms about a notice: the questions of a chapter, and to say that it was read and understood."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField
from wtforms.validators import ValidationError

from portal.domain.notice import Question
from portal.forms.text import gettext as _
from portal.forms.text import lazy
from portal.i18n.languages import CODES, OWN_NAMES

MOST_VERSION = 10_000


class Sent(Protocol):
    """What a browser sends: several values may have one name."""

    def getlist(self, key: str) -> list[str]:
        """Every value of that name."""


def chosen(sent: Sent, questions: Collection[Question]) -> Mapping[str, frozenset[str]]:
    """Question id → the answers that were chosen; what is no answer of the question is left out."""
    return {one.id: frozenset(sent.getlist(one.id)) & frozenset(one.answers) for one in questions}


class AcknowledgeForm(FlaskForm):  # type: ignore[misc]
    """One adult says for themselves that they read and understood."""

    understood = BooleanField(lazy("J’ai lu ce texte, et je le comprends"))

    def validate_understood(self, field: BooleanField) -> None:
        """Must be ticked; whoever does not understand is told where to ask."""
        if not field.data:
            raise ValidationError(
                _("Cochez la case si vous avez lu et compris. Sinon, demandez au centre de vous expliquer.")
            )


class LinkForm(FlaskForm):  # type: ignore[misc]
    """In which language the other adult reads."""

    language = SelectField(lazy("Langue de la personne"), choices=list(OWN_NAMES), validate_choice=False)

    def validate_language(self, field: SelectField) -> None:
        """A language of the portal."""
        if field.data not in CODES:
            raise ValidationError(_("Choisissez une langue de la liste."))


def version_of(text: str) -> int:
    """The version that a page was made with; 0, which none has, for what is no version."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 and int(text) < MOST_VERSION else 0
