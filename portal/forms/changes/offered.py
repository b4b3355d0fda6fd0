"""The choices that a report offers: the words in which the same answers are asked elsewhere."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final

from portal.domain.changes.kinds import DECIDED, NEWCOMERS
from portal.domain.situation import Activity, Benefit, Home, IncomeKind, Payday, Permit, PermitState, Relation
from portal.forms.estimate.parts import IncomePart
from portal.forms.offered import ACTIVITIES, HOMES, PERMIT_STATES, PERMITS
from portal.forms.situation.health import BenefitsPage
from portal.forms.situation.persons import RELATIONS_OF_ANOTHER
from portal.forms.text import lazy

UNKNOWN: Final = "unknown"
DO_NOT_KNOW: Final = (UNKNOWN, lazy("Je ne sais pas"))
YES_NO: Final = [("yes", lazy("Oui")), ("no", lazy("Non"))]
PAYDAYS: Final = [
    (Payday.MONTH_END.value, lazy("À la fin du mois")),
    (Payday.DURING.value, lazy("Pendant le mois")),
]
_MORE_INCOMES: Final = {IncomeKind.TRANSITIONAL: lazy("Prestations transitoires")}


def _income(kind: IncomeKind) -> Any:
    """How the intake calls an income of that kind."""
    return _MORE_INCOMES.get(kind) or getattr(IncomePart, kind.value).args[0]


CHOICES: Final[dict[type[StrEnum], list[Any]]] = {
    Relation: [(value, label) for value, label in RELATIONS_OF_ANOTHER if value in {one.value for one in NEWCOMERS}],
    Permit: PERMITS,
    PermitState: PERMIT_STATES,
    Activity: ACTIVITIES,
    Home: HOMES,
    Payday: PAYDAYS,
    IncomeKind: [(kind.value, _income(kind)) for kind in DECIDED],
    Benefit: [
        (value, label)
        for value, label in BenefitsPage.ticks.kwargs["choices"]
        if value in {one.value for one in Benefit}
    ],
}
"""By the list of which one is chosen."""
