"""The receipt of an own report as PDF, as often as wanted."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from portal.security.access import Rule, allow
from portal.security.context import citizen_actor, kit
from portal.services.reports import reading
from portal.services.reports.receipts import make_report_receipt
from portal.views.changes_act import NAME, ROOT
from portal.views.filed import pdf

blueprint = Blueprint("changes_receipt", __name__)


@blueprint.get(f"{ROOT}/{NAME}/receipt.pdf")
@allow(Rule.CITIZEN)
def receipt(lang: str, name: str) -> Response:
    """Its name says nothing of what changed."""
    report = reading.own_report(kit(), citizen_actor(), name)
    content = make_report_receipt(kit(), citizen_actor(), report, lang)
    return pdf(content, f"receipt-{report.reference}-{report.register_sequence}.pdf")
