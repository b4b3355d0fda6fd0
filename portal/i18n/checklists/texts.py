"""The texts of the checklist's rules in a language. They are written, and marked by their place, in `portal/checklists/rules`."""

from __future__ import annotations

from portal.i18n.text import translator


def rule_text(text: str, language: str) -> str:
    """One text of a rule; its message id is the French."""
    return translator(language).gettext(text)
