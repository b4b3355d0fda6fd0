"""One page of the situation as a form: its fields bear the names of the model, so that each answer goes in and out by its kind.

Nobody must know everything: every page takes «I do not know» and «I prefer to say it at the interview». Where a
question is a choice they are two choices more; else they are two boxes below the fields, for what was left empty.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any, ClassVar, Final

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField

from portal.domain.situation import Missing, Person, Situation
from portal.domain.situation.kinds import Amount, Several, YesNo
from portal.forms.choices import UNKNOWN_COMMUNE, CommuneField
from portal.forms.estimate.fields import FrancsField, WholeField
from portal.forms.estimate.parts import Part
from portal.forms.fields import clean
from portal.forms.situation.boxes import DayField
from portal.forms.text import LazyText, lazy
from portal.forms.text import gettext as _

Json = dict[str, Any]
OPEN: Final = tuple(missing.value for missing in Missing)
OPEN_CHOICES: Final = [
    (Missing.UNKNOWN.value, lazy("Je ne sais pas")),
    (Missing.AT_INTERVIEW.value, lazy("Je préfère le dire à l’entretien")),
]
_LINE_ENDS: Final = re.compile("[\u2028\u2029]")
"""Line ends that come with a pasted text; the model has its texts on one line."""
YES_NO: Final = [("yes", lazy("Oui")), ("no", lazy("Non"))]
KINDS: Final = {
    spec.name: spec.metadata["kind"]
    for record in (Person, Situation)
    for spec in fields(record)
    if "kind" in spec.metadata
}
"""Of every answer of the model, by its name."""


def choice(label: LazyText, choices: list[Any]) -> Any:
    """A choice, with the two ways to leave it open."""
    return RadioField(label, choices=[*choices, *OPEN_CHOICES], validate_choice=False)


def yes_no(label: LazyText) -> Any:
    """The same for yes and no."""
    return choice(label, YES_NO)


class QuestionPart(Part):
    """One page. A subclass names its fields like the model; `title` is the question itself."""

    title: ClassVar[LazyText]
    why: ClassVar[LazyText]
    """Why it is asked, in a sentence."""
    law: ClassVar[str | None] = None
    """The parameter of the law behind it; None: no text of the law asks for it by name."""
    hint: ClassVar[LazyText | None] = None
    shows: ClassVar[dict[str, str]] = {}
    """Fields that belong to some choice: field → `activity=employed|part_time`."""
    open_box: ClassVar[bool] = False
    """Whether the two boxes for open answers stand below the fields."""
    either: ClassVar[bool] = True
    """Whether one of those boxes and an answer to everything exclude each other."""
    today: date

    unknown = BooleanField(lazy("Je ne sais pas"))
    at_interview = BooleanField(lazy("Je préfère le dire à l’entretien"))

    def __init__(self, sent: Mapping[str, Any], today: date, **options: Any) -> None:
        self.today = today
        super().__init__(sent if isinstance(sent, MultiDict) else MultiDict(dict(sent)), **options)
        for field in self:
            if isinstance(field, DayField):
                field.today = today
            elif isinstance(field, CommuneField):
                field.day = today

    @property
    def asked(self) -> tuple[Any, ...]:
        """Its fields without the two boxes."""
        return tuple(field for field in self if field.short_name not in OPEN)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name under which something of it is sent."""
        return tuple(name for field in self for name in (field.names if isinstance(field, DayField) else (field.name,)))

    @property
    def missing(self) -> str | None:
        """Which box was ticked, if any; the interview before not knowing."""
        if not self.open_box:
            return None
        return OPEN[1] if self.at_interview.data else OPEN[0] if self.unknown.data else None

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: a box is for what was left empty, so it needs something that is."""
        valid: bool = super().validate(extra_validators)
        if valid and self.either and self.missing and all(_answer(field) not in (None, []) for field in self.asked):
            box = self.at_interview if self.at_interview.data else self.unknown
            box.errors = [_("Vous avez répondu et coché cette case. Gardez l’un des deux.")]
            valid = False
        return valid

    def answers(self, record: Json) -> Json:  # noqa: ARG002 - pages that change a list need what stands there
        """The answers in the JSON form of the model; None where nothing was said. After validation only."""
        found = {field.short_name: _answer(field) for field in self.asked if not self.hides(field.short_name)}
        said = {name: self.missing if answer in (None, []) else answer for name, answer in found.items()}
        return {field.short_name: said.get(field.short_name) for field in self.asked}

    @classmethod
    def known_already(cls, record: Json) -> tuple[str, ...]:  # noqa: ARG003 - most pages show all that was said in their fields
        """What is known already and stands in no field, in words."""
        return ()

    def hides(self, name: str) -> bool:
        """Whether a field belongs to a choice that was not made: what stands in it is no answer any more."""
        field, _equals, values = self.shows.get(name, "").partition("=")
        return bool(field) and self[field].data not in values.split("|")

    @classmethod
    def shown(cls, record: Json, today: date) -> dict[str, list[str]]:
        """What a browser would send for the answers of a record: name → texts."""
        blank = cls(MultiDict(), today)
        found: dict[str, list[str]] = {}
        missing = set()
        for field in blank.asked:
            answer = _today(record.get(field.short_name), today)
            if cls.open_box and answer in OPEN and not _offers(field, answer):
                missing.add(answer)
            elif answer is not None:
                found |= _texts(field, answer)
        if missing:
            found[OPEN[1] if OPEN[1] in missing else OPEN[0]] = ["y"]
        return found


def _offers(field: Any, answer: str) -> bool:
    """Whether an open answer is one of the field's own choices."""
    return isinstance(field, RadioField) or (isinstance(field, CommuneField) and answer == UNKNOWN_COMMUNE)


def _today(answer: Any, today: date) -> Any:
    """What holds today of an answer that changes over time."""
    if isinstance(answer, list) and answer and isinstance(answer[0], Mapping) and "from" in answer[0]:
        past = [one["value"] for one in answer if one["from"] is None or one["from"] <= today.isoformat()]
        return past[-1] if past else None
    return answer


def _answer(field: Any) -> Any:
    """The JSON form of what was typed into one field; None for nothing."""
    name = field.short_name
    if isinstance(field, FrancsField):
        return None if field.centimes is None else Amount(0).write(field.centimes)
    if isinstance(field, WholeField):
        return field.number
    if isinstance(field, DayField):
        return field.day.isoformat() if field.day else None
    if isinstance(field, CommuneField):
        return Missing.UNKNOWN.value if field.data == UNKNOWN_COMMUNE else field.number
    if isinstance(field, SelectMultipleField):
        return list(field.data or [])
    if isinstance(field, RadioField | SelectField):
        allowed = {value for value, *_rest in field.choices}
        chosen = field.data if field.data in allowed else None
        if chosen in OPEN or not chosen:
            return chosen or None
        return chosen == "yes" if isinstance(KINDS.get(name), YesNo) else chosen
    return _LINE_ENDS.sub(" ", clean(field.data) or "") or None


def _texts(field: Any, answer: Any) -> dict[str, list[str]]:
    kind = KINDS.get(field.short_name)
    if isinstance(field, DayField):
        year, month, day = str(answer).split("-")
        return dict(zip(field.names, ([str(int(day))], [str(int(month))], [year]), strict=True))
    if isinstance(kind, YesNo) and isinstance(answer, bool):
        return {field.name: ["yes" if answer else "no"]}
    if isinstance(kind, Several) and isinstance(answer, list):
        return {field.name: [str(one) for one in answer]}
    if isinstance(kind, Amount):
        return {field.name: [str(answer).removesuffix(".00")]}
    return {field.name: [str(answer)]}
