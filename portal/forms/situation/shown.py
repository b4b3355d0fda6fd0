"""What stands on a page of the situation, in words: for checking, for two answers side by side, for what has changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField

from portal.forms.choices import CommuneField
from portal.forms.estimate.fields import FrancsField
from portal.forms.situation.boxes import DayField
from portal.forms.situation.fields import Json, QuestionPart
from portal.forms.text import gettext
from portal.i18n.estimate.spans import francs
from portal.i18n.formats import short_date
from portal.i18n.words import joined


def filled(form: type[QuestionPart], record: Json, today: date) -> QuestionPart:
    """The page with the answers that stand in a record (the household's, or a person's), validated."""
    part = form(MultiDict(form.shown(record, today)), today)
    part.validate()
    return part


def in_words(form: type[QuestionPart], record: Json, today: date, language: str) -> tuple[str, ...]:
    """Each answer of the page as it is read; nothing where nothing was said."""
    part = filled(form, record, today)
    several = len(part.asked) > 1
    found = []
    for field in part:
        words = list(_words(field, language))
        if words and not isinstance(field, BooleanField | SelectMultipleField) and several:
            found.append(gettext("%(label)s : %(error)s", label=field.label.text, error=joined(", ", words)))
        else:
            found += words
    return (*found, *form.known_already(record))


def _words(field: Any, language: str) -> Iterator[str]:
    if isinstance(field, DayField):
        if field.day:
            yield short_date(field.day, language)
        elif field.year:
            yield str(field.year)
    elif isinstance(field, BooleanField):
        if field.data:
            yield str(field.label.text)
    elif isinstance(field, FrancsField):
        if field.centimes is not None:
            yield francs(field.centimes, language)
    elif isinstance(field, CommuneField | SelectMultipleField | RadioField | SelectField):
        chosen = field.data if isinstance(field.data, list) else [field.data]
        choices = field.iter_choices() if isinstance(field, CommuneField) else field.choices
        labels = {str(one[0]): str(one[1]) for one in choices}
        yield from (labels[one] for one in chosen if one and one in labels)
    elif field.data:
        yield str(field.data)
