"""Pages about work and income."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from wtforms import RadioField

from portal.domain.situation import IncomeKind, Payday
from portal.domain.situation.kinds import Amount
from portal.domain.situation.model import MONTHLY, PERCENT
from portal.forms.estimate.fields import FrancsField, PercentField
from portal.forms.estimate.parts import IncomePart
from portal.forms.offered import ACTIVITIES
from portal.forms.situation.fields import OPEN, OPEN_CHOICES, YES_NO, Json, QuestionPart, choice, yes_no
from portal.forms.text import lazy


class ActivityPage(QuestionPart):
    """What fills the days."""

    title = lazy("Travail ou activité en ce moment")
    why = lazy("Le centre examine avec vous la capacité de travail.")
    law = "work_evaluation_exempt"
    shows: ClassVar[dict[str, str]] = {
        "work_percent": "activity=employed|part_time|self_employed",
        "unable_percent": "activity=unable",
    }
    activity = choice(
        lazy("Travail ou activité en ce moment"),
        ACTIVITIES,
    )
    work_percent = PercentField(lazy("Taux de travail, en pour cent"), PERCENT)
    unable_percent = PercentField(lazy("Incapacité de travail selon le médecin, en pour cent"), PERCENT)


class DismissalPage(QuestionPart):
    """Whether a job was lost by dismissal."""

    title = lazy("Un licenciement ces derniers mois ?")
    why = lazy("La lettre de congé sert pour le chômage.")
    law = "first_unemployment"
    dismissed = yes_no(lazy("Congé donné par l’employeur"))


class IncomesPage(IncomePart, QuestionPart):
    """What one person gets in a month, by kind. An amount that is not known may stand beside those that are."""

    title = lazy("Ce qui rentre par mois")
    why = lazy("Chaque revenu compte dans le calcul.")
    law = "income_counted"
    hint = lazy("Le montant net, en francs par mois. Laissez vide s’il n’y a rien.")
    open_box = True
    either = False

    gift = FrancsField(lazy("Cadeau en argent, reçu ce mois"), MONTHLY)
    ONCE: Final = ("one_off", "gift")

    def answers(self, record: Json) -> Json:
        """The list anew; what is known of an income beside its amount stays."""
        known = {income["kind"]: income for income in record.get("incomes", [])}
        found = []
        for kind in IncomeKind:
            field = self._fields.get(kind.value)
            if field is None:
                if kind.value in known:
                    found.append(known[kind.value])
            elif field.centimes:
                once = {"every": "once"} if kind.value in self.ONCE else {}
                amount = {"kind": kind.value, "amount": Amount(0).write(field.centimes)}
                found.append(known.get(kind.value, {}) | amount | once)
        if self.missing:
            wage = any(one["kind"] == IncomeKind.WAGE.value for one in found)
            kind = IncomeKind.OTHER if wage else IncomeKind.WAGE  # beside another one of that kind, if need be
            before = known.get(kind.value, {})
            kept = before if before.get("amount") in OPEN else {}
            found.append(kept | {"kind": kind.value, "amount": self.missing})
        return {"incomes": found}

    @classmethod
    def shown(cls, record: Json, today: Any) -> dict[str, list[str]]:  # noqa: ARG003 - every page is shown alike
        """The amounts in their boxes."""
        found: dict[str, list[str]] = {}
        for income in record.get("incomes", []):
            amount = income.get("amount")
            if amount in OPEN:
                found[amount] = ["y"]
            elif isinstance(amount, str | int | float):
                found[income["kind"]] = [str(amount).removesuffix(".00")]
        return found


class WagePage(QuestionPart):
    """When and how evenly a wage is paid."""

    title = lazy("Le salaire")
    why = lazy("Un salaire payé à la fin du mois sert pour le mois suivant.")
    law = "month_end_wage"
    payday = RadioField(
        lazy("Quand est-il payé ?"),
        choices=[
            (Payday.MONTH_END.value, lazy("À la fin du mois")),
            (Payday.DURING.value, lazy("Pendant le mois")),
            *OPEN_CHOICES,
        ],
        validate_choice=False,
    )
    irregular = RadioField(lazy("Change-t-il beaucoup d’un mois à l’autre ?"), choices=YES_NO, validate_choice=False)

    def answers(self, record: Json) -> Json:
        """The same incomes; those that are a wage know when they are paid."""
        known = self.payday.data if self.payday.data in list(Payday) else None
        found = []
        for income in record.get("incomes", []):
            rest = {name: value for name, value in income.items() if name not in ("payday", "irregular")}
            if income["kind"] != IncomeKind.WAGE.value:
                found.append(income)
                continue
            said = {"payday": known} if known else {}
            even = {"irregular": self.irregular.data == "yes"} if self.irregular.data in ("yes", "no") else {}
            found.append(rest | said | even)
        return {"incomes": found}

    @classmethod
    def shown(cls, record: Json, today: Any) -> dict[str, list[str]]:  # noqa: ARG003 - every page is shown alike
        """What is known of the first wage."""
        wage: Json = next((one for one in record.get("incomes", []) if one["kind"] == IncomeKind.WAGE.value), {})
        found = {"payday": [wage["payday"]]} if "payday" in wage else {}
        return found | ({"irregular": ["yes" if wage["irregular"] else "no"]} if "irregular" in wage else {})
