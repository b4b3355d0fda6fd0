"""The own reports of a change: the list, one of them with its proof and its state, taking one back."""

from __future__ import annotations

from flask import g, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from portal.adapters.qr import svg
from portal.domain.changes.report import EventKind
from portal.domain.situation.kinds import read_day
from portal.forms.changes.withdraw import WithdrawReportForm
from portal.forms.fields import clean
from portal.forms.staff import faults_of
from portal.i18n.changes import change_title
from portal.i18n.changes.answers import answer_words
from portal.i18n.formats import month_name
from portal.security.access import Rule, allow
from portal.security.context import form_actor, kit, received_at, whose_form
from portal.services.reports import drafting, reading
from portal.services.reports.asked_back import open_questions
from portal.services.reports.paper_texts import items_of_report
from portal.services.reports.receipts import report_qr_text
from portal.services.reports.sending import EndedError, withdraw_report
from portal.services.reports.stored import ReportEvent, ReportView
from portal.views.changes_act import NAME, ROOT, blueprint
from portal.views.changes_shown import kept_kinds, kept_url
from portal.views.form_url import form_url
from portal.views.meant import another_dossier, meant
from portal.views.names import today


@blueprint.get(ROOT)
@allow(Rule.HOUSEHOLD)
def show(lang: str) -> str:
    """What was reported, and what was kept for later."""
    return render_template(
        "changes/list.html",
        reports=reading.own_reports(kit(), form_actor()),
        kept=drafting.kept_draft(kit(), form_actor()),
        kept_kinds=kept_kinds,
        kept_url=kept_url,
        reference=_reference(),
        **_words(),
    )


@blueprint.post(f"{ROOT}/forget")
@allow(Rule.HOUSEHOLD)
def forget(lang: str) -> Response:
    """What was kept for later is not wanted any more."""
    if not meant():
        return another_dossier()
    drafting.forget_draft(kit(), form_actor())
    return redirect(form_url("changes.show", lang=lang), 303)


@blueprint.get(f"{ROOT}/{NAME}")
@allow(Rule.HOUSEHOLD)
def one(lang: str, name: str) -> str:
    """One report: its proof, what was said, where it stands, its papers."""
    actor = form_actor()
    report = reading.own_report(kit(), actor, name)
    seen = reading.known(kit(), actor)
    situation = seen.overlaid.situation
    changes = report.content.changes if report.content else ()
    corrected = next((one for one in seen.own if one.corrects == report.id), None)
    return render_template(
        "changes/one.html",
        report=report,
        said=[(change, answer_words(change, situation, lang, me=actor.person)) for change in changes],
        papers=() if report.ended else items_of_report(kit(), actor, seen, report, lang),
        before=next((one for one in seen.own if one.id == report.corrects), None),
        corrected=corrected,
        question=next((one for one in open_questions(kit(), actor, today()) if one.report == report.name), None),
        open_questions=any(step.report == report.name for step in seen.overlaid.not_applied),
        qr=svg(report_qr_text(kit(), report, lang)),
        again=frozenset(request.args) & {"said", "ended", "other"},
        reference=_reference(),
        **_words(),
    )


@blueprint.route(f"{ROOT}/{NAME}/withdraw", methods=["GET", "POST"])
@allow(Rule.HOUSEHOLD)
def withdraw(lang: str, name: str) -> Response:
    """Take a report back, after reading what that means. A second time changes nothing."""
    if request.method == "POST" and not meant():
        return another_dossier()
    report = reading.own_report(kit(), form_actor(), name)
    form = WithdrawReportForm()
    if request.method == "POST" and "_switch" not in request.form and form.validate():
        try:
            withdraw_report(kit(), form_actor(), name, received_at(), clean(form.reason.data))
        except EndedError:
            return redirect(form_url("changes.one", lang=lang, name=name, ended=1), 303)
        return redirect(form_url("changes.one", lang=lang, name=name), 303)
    if report.ended:
        return redirect(form_url("changes.one", lang=lang, name=name, ended=1), 303)
    html = render_template(
        "changes/withdraw.html",
        report=report,
        form=form,
        faults=faults_of(form),
        reference=_reference(),
        **_words(),
    )
    return make_response(html, 422 if form.errors else 200)


def titles_of(report: ReportView) -> list[str]:
    """What it is about, in a word or two each."""
    return [change_title(change.kind, g.lang) for change in report.content.changes] if report.content else []


def month_of(event: ReportEvent) -> str:
    """From which month the centre says it counts."""
    text = str(event.details.get("month", ""))
    day = read_day(text) or read_day(f"{text}-01")
    return month_name(day, g.lang) if day else ""


def day_of(event: ReportEvent, name: str) -> object:
    """A day that stands in the details of an event."""
    return read_day(event.details.get(name))


def _words() -> dict[str, object]:
    return {
        "titles_of": titles_of,
        "month_of": month_of,
        "day_of": day_of,
        "kinds": EventKind,
        "change_title": lambda kind: change_title(kind, g.lang),
    }


def _reference() -> str:
    visit = whose_form()
    return visit.reference if visit else ""
