"""Changes of situation in the person's language: their kinds, what is asked, what was said, and what a change does."""

from portal.i18n.changes.answers import answer_line, answer_words, income_words
from portal.i18n.changes.asks import ask_hint, ask_label, since_label, who_label
from portal.i18n.changes.kinds import change_hint, change_name, change_title, duty_words

__all__ = [
    "answer_line",
    "answer_words",
    "ask_hint",
    "ask_label",
    "change_hint",
    "change_name",
    "change_title",
    "duty_words",
    "income_words",
    "since_label",
    "who_label",
]
