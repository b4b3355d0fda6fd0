"""Which office is competent, in plain words. Advice, never a gate."""

from __future__ import annotations

from portal.domain.routing import Route, RouteKind
from portal.i18n.text import translator


def route_title(way: Route, language: str) -> str:
    """One line."""
    _ = translator(language).gettext
    return {
        RouteKind.CENTRE: _("Votre centre est compétent"),
        RouteKind.RENEWAL: _("Votre centre est compétent"),
        RouteKind.RENEWAL_INCOMPLETE: _("D’abord les papiers du permis"),
        RouteKind.RENEWAL_UNCLEAR: _("L’état de votre permis compte"),
        RouteKind.PERMIT_L_WORKING: _("Permis L : des conditions spéciales"),
        RouteKind.SPECIAL: _("Des conditions spéciales"),
        RouteKind.NO_PERMIT: _("Sans permis : l’aide d’urgence"),
        RouteKind.ASYLUM: _("Pour vous, c’est l’Office de l’asile"),
        RouteKind.ASYLUM_OR_CENTRE: _("L’Office de l’asile, ou le centre"),
        RouteKind.RED_CROSS_OR_CENTRE: _("La Croix-Rouge Valais, ou le centre"),
        RouteKind.UNKNOWN: _("Votre permis n’est pas indiqué"),
        RouteKind.OTHER: _("Votre permis : à voir avec le centre"),
    }[way.kind]


def route_text(way: Route, language: str) -> tuple[str, ...]:
    """What holds, and what to do."""
    _ = translator(language).gettext
    return {
        RouteKind.CENTRE: (_("C’est le centre (CMS) de votre région qui prépare votre dossier."),),
        RouteKind.RENEWAL: (
            _("Votre permis est échu et son renouvellement est en cours : l’aide ordinaire est possible."),
            _("Apportez la preuve du renouvellement."),
        ),
        RouteKind.RENEWAL_INCOMPLETE: (
            _("Il n’y a que l’aide d’urgence tant que le renouvellement n’est pas complet."),
            _("Remettez vite tous les papiers au Service de la population et des migrations (SPM)."),
            _("Nous n’affichons pas de montant : il n’est pas confirmé."),
        ),
        RouteKind.RENEWAL_UNCLEAR: (
            _("Avec un permis valable, ou un renouvellement complet, c’est l’aide ordinaire calculée ici."),
            _("Si des papiers du renouvellement manquent, c’est d’abord l’aide d’urgence."),
        ),
        RouteKind.PERMIT_L_WORKING: (
            _("Vous travaillez avec un permis L. L’aide peut compléter votre salaire, sous des conditions spéciales."),
        ),
        RouteKind.SPECIAL: (
            _("Avec ce permis, l’aide est donnée à des conditions spéciales, avec un forfait réduit."),
            _("Son montant n’est pas connu. Nous n’affichons pas de chiffre."),
            _("Le centre vous reçoit et vous explique."),
        ),
        RouteKind.NO_PERMIT: (
            _(
                "Sans permis, il existe une aide d’urgence : un toit, de la nourriture, de l’hygiène, des soins indispensables."
            ),
            _("En principe, il faut s’annoncer au Service de la population et des migrations (SPM)."),
            _("Nous n’affichons pas de montant : il n’est pas confirmé."),
        ),
        RouteKind.ASYLUM: (
            _("Avec ce statut, c’est l’Office de l’asile du canton qui vous aide, pas le centre."),
            _("Vous pouvez quand même annoncer une demande ici. Le centre vous dira à qui vous adresser."),
        ),
        RouteKind.ASYLUM_OR_CENTRE: (
            _("Les premières années, c’est l’Office de l’asile. Ensuite, c’est probablement un autre service."),
            _("Le calcul ici vaut si le centre est compétent."),
        ),
        RouteKind.RED_CROSS_OR_CENTRE: (
            _("Après ces années, c’était la Croix-Rouge Valais en 2020. Cela a pu changer."),
            _("Demandez aux deux. Le calcul ici vaut si le centre est compétent."),
        ),
        RouteKind.UNKNOWN: (_("Le calcul vaut pour une personne suisse ou avec un permis B ou C valable."),),
        RouteKind.OTHER: (_("Nous n’avons pas de règle sûre pour ce permis. Le centre vous répond."),),
    }[way.kind]
