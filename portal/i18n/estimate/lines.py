"""What each line of the budget is called, the rule behind it in plain words, and why its ends differ."""

from __future__ import annotations

from collections.abc import Callable

from portal.domain.estimate import Line, LineCode
from portal.domain.parameter import Parameter
from portal.domain.situation import IncomeKind
from portal.i18n.estimate.spans import in_words
from portal.i18n.formats import money
from portal.i18n.law_words import label_words
from portal.i18n.text import translator


def line_title(line: Line, language: str) -> str:
    """A short name."""
    _ = translator(language).gettext
    if line.income is not None:
        return income_name(line.income, language)
    return {
        LineCode.ALLOWANCE: _("Forfait d’entretien"),
        LineCode.ALLOWANCE_SHARE: _("Part du forfait d’entretien"),
        LineCode.ALLOWANCE_FLAT_SHARE: _("Forfait d’entretien en colocation"),
        LineCode.ALLOWANCE_YOUNG_ADULT: _("Forfait d’entretien d’un jeune adulte"),
        LineCode.CHILDREN_AWAY: _("Enfant absent pour ses études"),
        LineCode.PERSON_IN_DOUBT: _("Personne à vérifier"),
        LineCode.RENT: _("Loyer"),
        LineCode.CHARGES: _("Charges du loyer"),
        LineCode.OWNER_COSTS: _("Frais du logement en propriété"),
        LineCode.EARNINGS: _("Revenu du travail"),
        LineCode.HOUSEHOLD_CONTRIBUTION: _("Contribution du proche qui loge"),
        LineCode.HOUSEKEEPING: _("Ménage tenu pour le partenaire"),
        LineCode.WEALTH: _("Fortune à utiliser d’abord"),
    }[line.code]


def income_name(kind: IncomeKind, language: str) -> str:
    """The name of a kind of income, as the form asks for it."""
    _ = translator(language).gettext
    return {
        IncomeKind.WAGE: _("Salaire net"),
        IncomeKind.SELF_EMPLOYMENT: _("Revenu d’indépendant"),
        IncomeKind.ONE_OFF: _("13e salaire ou prime, reçu ce mois"),
        IncomeKind.UNEMPLOYMENT: _("Chômage"),
        IncomeKind.DAILY_ALLOWANCE: _("Indemnités de maladie, d’accident ou de maternité"),
        IncomeKind.OLD_AGE: _("Rente AVS"),
        IncomeKind.DISABILITY: _("Rente AI"),
        IncomeKind.SUPPLEMENTARY: _("Prestations complémentaires"),
        IncomeKind.OCCUPATIONAL: _("Rente d’une caisse de pension"),
        IncomeKind.TRANSITIONAL: _("Prestation transitoire"),
        IncomeKind.FAMILY_ALLOWANCE: _("Allocations familiales"),
        IncomeKind.ALIMONY: _("Pension alimentaire reçue"),
        IncomeKind.BURSARY: _("Bourse d’études"),
        IncomeKind.THIRD_PARTY: _("Aide régulière d’un proche"),
        IncomeKind.GIFT: _("Cadeau"),
        IncomeKind.REFUND: _("Remboursement d’acomptes"),
        IncomeKind.FAMILY_FUND: _("Allocation de ménage"),
        IncomeKind.BIRTH_ALLOWANCE: _("Allocation de naissance"),
        IncomeKind.SIPE: _("Aide d’un centre SIPE"),
        IncomeKind.SPECIAL_DONATION: _("Don pour une dépense précise"),
        IncomeKind.CAPITAL: _("Somme reçue une fois (héritage, vente)"),
        IncomeKind.OTHER: _("Autre revenu"),
    }[kind]


def line_rule(line: Line, language: str) -> tuple[str, ...]:
    """The rule in a few plain sentences, with the values that hold on the day."""
    special = _SPECIAL.get(line.code)
    return special(line, language) if special else _plain_rule(line.code, language)


def _plain_rule(code: LineCode, language: str) -> tuple[str, ...]:
    _ = translator(language).gettext
    return {
        LineCode.ALLOWANCE: (
            _("Un montant fixe par mois pour vivre : nourriture, habits, téléphone, électricité, transports."),
            _("Il dépend du nombre de personnes du ménage."),
        ),
        LineCode.ALLOWANCE_SHARE: (
            _("D’autres personnes habitent avec vous."),
            _("Le forfait de tout le ménage est divisé par le nombre de personnes."),
            _("Ici compte la part des personnes qui sont comptées ensemble."),
        ),
        LineCode.ALLOWANCE_YOUNG_ADULT: (
            _("Un jeune adulte sans travail ni formation peut recevoir un forfait plus bas."),
            _("Les conditions d’aujourd’hui ne sont pas confirmées."),
            _("La fourchette va du forfait réduit au forfait sans réduction."),
        ),
        LineCode.CHILDREN_AWAY: (
            _("Un enfant qui étudie ailleurs compte avec vous."),
            _("Son montant adapté n’est pas connu. La fourchette va de rien à une part entière."),
        ),
        LineCode.PERSON_IN_DOUBT: (
            _("Le centre doit voir si cette personne est comptée avec vous."),
            _("La fourchette contient les deux cas : sa part moins ses revenus, ou rien."),
        ),
        LineCode.RENT: (
            _("Le loyer est pris comme vous l’avez indiqué."),
            _("Le centre le compare aux loyers reconnus au même endroit. Nous ne connaissons pas ces limites."),
        ),
        LineCode.CHARGES: (
            _("Le chauffage et les frais accessoires comptent avec le logement."),
            _("L’électricité du ménage est dans le forfait."),
        ),
        LineCode.OWNER_COSTS: (
            _("Pour un propriétaire, le centre examine quels frais sont reconnus. La fourchette commence à zéro."),
        ),
        LineCode.INCOME_NOT_COUNTED: (_("Cette somme ne compte pas comme revenu."),),
    }[code]


def _flat_share(line: Line, language: str) -> tuple[str, ...]:
    _ = translator(language).gettext
    percent = next(rule for rule in line.rules if rule.name == "flat_share_purpose_reduction").whole()
    return (
        _("En simple colocation, vous gardez votre propre forfait, réduit de %(percent)s %%.", percent=percent),
        _("Si vous faites les repas ensemble, le forfait du ménage est partagé."),
    )


def _contribution(line: Line, language: str) -> tuple[str, ...]:
    _ = translator(language).gettext
    return (
        _("Vous logez gratuitement chez un proche. La commune peut compter une contribution de sa part."),
        _("Son montant n’est pas fixé : de rien à %(most)s par mois.", most=_most(line, language)),
    )


def _housekeeping(line: Line, language: str) -> tuple[str, ...]:
    _ = translator(language).gettext
    most = _most(line, language)
    return (
        _("Votre partenaire n’est pas compté avec vous, mais vous vivez ensemble."),
        _("La commune peut compter une indemnité pour le ménage : de rien à %(most)s par mois.", most=most),
    )


def _wealth(line: Line, language: str) -> tuple[str, ...]:
    _ = translator(language).gettext
    left = in_words(dict(line.given)["left"], language)
    return (
        _("Une partie de ce que vous avez vous est laissée : %(left)s.", left=left),
        _("Ce qui dépasse doit être utilisé d’abord."),
    )


def _income(line: Line, language: str) -> tuple[str, ...]:
    _ = translator(language).gettext
    if line.income is IncomeKind.CAPITAL:
        return (
            _("Une somme reçue une fois compte comme revenu du mois, ou comme fortune. Nous n’avons pas lu de règle."),
            _(
                "La fourchette va de rien à toute la somme, aussi pour les mois suivants. Le centre vous dit comment elle compte."
            ),
        )
    limit = next((rule for rule in line.rules if rule.name == "gift_limit"), None)
    if limit is None:
        return (_("Ce revenu compte en entier, le mois où il est versé."),)
    return (
        _(
            "Un petit cadeau de fête ou d’anniversaire d’un proche ne compte pas, jusqu’à %(limit)s.",
            limit=money(limit.amount(), language),
        ),
    )


def _earnings(line: Line, language: str) -> tuple[str, ...]:
    _ = translator(language).gettext
    names, most = {rule.name for rule in line.rules}, _most(line, language)
    found = [
        _("Le revenu net compte. Une partie vous est laissée : la franchise."),
        _("Son montant en Valais n’est pas connu. La fourchette va de rien à %(most)s par mois.", most=most),
    ]
    if "month_end_wage" in names:
        found.append(_("Un salaire versé à la fin du mois compte pour le mois suivant."))
    if "self_employed_aid" in names:
        found.append(_("Pour une activité indépendante, l’aide est limitée dans le temps."))
    return tuple(found)


_SPECIAL: dict[LineCode, Callable[[Line, str], tuple[str, ...]]] = {
    LineCode.ALLOWANCE_FLAT_SHARE: _flat_share,
    LineCode.EARNINGS: _earnings,
    LineCode.INCOME: _income,
    LineCode.HOUSEHOLD_CONTRIBUTION: _contribution,
    LineCode.HOUSEKEEPING: _housekeeping,
    LineCode.WEALTH: _wealth,
}


def _most(line: Line, language: str) -> str:
    """The upper bound of the vague value of the law behind a line."""
    vague = [rule.admissible[1] for rule in line.rules if not rule.known and rule.admissible]
    return money(max(vague), language) if vague else ""


def number_name(name: str, language: str) -> str:
    """What one of the numbers behind a line is."""
    _ = translator(language).gettext
    return {
        "counted": _("Personnes comptées ensemble"),
        "persons": _("Personnes dans le logement"),
        "away": _("Enfants qui étudient ailleurs"),
        "earned": _("Revenu net indiqué"),
        "amount": _("Montant indiqué"),
        "costs": _("Frais indiqués"),
        "partner_income": _("Revenu compté de votre partenaire"),
        "left": _("Montant laissé"),
        "accounts": _("Comptes et espèces"),
        "vehicles": _("Véhicules"),
        "insurances": _("3e pilier, libre passage, assurance-vie"),
        "claims": _("Héritages et argent prêté"),
        "moral_damages": _("Réparation du tort moral"),
    }[name]


def cause_words(line: Line, language: str) -> tuple[str, ...]:
    """Why the ends of a line differ."""
    rules = {rule.name: rule for rule in line.rules}
    return tuple(
        _vague(rules[name], language) if name in rules else _unknown(name, language) for name in line.open_because
    )


def _vague(rule: Parameter, language: str) -> str:
    _ = translator(language).gettext
    label = label_words(rule, language)
    if rule.known:
        return _("%(label)s : la valeur d’aujourd’hui n’est pas confirmée pour le Valais.", label=label)
    return _("%(label)s : la valeur n’est pas connue pour le Valais.", label=label)


def _unknown(name: str, language: str) -> str:
    _ = translator(language).gettext
    return {
        "rent": _("Le loyer n’est pas indiqué."),
        "shared_rent": _("Votre partenaire habite là aussi : le loyer est peut-être partagé."),
        "charges": _("Les charges ne sont pas indiquées."),
        "income": _("Un revenu n’est pas indiqué."),
        "gift": _("La règle ne dit pas comment compter un cadeau plus grand, ou plusieurs."),
        "shared_meals": _("On ne sait pas si vous faites les repas ensemble."),
        "age": _("L’âge n’est pas indiqué."),
        "activity": _("Le travail ou l’activité n’est pas indiqué."),
        "training": _("L’âge ou la formation d’un enfant n’est pas connu."),
        "home": _("Vous ne savez pas encore où vous habitez."),
        "members": _("On ne sait pas encore qui est compté avec vous."),
        "permit": _("Le permis d’une personne peut changer le calcul."),
        "accounts": _("L’argent sur vos comptes n’est pas indiqué."),
        "vehicles": _("Le centre examine comment les véhicules comptent."),
        "insurances": _("Le centre examine comment ces assurances comptent."),
        "claims": _("Le centre examine comment ces biens comptent."),
        "moral_damages": _("La réparation du tort moral n’est pas indiquée."),
    }[name]
