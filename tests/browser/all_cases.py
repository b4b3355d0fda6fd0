"""All cases, complete: whoever goes through them imports them from here."""

from tests.browser import (
    checklist_cases,
    defence_cases,
    directory_cases,
    dossier_cases,
    error_cases,
    estimate_cases,
    estimate_result_cases,
    filing_cases,
    handoff_cases,
    law_cases,
    notice_cases,
    own_checklist_cases,
    papers_cases,
    situation_cases,
    situation_state_cases,
    staff_adult_cases,
    staff_cases,
    staff_demand_cases,
    staff_document_cases,
    staff_notice_cases,
    staff_summary_cases,
)
from tests.browser.cases import CASES, Case

MODULES = (
    filing_cases,
    estimate_cases,
    estimate_result_cases,
    checklist_cases,
    defence_cases,
    directory_cases,
    dossier_cases,
    own_checklist_cases,
    papers_cases,
    situation_cases,
    situation_state_cases,
    law_cases,
    error_cases,
    staff_cases,
    staff_demand_cases,
    staff_adult_cases,
    staff_summary_cases,
    staff_document_cases,
    staff_notice_cases,
    handoff_cases,
    notice_cases,
)

__all__ = ["CASES", "Case"]
