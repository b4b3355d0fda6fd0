"""An estimate for somebody without a name: worked out, explained, and carried by their own browser. Nothing is stored."""

from portal.i18n.estimate.answers import answer_rows
from portal.services.estimates.explained import BudgetText, Explained, explain
from portal.services.estimates.sealing import open_answers, seal_answers

__all__ = ["BudgetText", "Explained", "answer_rows", "explain", "open_answers", "seal_answers"]
