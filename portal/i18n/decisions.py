"""Words of the decisions that a centre records: their kinds, and what they answer."""

from __future__ import annotations

from portal.domain.case_request import RequestKind
from portal.domain.decision import Answers, DecisionKind
from portal.i18n.text import kept, translator


@kept
def kind_words(kind: DecisionKind, language: str) -> str:
    """A kind of OLIAS art. 9."""
    _ = translator(language).gettext
    return {
        DecisionKind.AID: _("Octroi d’une aide"),
        DecisionKind.AID_WITH_CONDITIONS: _("Octroi d’une aide, avec des conditions"),
        DecisionKind.INSERTION: _("Mesure d’insertion"),
        DecisionKind.URGENT: _("Mesure urgente"),
        DecisionKind.REFUSAL: _("Refus de l’aide"),
        DecisionKind.END: _("Fin de l’aide"),
        DecisionKind.REDUCTION: _("Sanction ou réduction"),
        DecisionKind.REIMBURSEMENT: _("Obligation de rembourser"),
        DecisionKind.REMISSION: _("Remise de la dette, en tout ou en partie"),
        DecisionKind.OTHER: _("Autre décision"),
    }[kind]


def answers_words(answers: Answers, request: RequestKind | None, day: str, language: str) -> str:
    """What a decision answers; `day`: when that was asked for, as a text."""
    _ = translator(language).gettext
    if answers is Answers.NOTHING:
        return _("La commune a décidé d’elle-même")
    if answers is Answers.DEMAND:
        return _("La demande annoncée le %(day)s", day=day)
    if answers is Answers.REPORT:
        return _("L’annonce de changement du %(day)s", day=day)
    if answers is Answers.URGENT or request is RequestKind.URGENT:
        return _("L’aide urgente demandée le %(day)s", day=day)
    if request is RequestKind.REEXAMINATION:
        return _("Le réexamen demandé le %(day)s", day=day)
    return _("La décision demandée le %(day)s", day=day)
