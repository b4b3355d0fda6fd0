"""Forms of the desk about the first interview, and about who was seen to be who."""

from __future__ import annotations

import uuid
from collections.abc import Sequence, Set
from datetime import date, datetime
from typing import Any, Final, Protocol

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import ValidationError

from portal.domain.demand import ZURICH
from portal.domain.identity import CHOICES, LONGEST_REASON, IdentityPaper
from portal.domain.interview import (
    LONGEST_WORDS,
    Doubt,
    Interpreter,
    Meeting,
    Way,
    WrongTime,
    doubts,
    wrong_time,
)
from portal.forms.contact import read_clock
from portal.forms.fields import LineField, LinesField, clean, number
from portal.forms.text import LazyText, lazy
from portal.forms.text import gettext as _
from portal.i18n.interview import doubt_words, identity_words, interpreter_choice, way_words
from portal.i18n.languages import SPOKEN, STAFF_CODES
from portal.i18n.names import spoken_at_desk, with_latin
from portal.i18n.words import joined

CENTURY: Final = 2000
_MOST_DIGITS: Final = 9


class Choice(Protocol):
    """Somebody who may come."""

    @property
    def id(self) -> uuid.UUID:
        """Who."""

    @property
    def name(self) -> str | None:
        """Their name, if it was said."""

    @property
    def latin_name(self) -> str | None:
        """The same in Latin letters, if theirs are others."""


class SeenForm(FlaskForm):  # type: ignore[misc]
    """What every form about the interview brings back: the number of the last event on its page."""

    seen = HiddenField()

    @property
    def last_seen(self) -> int:
        """That number; 0 for what is none."""
        text = self.seen.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else 0


class InterviewForm(SeenForm):
    """Day, hour, place, interpreter, for whom; with a reason where it is moved."""

    day = StringField(lazy("Jour"))
    month = StringField(lazy("Mois"))
    year = StringField(lazy("Année"))
    time = StringField(lazy("Heure"))
    way = RadioField(lazy("Où ou comment ?"), validate_choice=False)
    antenna = SelectField(lazy("Quelle adresse du centre ?"), validate_choice=False)
    place = LineField(lazy("Quel autre endroit ?"), LONGEST_WORDS)
    interpreter = RadioField(lazy("Interprète"), validate_choice=False)
    language = SelectField(lazy("Langue de l’interprète"), validate_choice=False)
    adults = SelectMultipleField(lazy("Qui doit venir ?"), validate_choice=False)
    reason = LinesField(lazy("Pourquoi un autre moment ?"), LONGEST_WORDS, id="move-reason")
    asked = HiddenField()
    sure = BooleanField(lazy("Oui, ce jour et cette heure sont justes"))

    def __init__(
        self,
        now: datetime,
        holidays: Set[date],
        adults: Sequence[Choice],
        antennas: Sequence[tuple[str, str]],
        language: str,
        standing: Meeting | None,
        **options: Any,
    ) -> None:
        """`standing`: what is agreed and lies ahead or waits; another hour is then a move."""
        self.now, self.holidays, self.standing, self.at = now, holidays, standing, standing.at if standing else None
        self.code = language
        self.only_antenna = antennas[0][0] if len(antennas) == 1 else ""
        super().__init__(**options)
        self.way.choices = [(one.value, way_words(one, language)) for one in Way]
        self.interpreter.choices = [(one.value, interpreter_choice(one, language)) for one in Interpreter]
        self.antenna.choices = [("", "—"), *antennas]
        self.language.choices = [("", "—"), *((code, spoken_at_desk(code, language)) for code in SPOKEN)]
        self.adults.choices = [
            (str(one.id), with_latin(one.name or _("Nom à dire au guichet"), one.latin_name)) for one in adults
        ]
        self.found: datetime | None = None
        self.doubts: tuple[Doubt, ...] = ()

    def fill(self, meeting: Meeting | None, first: Choice | None, spoken: str, *, interpreter: bool | None) -> None:
        """What stands, else what is likely: the first adult, an interpreter where they asked for one, the one address.

        `interpreter` is None where nobody answered: then nothing is chosen in a language that the desk does not speak.
        """
        if meeting is None:
            foreign = spoken not in STAFF_CODES
            wanted = Interpreter.TO_BOOK if interpreter else Interpreter.NOT_NEEDED
            self.interpreter.data = "" if interpreter is None and foreign else wanted.value
            self.language.data = spoken if interpreter or (interpreter is None and foreign) else ""
            self.adults.data = [str(first.id)] if first else []
            self.antenna.data = self.only_antenna
            return
        local = meeting.at.astimezone(ZURICH)
        self.day.data, self.month.data, self.year.data = str(local.day), str(local.month), str(local.year)
        self.time.data, self.way.data = f"{local:%H:%M}", meeting.way.value
        self.antenna.data = meeting.antenna or self.only_antenna
        self.place.data, self.interpreter.data = meeting.place or "", meeting.interpreter.value
        self.language.data, self.adults.data = meeting.language or "", [str(one) for one in meeting.adults]

    def validate_day(self, _field: StringField) -> None:
        """A day and an hour that lie ahead."""
        day = self._day()
        try:
            clock = read_clock(self.time.data)
        except ValueError:
            return  # said beside the hour
        if clock is None:
            return
        at = datetime.combine(day, clock, ZURICH)
        if at != self.at and (wrong := wrong_time(at, self.now)) is not None:
            raise ValidationError(
                _("Ce moment est passé. Choisissez un jour et une heure à venir.")
                if wrong is WrongTime.PAST
                else _("Ce jour est dans plus d’un an. Vérifiez l’année.")
            )
        if at == self.at and at <= self.now:
            raise ValidationError(_("Ce moment est passé. Choisissez un jour et une heure à venir."))
        self.found, self.doubts = at, doubts(at, self.holidays)

    def validate_time(self, field: StringField) -> None:
        """An hour that exists."""
        try:
            clock = read_clock(field.data)
        except ValueError:
            raise ValidationError(_("Écrivez l’heure ainsi : 14:30. De 0:00 à 23:59.")) from None
        if clock is None:
            raise ValidationError(_("Écrivez l’heure de l’entretien."))

    def validate_way(self, field: RadioField) -> None:
        """One of the five."""
        if field.data not in dict(field.choices):
            raise ValidationError(_("Choisissez où ou comment."))

    def validate_antenna(self, field: SelectField) -> None:
        """Wanted at the centre only."""
        if self.way.data == Way.ANTENNA.value and (not field.data or field.data not in dict(field.choices)):
            raise ValidationError(_("Choisissez une adresse du centre."))

    def validate_place(self, field: LineField) -> None:
        """Wanted elsewhere only."""
        if self.way.data == Way.ELSEWHERE.value and not clean(field.data):
            raise ValidationError(_("Écrivez l’endroit."))

    def validate_interpreter(self, field: RadioField) -> None:
        """One of the three."""
        if field.data not in dict(field.choices):
            raise ValidationError(_("Dites s’il faut un interprète."))

    def validate_language(self, field: SelectField) -> None:
        """Wanted where somebody translates."""
        wanted = self.interpreter.data in (Interpreter.TO_BOOK.value, Interpreter.BOOKED.value)
        if wanted and (not field.data or field.data not in SPOKEN):
            raise ValidationError(_("Choisissez la langue de l’interprète."))

    def validate_adults(self, field: SelectMultipleField) -> None:
        """One at least, of this household."""
        if not field.data or not set(field.data) <= set(dict(field.choices)):
            raise ValidationError(_("Choisissez au moins une personne."))

    def validate_reason(self, field: LinesField) -> None:
        """Wanted where the hour changes."""
        if self.moves and not clean(field.data):
            raise ValidationError(_("Dites pourquoi l’entretien est déplacé."))

    def validate_sure(self, field: BooleanField) -> None:
        """Asked where something is unusual, about this very moment."""
        if self.doubts and self.found != self.at and not (field.data and self.asked.data == self.found_iso):
            field.data = False
            said = [doubt_words(one, self.code) for one in self.doubts]
            raise ValidationError(joined(" ", (*said, _("Est-ce juste ?"))))

    @property
    def found_iso(self) -> str:
        """The moment that was typed, as the page asks about it; empty where it is none."""
        return self.found.astimezone(ZURICH).isoformat() if self.found else ""

    @property
    def moves(self) -> bool:
        """Whether another hour is wanted than the one that is agreed."""
        return self.at is not None and self.found is not None and self.found != self.at

    def meeting(self) -> Meeting:
        """What was typed. Only after `validate()`."""
        if self.found is None:
            raise RuntimeError("validate first")
        way, interpreter = Way(self.way.data), Interpreter(self.interpreter.data)
        return Meeting(
            self.found,
            way,
            self.antenna.data if way is Way.ANTENNA else None,
            clean(self.place.data) if way is Way.ELSEWHERE else None,
            interpreter,
            self.language.data if interpreter is not Interpreter.NOT_NEEDED else None,
            tuple(uuid.UUID(one) for one in self.adults.data),
        )

    def _day(self) -> date:
        """The day that was typed; without a year the next such day."""
        try:
            day, month, year = (number(one.data) for one in (self.day, self.month, self.year))
        except ValueError:
            raise ValidationError(_("Écrivez la date en chiffres. Exemple : 7 3 2026.")) from None
        if day is None or month is None:
            raise ValidationError(_("Écrivez le jour et le mois."))
        today = self.now.astimezone(ZURICH).date()
        if year is not None and year < 100:
            year += CENTURY
        try:
            found = date(year or today.year, month, day)
            return found.replace(year=found.year + 1) if year is None and found < today else found
        except ValueError:
            raise ValidationError(_("Cette date n’existe pas.")) from None


class EndForm(SeenForm):
    """What is said of an agreed interview with a reason."""

    why: LinesField
    missing: LazyText
    """What is said where there is none."""

    def validate_why(self, field: LinesField) -> None:
        """Always with a reason."""
        if not clean(field.data):
            raise ValidationError(str(self.missing))


class MissedForm(EndForm):
    """It did not take place; by whom is not asked."""

    why = LinesField(lazy("Pourquoi n’a-t-il pas eu lieu ? (pour le centre seulement)"), LONGEST_WORDS)
    missing = lazy("Dites pourquoi l’entretien n’a pas eu lieu.")


class CallOffForm(EndForm):
    """It will not be."""

    why = LinesField(lazy("Pourquoi est-il annulé ? (pour le centre seulement)"), LONGEST_WORDS)
    missing = lazy("Dites pourquoi l’entretien est annulé.")


class MistakeForm(EndForm):
    """What was noted of its end is wrong."""

    why = LinesField(lazy("Pourquoi retirer cette note ?"), LONGEST_WORDS)
    missing = lazy("Dites pourquoi vous retirez cette note.")


class IdentityForm(FlaskForm):  # type: ignore[misc]
    """Which paper of which adult was seen."""

    paper = SelectField(lazy("Quelle pièce avez-vous vue ?"), validate_choice=False)

    def __init__(self, language: str, **options: Any) -> None:
        super().__init__(**options)
        self.paper.choices = [("", "—"), *((one.value, identity_words(one, language)) for one in CHOICES)]

    def validate_paper(self, field: SelectField) -> None:
        """One of the list."""
        if not field.data or field.data not in dict(field.choices):
            raise ValidationError(_("Choisissez la pièce."))

    @property
    def chosen(self) -> IdentityPaper:
        """What was chosen. Only after `validate()`."""
        return IdentityPaper(self.paper.data)


class TakeBackForm(FlaskForm):  # type: ignore[misc]
    """It was noted by mistake."""

    why_back = LinesField(lazy("Pourquoi retirer cette note ?"), LONGEST_REASON)

    def validate_why_back(self, field: LinesField) -> None:
        """Always with a reason."""
        if not clean(field.data):
            raise ValidationError(_("Dites pourquoi vous retirez cette note."))
