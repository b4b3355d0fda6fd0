"""Every named predicate a checklist rule may use. Each tells yes, no, or None: not known."""

from portal.checklists.predicates import belongings, home, people, register, work
from portal.checklists.predicates.register import PREDICATES, Predicate

__all__ = ["PREDICATES", "Predicate", "belongings", "home", "people", "register", "work"]
