"""What does not fit, kindly: one sentence that names the persons, and asks. The same to the person and to the centre."""

from __future__ import annotations

from portal.domain.situation import Situation
from portal.domain.situation.contradictions import Contradiction, ContradictionCode
from portal.domain.situation.words import APPLICANT
from portal.i18n.estimate.people import person_name
from portal.i18n.text import translator
from portal.i18n.words import joined


def contradiction_words(
    found: Contradiction, situation: Situation, language: str, *, staff: bool = False, me: str = APPLICANT
) -> str:
    """«Ana, Enfant 1 : …». `me`: the person who reads it; `staff`: none of them does."""
    who = joined(", ", (person_name(situation, person, language, staff=staff, me=me) for person in found.persons))
    _ = translator(language).gettext
    return {
        ContradictionCode.CHILD_NOT_YOUNGER: _(
            "%(who)s : l’enfant a le même âge que le parent, ou plus. Vérifiez les deux âges.", who=who
        ),
        ContradictionCode.CHILD_BARELY_YOUNGER: _(
            "%(who)s : moins de 12 ans entre l’enfant et le parent. Est-ce juste ?", who=who
        ),
        ContradictionCode.TOGETHER_TOO_EARLY: _(
            "%(who)s : la vie commune commence avant l’âge de 14 ans. Vérifiez les dates.", who=who
        ),
        ContradictionCode.MARRIED_CHILD: _(
            "%(who)s : moins de 16 ans, mais pas célibataire. Vérifiez l’âge et l’état civil.", who=who
        ),
        ContradictionCode.SPOUSE_OF_UNMARRIED: _(
            "%(who)s : un conjoint habite ici, mais l’état civil dit autre chose. Lequel est juste ?", who=who
        ),
        ContradictionCode.MARRIED_WITHOUT_SPOUSE: _(
            "%(who)s : mariage ou partenariat enregistré, sans conjoint indiqué. Manque-t-il une personne ?", who=who
        ),
        ContradictionCode.WORK_WITHOUT_WAGE: _(
            "%(who)s : un emploi, mais pas de salaire indiqué. Manque-t-il un montant ?", who=who
        ),
        ContradictionCode.SELF_EMPLOYED_WITHOUT_INCOME: _(
            "%(who)s : un travail indépendant, mais pas de revenu indiqué. Manque-t-il un montant ?", who=who
        ),
        ContradictionCode.EARLY_OLD_AGE_PENSION: _(
            "%(who)s : une rente AVS avant 58 ans. Est-ce une rente de survivants ?", who=who
        ),
        ContradictionCode.CHILD_WITH_WAGE: _(
            "%(who)s : un revenu du travail avant 13 ans. Vérifiez l’âge et le montant.", who=who
        ),
        ContradictionCode.TRAINING_COMPLETED: _(
            "%(who)s : formation terminée, et en formation. Est-ce une deuxième formation ?", who=who
        ),
        ContradictionCode.COMMON_CHILD_NOWHERE: _(
            "%(who)s : un enfant commun, mais pas d’enfant indiqué. Manque-t-il une personne ?", who=who
        ),
        ContradictionCode.UNABLE_YET_BUSY: _(
            "%(who)s : incapacité pour plus de la moitié, et une autre activité. Est-ce juste ?", who=who
        ),
        ContradictionCode.RENT_OF_FREE_HOME: _(
            "Un loyer est indiqué, mais le logement est gratuit ou manque. Lequel est juste ?"
        ),
        ContradictionCode.OWN_HOME_WITHOUT_PROPERTY: _(
            "Le logement est en propriété, mais rien n’est indiqué comme propriété. Lequel est juste ?"
        ),
        ContradictionCode.ALIMONY_WITHOUT_CAUSE: _(
            "%(who)s : une pension alimentaire reçue, sans enfant ni séparation. Est-ce juste ?", who=who
        ),
        ContradictionCode.PREGNANT_AT_THAT_AGE: _(
            "%(who)s : une grossesse à cet âge. Vérifiez l’âge et la réponse.", who=who
        ),
        ContradictionCode.ASYLUM_BEFORE_BIRTH: _(
            "%(who)s : la demande d’asile est avant la naissance. Vérifiez les dates.", who=who
        ),
    }[found.code]
