"""The pages of the situation as forms, by the id of their question."""

from __future__ import annotations

from typing import Final

from portal.forms.situation import health, home, means, persons, work
from portal.forms.situation.fields import QuestionPart

FORMS: Final[dict[str, type[QuestionPart]]] = {
    "birth": persons.BirthPage,
    "civil-status": persons.CivilStatusPage,
    "couple": persons.CouplePage,
    "training": persons.TrainingPage,
    "identity": persons.IdentityPage,
    "meals": persons.MealsPage,
    "permit": persons.PermitPage,
    "commune": home.CommunePage,
    "home": home.HomePage,
    "rent": home.RentPage,
    "eviction": home.EvictionPage,
    "activity": work.ActivityPage,
    "dismissal": work.DismissalPage,
    "incomes": work.IncomesPage,
    "wage": work.WagePage,
    "accounts": means.AccountsPage,
    "vehicles": means.VehiclesPage,
    "other-wealth": means.OtherWealthPage,
    "property": means.PropertyPage,
    "debts": means.DebtsPage,
    "insurance": health.InsurancePage,
    "special": health.SpecialPage,
    "alimony": means.AlimonyPage,
    "children-elsewhere": means.ChildrenElsewherePage,
    "benefits": health.BenefitsPage,
    "account": means.AccountPage,
}
"""Every question but the list of persons, which has a page of its own kind."""

__all__ = ["FORMS", "QuestionPart"]
