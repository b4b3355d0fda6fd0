"""The kinds of change in daily words, and the duty to report behind them."""

from __future__ import annotations

from portal.domain.changes.kinds import ChangeKind, Duty
from portal.i18n.text import translator


def change_name(kind: ChangeKind, language: str) -> str:
    """As people say it themselves: the label of its box."""
    _ = translator(language).gettext
    return {
        ChangeKind.CHILD_BORN: _("Un enfant est né"),
        ChangeKind.MOVED_IN: _("Quelqu’un vient habiter avec moi"),
        ChangeKind.MOVED_OUT: _("Quelqu’un ne vit plus avec moi"),
        ChangeKind.SEPARATED: _("Je me sépare"),
        ChangeKind.MOVED: _("J’ai déménagé, ou mon loyer a changé"),
        ChangeKind.NEW_JOB: _("J’ai un nouveau travail"),
        ChangeKind.LOST_JOB: _("J’ai perdu ou quitté un travail"),
        ChangeKind.OTHER_HOURS: _("Je travaille plus ou moins"),
        ChangeKind.WAGE_CHANGED: _("Je gagne plus ou moins"),
        ChangeKind.SICK: _("Je ne peux pas travailler : maladie ou accident"),
        ChangeKind.BENEFIT_DECIDED: _("Une rente ou une indemnité est décidée"),
        ChangeKind.INHERITED: _("J’hérite"),
        ChangeKind.GIFT: _("On m’a donné de l’argent"),
        ChangeKind.SOLD: _("J’ai vendu quelque chose"),
        ChangeKind.ASKED_BENEFIT: _("J’ai demandé l’AI, une bourse ou une autre aide"),
        ChangeKind.ABROAD: _("Je pars à l’étranger"),
        ChangeKind.TRAINING_DONE: _("Mon enfant a fini sa formation"),
        ChangeKind.PERMIT_CHANGED: _("Un permis de séjour a changé"),
        ChangeKind.OTHER: _("Autre chose"),
    }[kind]


def change_title(kind: ChangeKind, language: str) -> str:
    """A few words for a heading or a list, whoever it is about."""
    _ = translator(language).gettext
    return {
        ChangeKind.CHILD_BORN: _("Naissance"),
        ChangeKind.MOVED_IN: _("Une personne arrive"),
        ChangeKind.MOVED_OUT: _("Départ ou décès"),
        ChangeKind.SEPARATED: _("Séparation"),
        ChangeKind.MOVED: _("Déménagement ou loyer"),
        ChangeKind.NEW_JOB: _("Nouveau travail"),
        ChangeKind.LOST_JOB: _("Fin d’un travail"),
        ChangeKind.OTHER_HOURS: _("Autre taux de travail"),
        ChangeKind.WAGE_CHANGED: _("Autre montant d’un revenu"),
        ChangeKind.SICK: _("Maladie ou accident"),
        ChangeKind.BENEFIT_DECIDED: _("Rente ou indemnité"),
        ChangeKind.INHERITED: _("Héritage"),
        ChangeKind.GIFT: _("Cadeau en argent"),
        ChangeKind.SOLD: _("Vente"),
        ChangeKind.ASKED_BENEFIT: _("Autre aide demandée"),
        ChangeKind.ABROAD: _("Séjour à l’étranger"),
        ChangeKind.TRAINING_DONE: _("Fin d’une formation"),
        ChangeKind.PERMIT_CHANGED: _("Permis de séjour"),
        ChangeKind.OTHER: _("Autre changement"),
    }[kind]


def change_hint(kind: ChangeKind, language: str) -> str | None:
    """What else belongs to it; None where the name says all."""
    _ = translator(language).gettext
    return {
        ChangeKind.MOVED_IN: _("Partenaire, enfant, parent, colocataire…"),
        ChangeKind.MOVED_OUT: _("Après un départ ou un décès."),
        ChangeKind.MOVED: _("Aussi si seules les charges changent."),
        ChangeKind.LOST_JOB: _("Congé, démission ou fin du contrat."),
        ChangeKind.OTHER_HOURS: _("Un autre taux dans le même travail."),
        ChangeKind.WAGE_CHANGED: _("Salaire, rente, pension ou autre revenu."),
        ChangeKind.BENEFIT_DECIDED: _("AVS, AI, chômage, perte de gain, allocations…"),
        ChangeKind.INHERITED: _("Aussi si rien n’est encore partagé."),
        ChangeKind.GIFT: _("Aussi de la famille."),
        ChangeKind.SOLD: _("Une voiture, un terrain, des meubles…"),
        ChangeKind.ASKED_BENEFIT: _("La décision n’est pas encore là."),
        ChangeKind.ABROAD: _("Aussi pour quelques semaines."),
        ChangeKind.PERMIT_CHANGED: _("Un nouveau permis, ou un renouvellement."),
        ChangeKind.OTHER: _("Par exemple un mariage. Dites-le avec vos mots."),
    }.get(kind)


def duty_words(duty: Duty, language: str, what: str = "") -> str:
    """What is to be reported (parameter `changes_to_report`), in one sentence; its source stands beside it.

    `what`: which change the text does not name, where a report has others too.
    """
    _ = translator(language).gettext
    if what and duty is Duty.NONE_NAMED:
        return _("%(what)s : le texte que nous avons lu ne le nomme pas. Cela peut compter quand même.", what=what)
    return {
        Duty.HOUSEHOLD: _("Un changement dans le ménage est à annoncer sans attendre."),
        Duty.PLACE: _("Un changement du lieu où l’on vit est à annoncer sans attendre."),
        Duty.INCOME: _("Un changement du revenu est à annoncer sans attendre."),
        Duty.SUM: _("Une somme reçue une fois est à annoncer sans attendre."),
        Duty.CLAIM: _(
            "De l’argent demandé ailleurs est à annoncer sans attendre : une assurance, une bourse, une avance."
        ),
        Duty.NONE_NAMED: _("Le texte que nous avons lu ne nomme pas ce changement. Il peut compter quand même."),
    }[duty]
