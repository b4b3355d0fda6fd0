"""The last page of a report: what it does; and its sending."""

from __future__ import annotations

from dataclasses import replace

from flask import g, redirect, request
from werkzeug.wrappers import Response

from portal.adapters.database import DatabaseUnavailableError
from portal.domain.changes.change import Change
from portal.domain.situation import Situation
from portal.forms.changes.report import ReportForm
from portal.forms.fields import clean
from portal.forms.text import gettext as _
from portal.security.context import form_actor, kit, received_at
from portal.services.reports import drafting
from portal.services.reports.preparing import prepare
from portal.services.reports.reading import Known
from portal.services.reports.sending import (
    ClashError,
    EndedError,
    FaultsError,
    SaidAlreadyError,
    Sending,
    name_of,
    send_report,
)
from portal.views.changes_shown import Mode, show_details, show_effect, show_what
from portal.views.changes_state import State, checked, same_changes
from portal.views.changes_words import named, say_days, say_faults, settled_by
from portal.views.form_url import form_url


def judged(mode: Mode, known: Known, state: State) -> tuple[ReportForm, tuple[Change, ...] | None]:
    """The form and what it says; None where something of it cannot be so, which then stands at the field."""
    form = ReportForm(state.typed, mode.household(known))
    if not form.kinds:
        return form, None
    if not form.validate():
        say_days(form, known, received_at(), what_if=mode.what_if)
        return form, None
    changes = form.changes(mode.newcomers(state))
    return form, None if say_faults(form, changes, known, received_at(), what_if=mode.what_if) else changes


def look(mode: Mode, known: Known, state: State) -> Response:
    """What it does; a page with an answer that cannot be so comes first."""
    form, changes = judged(mode, known, state)
    if changes is None:
        if not form.kinds:
            return show_what(mode, state, fault=_("Choisissez ce qui a changé."), status=422)
        return show_details(mode, known, state, form=form, status=422)
    prepared = prepare(known, changes, name_of(kit(), state.token))
    sending = sending_of(mode, state, form, changes, prepared.after)
    return show_effect(mode, replace(state, checked=checked(sending)), form, changes, prepared)


def sending_of(mode: Mode, state: State, form: ReportForm, changes: tuple[Change, ...], after: Situation) -> Sending:
    """What the last page's button sends."""
    settled, drops = settled_by(request.form)
    return Sending(
        changes=changes,
        token=state.token,
        why=clean(form.words.why.data),
        words=clean(form.words.words.data),
        asks_decision=bool(form.words.decision.data),
        corrects=mode.corrects.id if mode.corrects else None,
        settled=settled,
        drops=drops,
        names=named(changes, after, g.lang),
    )


def send(mode: Mode, known: Known, state: State) -> Response:
    """Send it: the same answer however often the same page is sent."""
    form, changes = judged(mode, known, state)
    if mode.what_if or changes is None:
        return look(mode, known, state)
    prepared = prepare(known, changes, name_of(kit(), state.token))
    if "old" in {text for name, text in request.form.items() if name.startswith("clash-")}:
        notice = _("Vous dites que l’ancienne réponse est juste. Corrigez donc ici ce qui n’est pas juste.")
        return show_details(mode, known, state, notice=notice)
    sending = sending_of(mode, state, form, changes, prepared.after)
    try:
        report = send_report(kit(), form_actor(), sending, received_at())
    except FaultsError:
        return look(mode, known, state)
    except ClashError as clash:
        page = replace(state, checked=checked(sending))
        return show_effect(mode, page, form, changes, prepared, asked=clash.clashes, status=409)
    except SaidAlreadyError as said:
        return redirect(form_url("changes.one", lang=g.lang, name=said.report.name, said=1), 303)
    except EndedError as ended:
        return redirect(form_url("changes.one", lang=g.lang, name=ended.report.name, ended=1), 303)
    if state.kept:
        forget(state.kept)
    other = report.content is not None and not same_changes(report.content.changes, changes)
    target = form_url("changes.one", lang=g.lang, name=report.name, other=1 if other else None)
    return redirect(target, 303)


def forget(mark: str) -> None:
    """What was kept for later is sent now; if that fails, it only stays to be seen in the list."""
    try:
        drafting.forget_draft(kit(), form_actor(), mark)
    except DatabaseUnavailableError:
        return
