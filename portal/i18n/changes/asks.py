"""What is asked about each kind of change. Raises KeyError for what is not asked."""

from __future__ import annotations

from portal.domain.changes.kinds import ChangeKind, Whose
from portal.i18n.text import translator

_K = ChangeKind


def who_label(whose: Whose, language: str) -> str | None:
    """The question whom a change is about; None where it is the household's."""
    _ = translator(language).gettext
    return {
        Whose.NEWCOMER: _("Qui est-ce ?"),
        Whose.OTHER: _("Qui ne vit plus avec vous ?"),
        Whose.MATE: _("Avec qui étiez-vous en couple ?"),
        Whose.GROWN: _("Pour qui ?"),
        Whose.CHILD: _("Quel enfant ?"),
        Whose.ANYONE: _("Pour qui ?"),
    }.get(whose)


def since_label(kind: ChangeKind, language: str) -> str:
    """The question for the day of the change."""
    _ = translator(language).gettext
    special = {
        _K.CHILD_BORN: _("Le jour de la naissance"),
        _K.MOVED_IN: _("Le premier jour dans le logement"),
        _K.MOVED_OUT: _("Le jour du départ"),
        _K.SEPARATED: _("Le jour de la séparation"),
        _K.NEW_JOB: _("Le premier jour de travail"),
        _K.LOST_JOB: _("Le dernier jour de travail"),
        _K.SICK: _("Le premier jour"),
        _K.BENEFIT_DECIDED: _("Payé depuis quel jour ?"),
        _K.INHERITED: _("Le jour où l’argent est arrivé, ou le jour du décès"),
        _K.GIFT: _("Le jour où l’argent est arrivé"),
        _K.SOLD: _("Le jour où l’argent est arrivé"),
        _K.ASKED_BENEFIT: _("Le jour de la demande"),
        _K.ABROAD: _("Le jour du départ"),
        _K.TRAINING_DONE: _("Le dernier jour de la formation"),
        _K.PERMIT_CHANGED: _("Valable depuis quel jour ?"),
        _K.OTHER: _("Quel jour ?"),
    }
    return special.get(kind) or _("Depuis quel jour est-ce différent ?")


def ask_label(kind: ChangeKind, ask: str, language: str) -> str:
    """What one field asks for."""
    _ = translator(language).gettext
    special = {
        (_K.CHILD_BORN, "name"): _("Prénom et nom de l’enfant"),
        (_K.MOVED_IN, "amount"): _("Son salaire net par mois"),
        (_K.OTHER_HOURS, "amount"): _("Le nouveau salaire net par mois"),
        (_K.WAGE_CHANGED, "amount"): _("Le nouveau montant net par mois"),
        (_K.SICK, "amount"): _("Indemnités reçues par mois"),
        (_K.SICK, "percent"): _("Incapacité de travail selon le médecin, en pour cent"),
        (_K.SICK, "until"): _("Jusqu’à quel jour, selon le certificat ?"),
        (_K.BENEFIT_DECIDED, "amount"): _("Montant par mois"),
        (_K.BENEFIT_DECIDED, "instead_of"): _("Cette prestation remplace-t-elle un autre revenu ?"),
        (_K.LOST_JOB, "income"): _("Quel salaire se termine ?"),
        (_K.WAGE_CHANGED, "income"): _("Quel revenu change ?"),
        (_K.PERMIT_CHANGED, "permit"): _("Le nouveau permis, ou la nationalité"),
        (_K.TRAINING_DONE, "activity"): _("Que fait votre enfant maintenant ?"),
    }
    return special.get((kind, ask)) or _label(ask, language)


def _label(ask: str, language: str) -> str:
    _ = translator(language).gettext
    return {
        "name": _("Prénom et nom"),
        "relation": _("Son lien avec la personne qui a fait la demande"),
        "born": _("Date de naissance"),
        "permit": _("Nationalité ou permis"),
        "permit_state": _("État du permis"),
        "amount": _("Salaire net par mois"),
        "still_here": _("Cette personne habite-t-elle encore avec vous ?"),
        "alimony_received": _("Pension alimentaire reçue par mois"),
        "alimony_paid": _("Pension alimentaire payée par mois"),
        "commune": _("La nouvelle commune"),
        "outside": _("Est-ce hors du Valais ?"),
        "address": _("La nouvelle adresse"),
        "home": _("Le nouveau logement"),
        "rent": _("Loyer par mois, sans les charges"),
        "charges": _("Charges par mois"),
        "percent": _("Taux de travail, en pour cent"),
        "payday": _("Quand est-il payé ?"),
        "irregular": _("Change-t-il beaucoup d’un mois à l’autre ?"),
        "instead_of": _("Ce travail remplace-t-il un autre salaire ?"),
        "income": _("Pour quel salaire ?"),
        "dismissed": _("Congé donné par l’employeur"),
        "until": _("Jusqu’à quel jour ?"),
        "wage_goes_on": _("L’employeur continue-t-il à payer le salaire ?"),
        "kind": _("Quelle prestation ?"),
        "sum": _("Quelle somme ?"),
        "received": _("L’argent est-il déjà arrivé ?"),
        "what": _("Qu’avez-vous vendu ?"),
        "benefits": _("Qu’avez-vous demandé ?"),
    }[ask]


def ask_hint(kind: ChangeKind, ask: str, language: str) -> str | None:
    """How to fill one field in; None where nothing need be said."""
    _ = translator(language).gettext
    unknown = _("Vous ne savez pas encore ? Laissez vide.")
    special = {
        (_K.CHILD_BORN, "name"): _("S’il est déjà choisi."),
        (_K.MOVED_IN, "amount"): _("Écrivez 0 s’il n’y en a pas."),
        (_K.MOVED, "commune"): _("Seulement si elle change."),
        (_K.MOVED, "address"): _("Rue, numéro, numéro postal, lieu."),
        (_K.MOVED, "charges"): _("Chauffage et frais accessoires."),
        (_K.NEW_JOB, "payday"): _("Un salaire payé à la fin du mois sert pour le mois suivant."),
        (_K.WAGE_CHANGED, "amount"): _("Ce qui arrive vraiment sur le compte."),
        (_K.SICK, "amount"): _("Payées par une assurance. Laissez vide s’il n’y en a pas."),
        (_K.INHERITED, "sum"): _("À peu près. Vous ne savez pas ? Laissez vide."),
        (_K.INHERITED, "received"): _("Non : l’héritage n’est pas encore partagé ou payé."),
    }
    default = {
        "name": _("Un nom suffit. Le reste peut rester vide."),
        "amount": unknown,
        "rent": unknown,
        "sum": unknown,
        "until": unknown,
    }
    return special.get((kind, ask)) or default.get(ask)
