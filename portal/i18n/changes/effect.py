"""What a change does, in words: estimates and remarks, never a decision."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from portal.domain.changes.uncounted import Uncounted, Why
from portal.domain.estimate import Effect, Figure, MonthPair, Span
from portal.i18n.changes.kinds import change_title
from portal.i18n.estimate.spans import francs, in_words
from portal.i18n.formats import money, month_name
from portal.i18n.text import translator
from portal.i18n.words import joined


def figure_words(figure: Figure, language: str) -> str:
    """The aid of a month as a range; or that no amount is stated."""
    _ = translator(language).gettext
    none = _("pas de montant affiché")
    if figure.range is None:
        return none
    amount = in_words(figure.range.outward(), language)
    return amount if figure.stated else joined(_(" ou "), (amount, none))


def difference_words(span: Span | None, language: str) -> str:
    """By how much: «CHF 300 de moins», «entre CHF 300 et CHF 500 de plus»."""
    _ = translator(language).gettext
    if span is None:
        return _("pas comparable")
    if span.low is None or span.high is None:
        return _("pas connu")
    span = span.outward()
    low, high = span.low or 0, span.high or 0
    least, most = sorted((abs(low), abs(high)))
    first, second = francs(least, language), francs(most, language)
    if low == high:
        return _("pas de changement") if low == 0 else _more_or_less(low, second, language)
    if low == 0:
        return _("jusqu’à %(sum)s de plus, ou pas de changement", sum=second)
    if high == 0:
        return _("jusqu’à %(sum)s de moins, ou pas de changement", sum=second)
    if low > 0:
        return _("entre %(low)s et %(high)s de plus", low=first, high=second)
    if high < 0:
        return _("entre %(low)s et %(high)s de moins", low=first, high=second)
    return _("de %(less)s de moins à %(more)s de plus", less=francs(-low, language), more=francs(high, language))


def _more_or_less(difference: int, amount: str, language: str) -> str:
    _ = translator(language).gettext
    return _("%(sum)s de plus", sum=amount) if difference > 0 else _("%(sum)s de moins", sum=amount)


def when_words(effect: Effect, language: str) -> tuple[str, ...]:
    """From which month it counts, as the calculation has it."""
    _ = translator(language).gettext
    sure, maybe = effect.first_certain, effect.first_possible
    if all(pair.before.range is None and pair.after.range is None for pair in effect.months):
        return (_("Nous ne pouvons pas calculer de montant ici. Annoncez le changement quand même."),)
    if maybe is None:
        if any(_other_lines(pair) for pair in effect.months):
            return (_("Dans ce calcul, des lignes changent, mais pas le total."),)
        return (_("Dans ce calcul, le montant ne change pas."),)
    if sure is None:
        return (_("Dans ce calcul, le montant change peut-être, dès %(month)s.", month=month_name(maybe, language)),)
    if maybe < sure:
        return (
            _(
                "Dans ce calcul, le montant change dès %(month)s. Peut-être déjà avant : %(first)s.",
                month=month_name(sure, language),
                first=month_name(maybe, language),
            ),
        )
    return (_("Dans ce calcul, le montant change dès %(month)s.", month=month_name(sure, language)),)


def uncounted_words(found: Uncounted, language: str) -> str:
    """That a calculation leaves out something that was said, and what the answers do not say."""
    _ = translator(language).gettext
    amount = found.change.value(found.amount) if found.amount else None
    parts = [change_title(found.change.kind, language), money(Decimal(str(amount)), language) if amount else ""]
    what = joined(" · ", [part for part in parts if part])
    return {
        Why.PERSON: _(
            "Ce calcul ne compte pas encore : %(what)s. Vos réponses ne nomment pas cette personne.", what=what
        ),
        Why.INCOME: _("Ce calcul ne compte pas encore : %(what)s. Vos réponses ne disent pas ce revenu.", what=what),
        Why.READ: _("Ce calcul ne compte pas : %(what)s.", what=what),
    }[found.why]


def nothing_known_words(language: str) -> str:
    """Why no figure is shown of a household that has answered next to nothing."""
    return translator(language).gettext("Le portail ne peut pas calculer sans vos réponses.")


def _other_lines(pair: MonthPair) -> bool:
    one, other = pair.before.last.budgets, pair.after.last.budgets
    return tuple(budget.lines for budget in one) != tuple(budget.lines for budget in other)


def month_end_words(language: str, *, known: bool) -> str:
    """Why a wage counts for another month than its own (parameter `month_end_wage`)."""
    _ = translator(language).gettext
    if known:
        return _("Un salaire versé à la fin du mois compte pour le mois suivant.")
    return _(
        "Vous n’avez pas dit quand le salaire est payé. Payé à la fin du mois, il compte pour le mois suivant."
        " La fourchette contient les deux cas."
    )


def both_words(month: date, language: str) -> str:
    """Why a month has two figures (parameter `household_change_month`)."""
    _ = translator(language).gettext
    return _(
        "Le changement arrive au milieu du mois : %(month)s. Nous n’avons pas lu de règle pour ce mois."
        " La fourchette contient les deux calculs.",
        month=month_name(month, language),
    )


def note_words(code: str, language: str, **values: object) -> tuple[str, str]:
    """Title and text of what the centre may ask in return, or of what the figures leave out."""
    _ = translator(language).gettext
    titles = {
        "job-seeker": _("Chercher un travail"),
        "part-month": _("Le premier ou le dernier salaire"),
        "arrears": _("De l’argent pour des mois passés"),
        "surplus": _("Quand un mois a trop de revenu"),
        "exemption": _("La fortune laissée"),
        "capital": _("La somme reçue"),
        "commune": _("Une autre commune"),
        "abroad": _("Pendant le départ"),
        "own-words": _("Ce que vous écrivez"),
        "asked": _("Ce que vous avez demandé"),
    }
    texts = {
        "job-seeker": _(
            "Le centre peut demander une inscription à l’ORP, même sans droit au chômage. Cela dépend de la santé,"
            " de la formation et des enfants."
        ),
        "part-month": _(
            "Un travail qui commence ou finit au milieu du mois donne souvent un salaire plus petit ce mois-là."
            " Le calcul prend le mois entier. La fiche de salaire dira le vrai montant."
        ),
        "arrears": _(
            "Une rente ou une indemnité peut être payée pour des mois où vous avez reçu de l’aide."
            " Le centre peut en demander le remboursement. Gardez le décompte."
        ),
        "surplus": _(
            "Un revenu plus haut que le besoin d’un mois peut compter le mois suivant. Ce calcul ne le reporte pas."
        ),
        "exemption": _(
            "Une partie de la fortune est laissée au ménage au début de l’aide. Nous ne savons pas si elle l’est aussi"
            " pour de l’argent qui arrive pendant l’aide."
        ),
        "capital": _(
            "Revenu du mois, ou fortune ? Nous n’avons pas lu de règle. Parlez-en au centre avant de dépenser la somme."
        ),
        "commune": _(
            "Une autre commune, et un autre centre, est peut-être responsable. Selon un ancien texte, la commune"
            " d’avant paie encore %(days)s jours. Aujourd’hui, ce n’est pas confirmé. Le centre vous dit la suite.",
            days=values.get("days", ""),
        ),
        "abroad": _(
            "Le calcul ne tient pas compte d’un départ : nous n’avons pas lu de règle. Demandez au centre avant de partir."
        ),
        "own-words": _("Le calcul ne peut pas tenir compte de vos mots. Le centre les lit."),
        "asked": _("Une demande ne change pas encore le calcul. Une décision le change : annoncez-la aussi."),
    }
    return titles[code], texts[code]
