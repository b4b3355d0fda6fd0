"""The checklist in the person's language: on a page, on paper, and at the desk."""

from portal.services.checklists.explained import explain_checklist
from portal.services.checklists.texts import ChecklistText, Counts, GroupText, ItemText, RuleWords

__all__ = ["ChecklistText", "Counts", "GroupText", "ItemText", "RuleWords", "explain_checklist"]
