"""Amounts that lie between two ends, as words."""

from __future__ import annotations

from decimal import Decimal

from portal.domain.estimate.span import CENTIMES, Span
from portal.i18n.formats import money
from portal.i18n.text import translator


def francs(centimes: int, language: str) -> str:
    """Centimes as money of the language."""
    sign = "-" if centimes < 0 else ""
    return sign + money(Decimal(abs(centimes)) / CENTIMES, language)


def in_words(span: Span, language: str) -> str:
    """«CHF 900», «de CHF 997 à CHF 1’061», «à partir de CHF 648», «au plus CHF 900»."""
    _ = translator(language).gettext
    if span.low is None:
        return _("au plus %(high)s", high=francs(span.high, language)) if span.high is not None else _("pas connu")
    if span.high is None:
        return _("à partir de %(low)s", low=francs(span.low, language)) if span.low else _("pas connu")
    if span.exact is not None:
        return francs(span.exact, language)
    return _("de %(low)s à %(high)s", low=francs(span.low, language), high=francs(span.high, language))


def width_words(width: int | None, language: str) -> str:
    """How far apart the ends are."""
    _ = translator(language).gettext
    return _("sans limite connue") if width is None else _("écart de %(width)s", width=francs(width, language))


def case_title(counted: bool, language: str) -> str:
    """Which of the two budgets this is, where a partner is counted or not."""
    _ = translator(language).gettext
    if counted:
        return _("Si le partenaire est compté")
    return _("Si le partenaire n’est pas compté")
