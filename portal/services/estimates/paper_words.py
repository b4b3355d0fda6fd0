"""The words of the estimate's paper that do not depend on a line: headings, the figure, how to ask, a source."""

from __future__ import annotations

from typing import Any

from portal.domain.parameter import Confidence, Parameter
from portal.i18n.formats import short_date
from portal.i18n.text import translator
from portal.law.parameters import FIRST_DAY
from portal.services.estimates.explained import Explained


def fixed_words(language: str) -> dict[str, Any]:
    """Headings and sentences that stand on every paper."""
    _ = translator(language).gettext
    return {
        "issuer": _("Aide sociale Valais, portail en ligne"),
        "title": _("Votre estimation"),
        "no_decision": _("Ceci n’est pas une décision et n’engage personne. La commune décide."),
        "budget_title": _("Le calcul, ligne par ligne"),
        "line_label": _("Ligne du calcul"),
        "amount_label": _("Par mois"),
        "needs_title": _("Ce qu’il faut pour vivre"),
        "resources_title": _("Ce qui rentre et compte"),
        "nothing": _("Rien."),
        "aid_title": _("L’aide possible par mois"),
        "people_title": _("Qui est compté ensemble, et pourquoi ?"),
        "causes_title": _("Pourquoi une fourchette ?"),
        "first_title": _("À demander d’abord"),
        "first_text": _(
            "Ces aides passent avant l’aide sociale. Demandez-les sans attendre."
            " En attendant, l’aide sociale peut avancer l’argent."
        ),
        "checks_title": _("Ce que le centre va regarder"),
        "outside_title": _("Ce qui n’est pas dans ce montant"),
        "sources_title": _("D’où viennent ces règles"),
        "sources_text": _("Les numéros entre crochets, comme [1], renvoient à cette liste."),
        "qr_alt": _("Code carré qui ouvre la page pour demander de l’aide"),
    }


def headline_words(result: Explained, language: str) -> dict[str, Any]:
    """The figure as it stands on top of the page, with the sentences around it."""
    _ = translator(language).gettext
    later = ""
    if result.later:
        later = f"{_('Quand vos économies au-dessus de la limite seront utilisées :')} {result.later}"
    if result.surely_nothing:
        before, big = "", _("Selon vos réponses, le calcul arrive à zéro ce mois.")
        after = _(
            "Cela ne veut pas dire « pas de droit ». Une facture, un mois sans salaire ou une erreur ici change tout."
            " Seule la commune décide."
        )
    elif result.headline:
        before, big = _("Aide possible par mois :"), result.headline
        after = ""
        if result.nothing:
            after = _(
                "Le calcul peut aussi arriver à zéro. Demandez quand même : le centre regarde votre vraie situation."
            )
    else:
        before, big = "", _("Pas de montant affiché")
        after = _("Pour votre permis, aucun montant n’est confirmé. Vous pouvez quand même demander de l’aide.")
    return {"before": before, "big": big, "after": [text for text in (after, later) if text]}


def why_ask_words(language: str) -> dict[str, Any]:
    """Why to ask all the same, where the figure may be zero."""
    _ = translator(language).gettext
    return {
        "title": _("Pourquoi demander quand même"),
        "items": [
            _("Le centre calcule avec les vrais papiers, pas avec une estimation."),
            _("Des frais manquent ici : maladie, dentiste, garantie de loyer."),
            _("Le centre conseille aussi sans donner d’argent."),
        ],
    }


def passed_on_words(language: str) -> dict[str, Any]:
    """Who is told a foreign person's name, before they ask."""
    _ = translator(language).gettext
    return {
        "title": _("Avant de demander, sachez"),
        "items": [
            _(
                "Si le centre ouvre un dossier, le canton (SAS) donne le nom des personnes étrangères"
                " au Service de la population et des migrations (SPM)."
            )
        ],
    }


def ask_words(language: str) -> dict[str, Any]:
    """How to ask, and which date counts. The address and its square code stand beside it."""
    _ = translator(language).gettext
    return {
        "title": _("Pour demander de l’aide"),
        "items": [
            _("Ouvrez l’adresse du portail sur un téléphone ou un ordinateur."),
            _("Ou allez au centre ou à votre commune, ou téléphonez."),
            _("L’aide peut commencer le premier jour du mois du premier contact. La commune décide de la date."),
            _("Cette feuille n’est pas une annonce. Rien n’est enregistré."),
        ],
    }


def source_words(rule: Parameter, language: str) -> tuple[str, str]:
    """Since when and how sure, in the person's language; then article and source as they are written elsewhere."""
    _ = translator(language).gettext
    day = short_date(rule.since, language)
    said = [_("Dès le %(day)s ou avant.", day=day) if rule.since == FIRST_DAY else _("Dès le %(day)s.", day=day)]
    if not rule.known:
        said.append(_("Valeur pas connue pour le Valais."))
    else:
        said.append(
            {
                Confidence.CERTAIN: _("C’est sûr."),
                Confidence.PROBABLE: _("C’est probable."),
                Confidence.UNVERIFIED: _("Ce n’est pas confirmé."),
            }[rule.confidence]
        )
    if rule.carried_on:
        said.append(_("La source parle d’une année passée : nous gardons la valeur."))
    if rule.change_expected:
        said.append(_("Une nouvelle valeur est annoncée, pas encore connue."))
    written = [rule.article, rule.source] if rule.article and rule.article not in rule.source else [rule.source]
    return " ".join(said), " · ".join(" ".join(text.split()) for text in written if text)
