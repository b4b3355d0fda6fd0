"""The words around the rules of the checklist: topics, states, how sure it is, why a paper cannot be had."""

from __future__ import annotations

from portal.domain.document_request import Asker, Obstacle, Refusal, RequestState
from portal.domain.parameter import Confidence
from portal.i18n.text import kept, translator


@kept
def topic_name(topic: str, language: str) -> str:
    """The title of a group. KeyError for a topic that is none."""
    _ = translator(language).gettext
    return {
        "centre": _("Demandé par le centre"),
        "identity": _("Qui vous êtes"),
        "home": _("Le logement"),
        "health": _("La santé"),
        "income": _("Le travail et les revenus"),
        "family": _("La famille"),
        "wealth": _("L’argent et les biens"),
        "situations": _("Votre situation particulière"),
        "to_sign": _("À signer au centre"),
        "not_needed": _("Plus nécessaires"),
    }[topic]


@kept
def state_name(state: RequestState, language: str) -> str:
    """Where a paper stands."""
    _ = translator(language).gettext
    return {
        RequestState.TO_BRING: _("À apporter"),
        RequestState.TO_SIGN: _("À signer"),
        RequestState.ADDED: _("Ajouté"),
        RequestState.SEEN: _("Vu au guichet"),
        RequestState.ACCEPTED: _("Accepté"),
        RequestState.REFUSED: _("Refusé"),
        RequestState.CANNOT: _("Pas possible de l’obtenir"),
        RequestState.NOT_NEEDED: _("Plus nécessaire"),
    }[state]


@kept
def centre_paper_words(language: str) -> dict[str, str]:
    """What is said of a paper that the centre asks for in its own words."""
    _ = translator(language).gettext
    return {
        "title": _("Papier demandé par le centre"),
        "why": _("Le centre demande ce papier à votre ménage."),
        "looks_like": _("Comme le centre l’écrit. Demandez-lui si ce n’est pas clair."),
        "where": _("Demandez au centre où le trouver."),
    }


@kept
def basis_words(article: str | None, language: str) -> str:
    """What the request stands on."""
    _ = translator(language).gettext
    if article is None:
        return _("C’est la pratique des centres. Nous ne connaissons aucune loi qui nomme ce papier.")
    return _("Règle : %(article)s.", article=article)


@kept
def sureness_words(confidence: Confidence, language: str) -> str:
    """How sure it is that a centre in Valais asks for the paper."""
    _ = translator(language).gettext
    return {
        Confidence.CERTAIN: _("C’est sûr : le centre demande ce papier."),
        Confidence.PROBABLE: _("C’est probable : le centre demande sans doute ce papier."),
        Confidence.UNVERIFIED: _("Ce n’est pas confirmé pour le Valais : le centre ne le demande peut-être pas."),
    }[confidence]


@kept
def cost_words(language: str) -> str:
    """What to say where no price is known."""
    return translator(language).gettext("Le prix n’est pas connu ici. Demandez-le avant de payer.")


@kept
def gone_words(language: str) -> str:
    """Why a paper is no longer on the list."""
    return translator(language).gettext("Les réponses ont changé. Ce papier n’est plus demandé.")


@kept
def obstacle_name(obstacle: Obstacle, language: str) -> str:
    """Why a paper cannot be had."""
    _ = translator(language).gettext
    return {
        Obstacle.LOST: _("Le papier est perdu."),
        Obstacle.COSTS: _("Il coûte trop cher."),
        Obstacle.THIRD_PARTY: _("Quelqu’un refuse de le donner."),
        Obstacle.ABROAD: _("Il est à l’étranger."),
        Obstacle.AFRAID: _("Le demander fait peur."),
        Obstacle.OTHER: _("Il y a une autre raison."),
    }[obstacle]


@kept
def asker_name(asker: Asker, language: str, *, staff: bool = False) -> str:
    """Who will ask for it."""
    _ = translator(language).gettext
    return {
        Asker.SELF: _("La personne le demande.") if staff else _("Vous le demandez."),
        Asker.CENTRE: _("Le centre le demande. Il lui faut une procuration signée."),
        Asker.UNDECIDED: _("Qui le demande ? C’est à voir avec le centre."),
    }[asker]


@kept
def refusal_words(refusal: Refusal, language: str) -> str:
    """Why the centre cannot use a paper, and what to do."""
    _ = translator(language).gettext
    return {
        Refusal.UNREADABLE: _("On ne peut pas le lire. Apportez-le à nouveau, plus net."),
        Refusal.CUT_OFF: _("Un bord est coupé. Reprenez la photo avec toute la page dans l’image."),
        Refusal.EXPIRED: _("Il n’est plus valable. Apportez celui qui est valable maintenant."),
        Refusal.INCOMPLETE: _("Il manque des pages. Apportez-les toutes."),
        Refusal.OTHER_MONTHS: _("Ce ne sont pas les bons mois. Regardez les mois demandés."),
        Refusal.OUT_OF_DATE: _("Il est trop ancien. Apportez le plus récent."),
        Refusal.OTHER_PERSON: _("Il concerne une autre personne. Apportez celui de la bonne personne."),
        Refusal.OTHER_PAPER: _("C’est un autre papier. Relisez ce qui est demandé, puis apportez le bon."),
        Refusal.NOT_SIGNED: _("Il n’est pas signé. Signez-le et apportez-le à nouveau."),
        Refusal.OTHER: _("Le centre écrit :"),
    }[refusal]
