"""«These come first»: why each benefit is named, in plain words."""

from __future__ import annotations

from portal.domain.subsidiarity import Claim, ClaimState
from portal.i18n.law_words import label_words
from portal.i18n.text import translator


def claim_name(claim: Claim, language: str) -> str:
    """The benefit's name, as the law data has it."""
    return label_words(claim.rule, language)


def claim_why(claim: Claim, language: str) -> str:
    """Why it may be due to this household; where it is paid already, what to do with it."""
    _ = translator(language).gettext
    if claim.state is ClaimState.RECEIVED:
        return _("Vous recevez déjà cette prestation. Gardez les décomptes pour le centre.")
    return {
        "unemployment": _(
            "Vous êtes sans travail, ou vous pourriez travailler plus. Inscrivez-vous à l’ORP sans attendre."
        ),
        "daily_allowances": _("La maladie ou un accident vous empêche de travailler. Une assurance paie peut-être."),
        "disability": _("Votre santé limite le travail depuis longtemps ? Annoncez-vous tôt à l’AI."),
        "old_age": _(
            "Près de la retraite, demandez à l’agence AVS de la commune à partir de quand une rente est possible."
        ),
        "supplementary": _("Vous avez une rente AVS ou AI. Si elle ne suffit pas, les PC complètent."),
        "transitional": _("Vous êtes proche de la retraite et sans travail : une prestation spéciale est possible."),
        "pension_funds": _("De l’argent de prévoyance peut être dû : caisse de pension, libre passage, 3e pilier."),
        "loss_of_earnings": _("Une allocation de maternité peut être due."),
        "bursary": _("Une formation est en cours. La bourse passe avant l’aide sociale."),
        "family_allowances": _("Vous avez des enfants. Une allocation peut être due pour chacun, aussi sans travail."),
        "household_allowance": _("Les familles modestes la reçoivent en décembre, en général sans demande."),
        "alimony": _(
            "L’autre parent ne paie pas, ou pas assez ? Le canton aide gratuitement et peut avancer la pension."
        ),
        "dental": _("Une aide existe pour les frais de dentiste des familles."),
        "claims": _("Un héritage, une part de divorce ou de l’argent prêté se demandent sans attendre."),
        "premium_reduction": _(
            "Elle est souvent automatique. Si votre situation a changé, faites une demande spéciale."
        ),
        "debt_advice": _("Un conseil aide à y voir clair."),
        "social_emergency": _("Des équipes mobiles existent pour les urgences sociales. Demandez au centre."),
        "victims": _("Si vous subissez de la violence : des centres vous conseillent."),
        "private_funds": _("Des fonds aident pour une dépense précise. Le centre fait la demande avec vous."),
    }[claim.name]


def claim_state(claim: Claim, language: str) -> str:
    """What was said of it: already paid, asked for, or to be claimed."""
    _ = translator(language).gettext
    return {
        ClaimState.TO_CLAIM: _("À demander"),
        ClaimState.ASKED: _("Demandé"),
        ClaimState.RECEIVED: _("Déjà reçu"),
    }[claim.state]
