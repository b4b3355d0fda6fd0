"""One change as a form: who, since when, and what its kind asks. Made of the table of kinds; nothing is written twice."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache, partial
from typing import Any, ClassVar, Final

from werkzeug.datastructures import MultiDict
from wtforms import RadioField

from portal.domain.changes.change import ABOUT, LONGEST_NAME, Change
from portal.domain.changes.kinds import INCOME, KINDS, Ask, ChangeKind, Spec, Whose
from portal.forms.changes.fields import answer, day_texts, field_of, texts
from portal.forms.changes.household import Earned, Household
from portal.forms.changes.words import Label
from portal.forms.choices import UNKNOWN_COMMUNE, CommuneField
from portal.forms.estimate.parts import Part
from portal.forms.fields import LineField
from portal.forms.situation.boxes import DayField
from portal.forms.text import gettext as _
from portal.i18n.changes import since_label, who_label

NEW: Final = "new"
NO_OTHER: Final = "none"
REPLACES: Final = "instead_of"


def called(kind: ChangeKind, time: int) -> str:
    """Under which name the form of a change is sent, the first time it is told and each time more."""
    return kind.value if time == 1 else f"{kind.value}-{time}"


class ChangePart(Part):
    """The form of one change, told for the `time`th time in its report. Subclasses are made by `part_of`."""

    happened: ClassVar[ChangeKind]
    household: Household
    who: Any
    about: Any
    since: Any
    early: bool = False
    """Whether its day is before the file began."""

    def __init__(self, sent: Mapping[str, Any], household: Household, time: int = 1) -> None:
        self.household = household
        self.time = time
        self.own_faults: list[str] = []
        """Faults of the change as a whole, where no field asks for what is wrong."""
        self.called = called(self.happened, time)
        typed = sent if isinstance(sent, MultiDict) else MultiDict(dict(sent))
        super().__init__(typed, prefix=self.called)
        for field in self:
            if isinstance(field, DayField):
                field.today = household.today
            elif isinstance(field, CommuneField):
                field.day = household.today
        self._offer_who()
        self._offer_incomes()

    @property
    def spec(self) -> Spec:
        """What belongs to its kind."""
        return KINDS[self.happened]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name under which something of it is sent."""
        return tuple(name for field in self for name in (field.names if isinstance(field, DayField) else (field.name,)))

    @property
    def person_alone(self) -> tuple[str, str] | None:
        """Whom it is about where there is no choice: id and name."""
        found = self.household.who.get(self.spec.whose, ())
        return found[0] if len(found) == 1 and self.spec.whose is not Whose.NEWCOMER else None

    @property
    def nobody(self) -> bool:
        """Whether nobody of the household can be meant."""
        free = (Whose.NEWCOMER, Whose.HOUSEHOLD)
        return self.spec.whose not in free and not self.household.who.get(self.spec.whose)

    def _offer_who(self) -> None:
        found = list(self.household.who.get(self.spec.whose, ()))
        if self.spec.whose is Whose.NEWCOMER and found and self.happened is not ChangeKind.CHILD_BORN:
            self.who.choices = [(NEW, _("Une nouvelle personne")), *found]
        elif self.spec.whose is not Whose.NEWCOMER and len(found) > 1:
            self.who.choices = found
        else:
            del self["who"]
        if not self.nobody:
            del self["about"]

    def _offer_incomes(self) -> None:
        found = self._incomes({person for person, _name in self.household.who.get(self.spec.whose, ())})
        for ask in self.spec.asks:
            if ask.kind is not INCOME:
                continue
            if len(found) > (0 if ask.name == REPLACES else 1):
                more = [(NO_OTHER, _("Non, il s’ajoute"))] if ask.name == REPLACES else []
                self[ask.name].choices = [*((one.choice, one.words) for one in found), *more]
            else:
                del self[ask.name]

    def _incomes(self, persons: Collection[str]) -> tuple[Earned, ...]:
        return self.household.incomes_of(persons, self.happened)

    @property
    def chosen(self) -> str | None:
        """The person it is about; NEW for a newcomer, None for the household or as long as nobody is chosen."""
        if self.spec.whose is Whose.HOUSEHOLD:
            return None
        if "who" in self:
            return self.who.data if self.who.data in {value for value, _name in self.who.choices} else None
        return NEW if self.spec.whose is Whose.NEWCOMER else (self.person_alone or (None,))[0]

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: a day, a person, and what the report would say nothing without."""
        valid: bool = super().validate(extra_validators)
        if self.nobody and not self.about.errors and answer(self.about, ABOUT) is None:
            valid = self._fault("about", _("Écrivez de qui vous parlez : un nom, ou par exemple « mon fils »."))
        if self.since.day is None and not self.since.errors:
            valid = self._fault("since", _("Écrivez le jour. Sans date exacte, écrivez le jour le plus proche."))
        if "who" in self and self.chosen is None:
            valid = self._fault("who", _("Choisissez une personne."))
        for ask in self.spec.asks:
            field = self._fields.get(ask.name)
            if ask.kind is INCOME:
                valid = self._right_income(ask) and valid
            elif isinstance(field, CommuneField) and field.data not in (None, "", UNKNOWN_COMMUNE):
                if field.number is None:
                    valid = self._fault(
                        ask.name,
                        _("Cette commune n’est pas dans la liste du Valais. Choisissez-en une, ou « Je ne sais pas »."),
                    )
            elif ask.needed and field is not None and not field.errors and answer(field, ask) is None:
                valid = self._fault(ask.name, _("Répondez ici, sinon le centre ne sait pas ce qui a changé."))
        return valid

    def _right_income(self, ask: Ask) -> bool:
        """An income must be of the person whom it is about; the only one of theirs needs no choice, nor does one that
        the answers do not know.
        """
        if self.chosen is None or (not ask.needed and ask.name not in self):
            return True
        mine = self._incomes({self.chosen})
        sent = self[ask.name].data if ask.name in self else None
        if sent and sent != NO_OTHER and sent not in {one.choice for one in mine}:
            return self._fault(ask.name, _("Ce salaire est celui d’une autre personne."))
        if ask.needed and not sent and len(mine) > 1:
            return self._fault(ask.name, _("Choisissez le salaire qui a changé."))
        return True

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Those of the change as a whole, which lead to its heading, then those of its fields."""
        return [(self.called, sentence) for sentence in self.own_faults] + super().faults

    def blame(self, name: str, sentence: str) -> None:
        """Say a fault at its field, at the heading where nothing asks for it."""
        field: Any = self._fields.get({"person": "about" if self.nobody else "who"}.get(name, name))
        if field is None:
            self.own_faults.append(sentence)
        else:
            field.errors = [*field.errors, sentence]

    def _fault(self, name: str, sentence: str) -> bool:
        self[name].errors = [*self[name].errors, sentence]
        return False

    def change(self, newcomer: str) -> Change:
        """What was said. After validation. `newcomer`: the id that somebody new gets."""
        said: dict[str, Any] = {"about": answer(self.about, ABOUT)} if self.nobody else {}
        for ask in self.spec.asks:
            value = self._income(ask) if ask.kind is INCOME else answer(self[ask.name], ask)
            if value is not None:
                said[ask.name] = value
        person = newcomer if self.chosen == NEW else self.chosen
        return Change(self.happened, self.since.day, person, said)

    def _income(self, ask: Ask) -> str | None:
        sent = self[ask.name].data if ask.name in self else None
        mine = self._incomes({self.chosen or ""})
        if sent:
            return next((one.key for one in mine if one.choice == sent), None)
        return mine[0].key if len(mine) == 1 and ask.name != REPLACES else None


@cache
def part_of(kind: ChangeKind) -> type[ChangePart]:
    """The form of a kind of change."""
    fields: dict[str, Any] = {
        "happened": kind,
        "who": RadioField(Label(partial(who_label, KINDS[kind].whose)), choices=[], validate_choice=False),
        "about": LineField(Label(partial(who_label, KINDS[kind].whose)), LONGEST_NAME),
        "since": DayField(Label(partial(since_label, kind)), past=None),
    }
    fields |= {ask.name: field_of(kind, ask) for ask in KINDS[kind].asks}
    return type(f"{kind.value}_part", (ChangePart,), fields)


def typed_of(change: Change, time: int) -> dict[str, list[str]]:
    """What a browser would have sent for a change, told for the `time`th time."""
    prefix = f"{called(change.kind, time)}-"
    found = day_texts(f"{prefix}since", change.since.isoformat())
    if change.person is not None:
        found[f"{prefix}who"] = [change.person]
    for ask in change.asks:
        value = change.value(ask.name)
        if value is not None:
            found |= texts(prefix + ask.name, ask, f"{change.person}:{value}" if ask.kind is INCOME else value)
    return found
