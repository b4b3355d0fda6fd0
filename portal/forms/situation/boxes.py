"""Fields of their own kind: a day in three boxes, the number of an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from wtforms import Field, StringField
from wtforms.validators import ValidationError

from portal.domain.demand import FURTHEST_AHEAD
from portal.domain.situation.kinds import Day, WrongAnswerError
from portal.domain.situation.model import IBAN
from portal.forms.estimate.fields import western
from portal.forms.fields import clean, number
from portal.forms.text import gettext as _
from portal.forms.text import lazy


@dataclass(frozen=True)
class DayPart:
    """One box of a day, as the component for dates wants it."""

    id: str
    name: str
    text: str
    label: Any
    errors: tuple[str, ...] = ()

    def _value(self) -> str:
        return self.text


class DayField(Field):  # type: ignore[misc]
    """A day in three boxes: `born-day`, `born-month`, `born-year`. `day` holds what validation read."""

    PARTS: ClassVar = (("day", lazy("Jour")), ("month", lazy("Mois")), ("year", lazy("Année")))
    day: date | None = None
    today: date
    """The latest day there may be; the first one for a day to come, which lies within a year; `past` None: any day."""

    year: int | None = None
    """What was read where the year alone is enough, and only the year was typed."""

    def __init__(self, label: Any, *, past: bool | None = True, year_alone: bool = False, **options: Any) -> None:
        self.past, self.year_alone = past, year_alone
        super().__init__(label, **options)

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:  # noqa: ARG002 - WTForms' own signature
        """Read the three boxes."""
        self.process_errors: list[str] = []
        self.data = tuple((formdata or {}).get(f"{self.name}-{part}", "") for part, _label in self.PARTS)

    @property
    def boxes(self) -> tuple[DayPart, ...]:
        """The three boxes; the first one carries the field's own id, so that the error summary leads to it."""
        return tuple(
            DayPart(
                self.id if part == "day" else f"{self.id}-{part}",
                f"{self.name}-{part}",
                text,
                _Label(label),
                tuple(self.errors) if part == "day" else (),
            )
            for (part, label), text in zip(self.PARTS, self.data, strict=True)
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The names under which it is sent."""
        return tuple(f"{self.name}-{part}" for part, _label in self.PARTS)

    def post_validate(self, form: Any, validation_stopped: bool) -> None:  # noqa: ARG002 - WTForms' own signature
        """Refuse what is no day, or lies on the wrong side of today, or too far ahead."""
        self.day = self.year = None
        try:
            day, month, year = (number(text) for text in self.data)
        except ValueError:
            raise ValidationError(_("Écrivez la date en chiffres. Exemple : 7 3 2026.")) from None
        if day is None and month is None and year is None:
            return
        if self.year_alone and day is None and month is None and year is not None:
            if not Day.oldest.year <= year <= self.today.year:
                raise ValidationError(_("Écrivez l’année avec quatre chiffres. Exemple : %(year)s.", year=1985))
            self.year = year
            return
        if day is None or month is None or year is None:
            raise ValidationError(_("Écrivez le jour, le mois et l’année. Ou laissez les trois cases vides."))
        try:
            found = date(year, month, day)
        except ValueError:
            raise ValidationError(_("Cette date n’existe pas.")) from None
        self._check_side(found)
        if found < Day.oldest:
            raise ValidationError(_("Écrivez l’année avec quatre chiffres. Exemple : %(year)s.", year=1985))
        self.day = found

    def _check_side(self, found: date) -> None:
        if self.past and found > self.today:
            raise ValidationError(_("Cette date est dans le futur."))
        if self.past is False and found < self.today:
            raise ValidationError(_("Cette date est passée."))
        if self.past is False and found > self.today + FURTHEST_AHEAD:
            raise ValidationError(_("C’est plus d’une année. Vérifiez la date."))


@dataclass(frozen=True)
class _Label:
    text: Any


class IbanField(StringField):  # type: ignore[misc]
    """The number of an account; blanks may stand anywhere."""

    data: str | None

    def post_validate(self, form: Any, validation_stopped: bool) -> None:  # noqa: ARG002 - WTForms' own signature
        """Refuse what is no IBAN: its form, and its two check digits (ISO 7064, modulo 97)."""
        text = western("".join((clean(self.data) or "").split()).upper())
        if not text:
            return
        try:
            IBAN.read(text, date.min)
        except WrongAnswerError:
            raise ValidationError(_("Un IBAN suisse commence par CH et a 21 signes. Il est sur votre carte.")) from None
        turned = text[4:] + text[:4]
        if int("".join(str(int(sign, 36)) for sign in turned)) % 97 != 1:
            raise ValidationError(_("Un chiffre de cet IBAN n’est pas juste. Comparez avec votre carte."))
        self.data = text
