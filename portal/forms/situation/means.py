"""Pages about what the household owns and owes, and the account for payments."""

from __future__ import annotations

from portal.domain.situation.kinds import Whole
from portal.domain.situation.model import MONTHLY, MOST_PERSONS, WEALTH
from portal.forms.estimate.fields import FrancsField, WholeField
from portal.forms.situation.boxes import IbanField
from portal.forms.situation.fields import QuestionPart, yes_no
from portal.forms.text import lazy


class AccountsPage(QuestionPart):
    """Money at hand."""

    title = lazy("Combien d’argent avez-vous, sur vos comptes et en espèces ?")
    why = lazy("Une partie vous est laissée. Le reste est utilisé avant l’aide.")
    law = "wealth_exemption"
    hint = lazy("Pour tout le ménage, ici et à l’étranger. Écrivez 0 s’il n’y a rien.")
    open_box = True
    accounts = FrancsField(lazy("Argent sur vos comptes et en espèces"), WEALTH)


class VehiclesPage(QuestionPart):
    """Cars and motorbikes."""

    title = lazy("Avez-vous une voiture ou une moto ?")
    why = lazy("Un véhicule peut compter dans la fortune.")
    law = "vehicle"
    hint = lazy("Écrivez 0 si vous n’en avez pas.")
    open_box = True
    vehicles = FrancsField(lazy("Valeur de vos véhicules"), WEALTH)


class OtherWealthPage(QuestionPart):
    """What is not at hand."""

    title = lazy("Avez-vous une épargne, un héritage ou de l’argent prêté ?")
    why = lazy("Une somme que l’on peut toucher passe avant l’aide. Le tort moral a sa propre règle.")
    law = "movable_property"
    hint = lazy("Écrivez 0 s’il n’y a rien.")
    open_box = True
    insurances = FrancsField(lazy("3e pilier, libre passage, assurance-vie"), WEALTH)
    claims = FrancsField(lazy("Héritage pas encore partagé, argent prêté"), WEALTH)
    moral_damages = FrancsField(lazy("Indemnité pour tort moral"), WEALTH)


class PropertyPage(QuestionPart):
    """Land and buildings."""

    title = lazy("Avez-vous une maison, un appartement ou un terrain ?")
    why = lazy("L’aide reste possible. Elle peut devenir une avance.")
    law = "property_owner"
    owns_property = yes_no(lazy("Une maison, un appartement ou un terrain, ici ou à l’étranger"))


class DebtsPage(QuestionPart):
    """Debts: advice, never a reproach."""

    title = lazy("Avez-vous des dettes ?")
    why = lazy("L’aide ne paie pas les dettes. Nous vous montrons qui peut vous conseiller.")
    law = "taxes_and_debts"
    hint = lazy("À peu près, pour tout le ménage. Écrivez 0 s’il n’y en a pas.")
    open_box = True
    debts = FrancsField(lazy("Total des dettes"), WEALTH)


class AlimonyPage(QuestionPart):
    """Alimony paid."""

    title = lazy("Payez-vous une pension alimentaire ?")
    why = lazy("Le centre doit connaître cette pension, même si elle ne compte pas toujours.")
    law = "alimony_paid"
    hint = lazy("Écrivez 0 si vous n’en payez pas.")
    open_box = True
    alimony_paid = FrancsField(lazy("Pension alimentaire payée par mois"), MONTHLY)


class ChildrenElsewherePage(QuestionPart):
    """Children who live with somebody else."""

    title = lazy("Avez-vous des enfants qui vivent ailleurs ?")
    why = lazy("Leurs visites chez vous et une pension que vous payez peuvent compter.")
    hint = lazy("Écrivez 0 s’il n’y en a pas.")
    open_box = True
    children_elsewhere = WholeField(lazy("Nombre d’enfants"), Whole(0, MOST_PERSONS))


class AccountPage(QuestionPart):
    """Where aid would be paid."""

    title = lazy("Sur quel compte l’aide serait-elle versée ?")
    why = lazy("Si la commune accorde une aide, elle la verse sur ce compte. Il doit être à vous.")
    open_box = True
    account_number = IbanField(lazy("Numéro de compte (IBAN)"))
