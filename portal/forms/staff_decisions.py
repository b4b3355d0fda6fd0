"""What a caseworker notes of a written decision of the commune, and why a second one finds it wrong."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from werkzeug.datastructures import MultiDict
from wtforms import Form, HiddenField, RadioField, SelectField
from wtforms.validators import ValidationError

from portal.domain.decision import LONGEST, Answers, DecisionKind, Fault, faults
from portal.forms.binding import CopiedFields
from portal.forms.fields import LinesField, clean
from portal.forms.situation.boxes import DayField
from portal.forms.text import gettext as _
from portal.forms.text import lazy
from portal.i18n.decisions import answers_words, kind_words
from portal.i18n.formats import long_date
from portal.i18n.words import joined
from portal.law.parameters import FIRST_DAY
from portal.services.decisions.desk import Matter
from portal.services.decisions.recording import Noted
from portal.services.decisions.rows import Record

MISTAKE: Final = "mistake"
"""In the place of a kind: there is no such decision, the record that is corrected was a mistake."""


class DecisionForm(Form):  # type: ignore[misc]
    """A decision, or the correction of one that was confirmed."""

    Meta = CopiedFields

    matter = RadioField(lazy("À quoi répond-elle ?"), validate_choice=False)
    kind = SelectField(lazy("Genre de décision"), validate_choice=False)
    decided = DayField(lazy("Date de la décision"), past=None)
    notified = DayField(lazy("Notifiée le"), past=None)
    note = LinesField(lazy("Note pour le centre"), LONGEST)
    token = HiddenField()
    seen = HiddenField()

    def __init__(
        self,
        sent: MultiDict[str, str] | None,
        matters: Sequence[Matter],
        today: date,
        language: str,
        *,
        corrects: Record | None = None,
    ) -> None:
        super().__init__(sent if sent is not None else _begun(corrects))
        self._today, self._language, self._corrects = today, language, corrects
        self._matters = {one.value: one for one in matters}
        if corrects is not None and _value(corrects) not in self._matters:
            # What it answered is not offered any more: the report was taken back since. The correction may keep it.
            own = Matter(corrects.answers, corrects.about, corrects.asked, corrects.adult_id)
            self._matters = {own.value: own} | self._matters
            own = self._matters[own.value]
        self.matter.choices = [(value, _matter_words(one, language)) for value, one in self._matters.items()]
        kinds = [(one.value, kind_words(one, language)) for one in DecisionKind]
        mistake = [(MISTAKE, _("Notée par erreur : cette décision n’existe pas"))] if corrects else []
        self.kind.choices = [("", "—"), *kinds, *mistake]
        self.decided.today = self.notified.today = today

    @property
    def mistake(self) -> bool:
        """Whether it only says that the record which it corrects was a mistake."""
        return self._corrects is not None and self.kind.data == MISTAKE

    def validate_matter(self, field: RadioField) -> None:
        """One of those offered."""
        if not self.mistake and field.data not in self._matters:
            raise ValidationError(_("Choisissez ce à quoi la décision répond."))

    def validate_kind(self, field: SelectField) -> None:
        """One of those offered."""
        if not field.data or field.data not in {value for value, _label in field.choices}:
            raise ValidationError(_("Choisissez le genre de décision."))

    def validate(self, extra_validators: Any = None) -> bool:
        """Every field, and the days among each other; the boxes are read at the very end."""
        fine = bool(super().validate(extra_validators))
        if self.mistake:
            self.decided.errors = self.notified.errors = ()
            return not (self.matter.errors or self.kind.errors or self.note.errors)
        matter = self._matters.get(self.matter.data or "")
        wrong = faults(
            self.decided.day,
            self.notified.day,
            asked=matter.asked if matter else None,
            today=self._today,
            first_day=FIRST_DAY,
        )
        for field, fault in ((self.decided, wrong.decided), (self.notified, wrong.notified)):
            if fault is not None and not field.errors:
                field.errors = [self._words(fault, matter)]
        return fine and not wrong

    def _words(self, fault: Fault, matter: Matter | None) -> str:
        return {
            Fault.MISSING: lambda: _("Écrivez cette date."),
            Fault.FUTURE: lambda: _("Cette date est dans le futur."),
            Fault.BEFORE_THE_LAW: lambda: _("Cette date est avant le 1.7.2021. Vérifiez l’année."),
            Fault.BEFORE_DECIDED: lambda: _("La notification ne peut pas être avant la décision."),
            Fault.BEFORE_ASKED: lambda: _(
                "La demande à laquelle elle répond est du %(day)s. Une décision d’avant n’y répond pas.",
                day=long_date(matter.asked, self._language) if matter and matter.asked else "",
            ),
        }[fault]()

    def noted(self) -> Noted:
        """What was typed. Only after `validate()`."""
        corrects = self._corrects
        days = (corrects.decided, corrects.notified) if corrects and self.mistake else None
        decided, notified = days or (self.decided.day, self.notified.day)
        if decided is None or notified is None:
            raise ValueError("the form was not validated")
        text = self.seen.data or ""
        return Noted(
            matter=_value(corrects) if corrects and self.mistake else self.matter.data,
            kind=None if self.mistake else DecisionKind(self.kind.data),
            decided=decided,
            notified=notified,
            note=clean(self.note.data),
            token=(self.token.data or "")[:64],
            seen=int(text) if text.isascii() and text.isdigit() and len(text) < 7 else -1,
            replaces=corrects.id if corrects else None,
        )

    def fault(self, sentence: str) -> None:
        """Say why it was not recorded; what was typed stays."""
        self.matter.errors = [sentence]


class WrongForm(Form):  # type: ignore[misc]
    """Why the second person does not confirm a record; its page has one such form for each."""

    Meta = CopiedFields

    reason = LinesField(lazy("Qu’est-ce qui n’est pas juste ?"), LONGEST)

    def __init__(self, sent: MultiDict[str, str] | None, decision_id: uuid.UUID) -> None:
        super().__init__(sent)
        self.reason.id = f"reason-{decision_id}"

    def validate_reason(self, field: LinesField) -> None:
        """Whoever recorded it must know what to look at."""
        if not clean(field.data):
            raise ValidationError(_("Écrivez ce qui n’est pas juste."))


def _value(record: Record) -> str:
    return Matter(record.answers, record.about, record.asked, record.adult_id).value


def _matter_words(matter: Matter, language: str) -> str:
    day = long_date(matter.asked, language) if matter.asked else ""
    words = answers_words(matter.answers, matter.request_kind, day, language)
    return joined(" – ", (words, matter.name)) if matter.name and matter.answers is not Answers.DEMAND else words


def _begun(corrects: Record | None) -> MultiDict[str, str]:
    """A correction begins with what stands; a new record with nothing."""
    if corrects is None:
        return MultiDict()
    days = {
        f"{name}-{part}": str(getattr(day, part))
        for name, day in (("decided", corrects.decided), ("notified", corrects.notified))
        for part in ("day", "month", "year")
    }
    kind = {"kind": corrects.kind.value} if corrects.kind else {}
    return MultiDict({"matter": _value(corrects), "note": corrects.note or "", **kind, **days})
