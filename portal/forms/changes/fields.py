"""From what a kind of change asks to a field, and from what was typed to the JSON form of the answer, and back."""

from __future__ import annotations

import re
from typing import Any, Final

from wtforms import RadioField, SelectField, SelectMultipleField

from portal.domain.changes.kinds import INCOME, Ask, ChangeKind
from portal.domain.situation.kinds import Amount, Day, OneOf, Several, Whole, Words, YesNo
from portal.forms.changes.offered import CHOICES, DO_NOT_KNOW, UNKNOWN, YES_NO
from portal.forms.changes.words import Label
from portal.forms.choices import CommuneField
from portal.forms.estimate.fields import FrancsField, PercentField
from portal.forms.fields import LineField, clean
from portal.forms.situation.boxes import DayField
from portal.i18n.changes import ask_label

COMMUNE: Final = "commune"
MOST_RADIOS: Final = 5
"""More choices stand in a list that opens."""
_LINE_ENDS: Final = re.compile("[\u2028\u2029]")


def field_of(kind: ChangeKind, ask: Ask) -> Any:
    """The field that asks it."""
    label: Any = Label(lambda language: ask_label(kind, ask.name, language))
    match ask.kind:
        case Amount():
            return FrancsField(label, ask.kind)
        case Whole() if ask.name == COMMUNE:
            return CommuneField(label, validate_choice=False)
        case Whole():
            return PercentField(label, ask.kind)
        case Day():
            return DayField(label, past=ask.kind.past or None)
        case Words() if ask.kind is not INCOME:
            return LineField(label, ask.kind.longest)
        case _:
            return _choice(label, ask)


def _choice(label: Any, ask: Ask) -> Any:
    match ask.kind:
        case YesNo():
            return _radios(label, YES_NO, ask)
        case Several():
            return SelectMultipleField(label, choices=CHOICES[ask.kind.choices], validate_choice=False)
        case OneOf() if len(CHOICES[ask.kind.choices]) > MOST_RADIOS:
            return SelectField(label, choices=[("", "—"), *CHOICES[ask.kind.choices]], validate_choice=False)
        case OneOf():
            return _radios(label, CHOICES[ask.kind.choices], ask)
        case _:  # an income: what may be chosen is known for each household only
            return RadioField(label, choices=[], validate_choice=False)


def _radios(label: Any, choices: list[Any], ask: Ask) -> Any:
    return RadioField(label, choices=choices if ask.needed else [*choices, DO_NOT_KNOW], validate_choice=False)


def answer(field: Any, ask: Ask) -> Any:
    """The JSON form of what was typed; None for nothing. After validation; not for an income."""
    match ask.kind:
        case Amount():
            return None if field.centimes is None else ask.kind.write(field.centimes)
        case Whole():
            return field.number
        case Day():
            return field.day.isoformat() if field.day else None
        case YesNo():
            return {"yes": True, "no": False}.get(field.data)
        case Several():
            return [value for value, _label in field.choices if value in (field.data or [])] or None
        case OneOf():
            return field.data if field.data in {value for value, *_rest in field.choices} - {UNKNOWN, ""} else None
        case _:
            return _LINE_ENDS.sub(" ", clean(field.data) or "") or None


def texts(name: str, ask: Ask, value: Any) -> dict[str, list[str]]:
    """What a browser would send for an answer. `name`: of the field."""
    match ask.kind:
        case Day():
            return day_texts(name, str(value))
        case YesNo():
            return {name: ["yes" if value else "no"]}
        case Several():
            return {name: [str(one) for one in value]}
        case Amount():
            return {name: [str(value).removesuffix(".00")]}
        case _:
            return {name: [str(value)]}


def day_texts(name: str, day: str) -> dict[str, list[str]]:
    """The three boxes of a day."""
    parts = zip(("year", "month", "day"), day.split("-"), strict=True)
    return {f"{name}-{part}": [str(int(text))] for part, text in parts}
