"""What somebody says to defend themselves. Nothing must be answered: what is missing becomes a blank of the letter."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from flask_wtf import FlaskForm
from wtforms import Field, RadioField, SelectMultipleField, StringField
from wtforms.validators import ValidationError

from portal.domain.defence import DECIDED, REASONS, Dates, Day, Event, Letter, Told, faults
from portal.domain.reference import parse_reference
from portal.domain.situation.kinds import Amount
from portal.forms.binding import CopiedFields
from portal.forms.choices import UNKNOWN_COMMUNE, CommuneField
from portal.forms.defence_words import REASON_WORDS, fault_words
from portal.forms.estimate.fields import FrancsField
from portal.forms.fields import LineField, LinesField, clean, few_lines, number
from portal.forms.text import gettext as _
from portal.forms.text import lazy
from portal.law.parameters import FIRST_DAY

CENTURY: Final = 2000
_SHORT_YEAR: Final = 100
_ADDRESS_LINES: Final = 6
_MOST: Final = 9_999_999
"""In francs: no debt towards a commune comes near it."""
COLLECTED, LEFT = "collected", "left"
_DAYS: Final = {
    Event.NO_ANSWER: (Day.FILED, Day.URGENT),
    Event.REFUSED: (Day.NOTIFIED, Day.DECIDED, Day.FILED),
    Event.CUT: (Day.NOTIFIED, Day.DECIDED),
    Event.DISAGREE: (Day.NOTIFIED, Day.DECIDED, Day.FILED),
    Event.FILE: (),
    Event.REPAY: (Day.NOTIFIED, Day.DECIDED),
    Event.CHANGED: (Day.CHANGED,),
}
_LANGUAGES: Final = [
    ("", lazy("Selon ma commune")),
    ("fr", lazy("En français")),
    ("de", lazy("En allemand")),
]


def _date() -> tuple[StringField, StringField, StringField]:
    """The three parts of a date."""
    return StringField(lazy("Jour")), StringField(lazy("Mois")), StringField(lazy("Année"))


class DefendForm(FlaskForm):  # type: ignore[misc]
    """One page of questions; which of them are asked depends on the event."""

    class Meta(CopiedFields):
        """CSRFProtect has checked the token before any view runs."""

        csrf = False

    notified_day, notified_month, notified_year = _date()
    decided_day, decided_month, decided_year = _date()
    filed_day, filed_month, filed_year = _date()
    urgent_day, urgent_month, urgent_year = _date()
    changed_day, changed_month, changed_year = _date()
    how = RadioField(
        lazy("Comment est-elle arrivée ?"),
        choices=[
            (COLLECTED, lazy("Je l’ai reçue ce jour-là")),
            (LEFT, lazy("Lettre recommandée pas retirée : c’est la date de l’avis")),
        ],
        default=COLLECTED,
        validate_choice=False,
    )
    amount = FrancsField(lazy("Montant demandé"), Amount(_MOST))
    reasons = SelectMultipleField(lazy("Qu’est-ce qui est vrai pour vous ?"), choices=[], validate_choice=False)
    words = LinesField(lazy("Avec vos mots"), 4000)
    name = LineField(lazy("Prénom et nom"), 200)
    address = LinesField(lazy("Adresse postale"), 500, few_lines(_ADDRESS_LINES))
    commune = CommuneField(lazy("Commune"), validate_choice=False)
    reference = LineField(lazy("Référence"), 40)
    language = RadioField(lazy("Langue de la lettre"), choices=_LANGUAGES, default="", validate_choice=False)

    def __init__(self, event: Event, today: date, **options: Any) -> None:
        super().__init__(**options)
        self.event, self.today = event, today
        self.commune.day = today
        self.reasons.choices = [(key, REASON_WORDS[key]) for key in REASONS[event]]
        self._dates = Dates()
        if event is not Event.REPAY:
            del self.amount  # nobody may be stopped by a box that the page does not show

    @property
    def days(self) -> tuple[str, ...]:
        """The dates that are asked for, in order."""
        return tuple(day.value for day in _DAYS[self.event])

    @property
    def asks_how(self) -> bool:
        """Whether it matters how the decision came."""
        return self.event in DECIDED

    def validate_reference(self, field: LineField) -> None:
        """Nothing, or a reference whose check digits are right."""
        if clean(field.data) and parse_reference(field.data) is None:
            raise ValidationError(_("Cette référence n’est pas juste. Regardez-la sur votre reçu, ou laissez vide."))

    def validate(self, extra_validators: Any = None) -> bool:
        """Every field, and the dates among each other."""
        fine = bool(super().validate(extra_validators))
        if self.commune.data and self.commune.data != UNKNOWN_COMMUNE and self.commune.number is None:
            self._fault(
                self.commune,
                _("Cette commune n’est pas dans la liste du Valais. Choisissez-en une, ou « Je ne sais pas »."),
            )
            fine = False
        found: dict[str, date] = {}
        for day in self.days:
            try:
                if (read := self._read(day)) is not None:
                    found[day] = read
            except ValueError as error:
                self._fault(self[f"{day}_day"], str(error))
                fine = False
        self._dates = Dates(**found, collected=self.how.data != LEFT)
        wrong = faults(self._dates, self.today, FIRST_DAY)
        for day, fault in wrong.items():
            self._fault(self[f"{day.value}_day"], fault_words(fault, day))
        return fine and not wrong

    def _read(self, day: str) -> date | None:
        """The date in three boxes; None when all are empty. ValueError with a sentence for the person."""
        try:
            parts = [number(self[f"{day}_{part}"].data) for part in ("day", "month", "year")]
        except ValueError:
            raise ValueError(_("Écrivez la date en chiffres. Exemple : 7 3 2026.")) from None
        if parts == [None, None, None]:
            return None
        a_day, month, year = parts
        if a_day is None or month is None or year is None:
            raise ValueError(_("Il manque le jour, le mois ou l’année. Complétez la date, ou effacez-la."))
        try:
            return date(year + CENTURY if year < _SHORT_YEAR else year, month, a_day)
        except ValueError:
            raise ValueError(_("Cette date n’existe pas.")) from None

    def _fault(self, field: Field, sentence: str) -> None:
        field.errors = [*field.errors, sentence]

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Every fault as (field id, sentence), in the order of the page."""
        return [(field.id, str(error)) for field in self for error in field.errors]

    @property
    def sent(self) -> list[tuple[str, str]]:
        """Every answer as a pair, for a form that carries them on unseen."""
        found: list[tuple[str, str]] = []
        for field in self:
            data = field.data
            values = data if isinstance(data, list) else [data]
            found += [(field.name, str(value)) for value in values if value]
        return found

    def told(self) -> Told:
        """What was said. Only after `validate()`."""
        ticked = set(self.reasons.data or ())
        return Told(
            event=self.event,
            dates=self._dates,
            name=_one_line(self.name.data),
            address=clean(self.address.data),
            commune_bfs=self.commune.number,
            reference=parse_reference(self.reference.data or ""),
            centimes=self.amount.centimes if self.amount else None,
            reasons=tuple(key for key in REASONS[self.event] if key in ticked),
            words=clean(self.words.data) if REASONS[self.event] else None,
        )

    def wish(self, name: str, offered: tuple[Letter, ...]) -> Letter:
        """The letter of that name where it is one of those offered; else the first of them."""
        return next((letter for letter in offered if letter.value == name), offered[0])


def _one_line(text: str | None) -> str | None:
    kept = clean(text)
    return " ".join(kept.split()) if kept else None
