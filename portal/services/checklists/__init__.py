"""The checklist in the person's language: on a page, on paper, and at the desk."""

from portal.services.checklists.explained import explain_checklist
from portal.services.checklists.texts import ChecklistText, Counts, GroupText, ItemText, RuleWords, anchor_of

__all__ = ["ChecklistText", "Counts", "GroupText", "ItemText", "RuleWords", "anchor_of", "explain_checklist"]
