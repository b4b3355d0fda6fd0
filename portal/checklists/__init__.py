"""Which papers a household needs, and why: rules in YAML over named predicates (`docs/checklists.md`)."""

from portal.checklists.changes import papers_of
from portal.checklists.engine import DocumentRequest, checklist
from portal.checklists.reading import rules
from portal.checklists.rule import Basis, ChecklistRule, State, Whose

__all__ = ["Basis", "ChecklistRule", "DocumentRequest", "State", "Whose", "checklist", "papers_of", "rules"]
