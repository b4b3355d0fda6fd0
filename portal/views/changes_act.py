"""Report a change, imagine one, correct a report: what happened, a few questions, what it does, then it is sent."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, abort, g, redirect, request
from werkzeug.wrappers import Response

from portal.domain.changes.change import MOST_CHANGES
from portal.forms.changes.report import AGAIN, ReportForm, chosen_kinds, typed_report
from portal.forms.text import gettext as _
from portal.i18n.formats import long_date
from portal.security.access import Rule, allow
from portal.security.context import form_actor, kit
from portal.services.reports import drafting, reading
from portal.services.reports.drafting import AnotherKeptError, TooLongError
from portal.services.reports.reading import Known
from portal.services.reports.stored import ReportView
from portal.views.changes_send import look, send
from portal.views.changes_shown import Mode, kept_url, show_details, show_keep, show_what
from portal.views.changes_state import (
    DETAILS,
    EFFECT,
    KEEP,
    PAGES,
    WHAT,
    State,
    new_state,
    sent_page,
    sent_state,
)
from portal.views.form_url import form_url
from portal.views.language import LANG
from portal.views.meant import another_dossier, meant

blueprint = Blueprint("changes", __name__)
"""Of every page about reports; `changes` adds the list and the pages of one."""

ROOT = f"{LANG}/dossier/changes"
NAME = "<string(length=10):name>"


@blueprint.route(f"{ROOT}/new", methods=["GET", "POST"])
@allow(Rule.HOUSEHOLD)
def new(lang: str) -> Response:
    """Report what changed."""
    return walk(Mode("new", form_url("changes.new", lang=lang)))


@blueprint.route(f"{ROOT}/what-if", methods=["GET", "POST"])
@allow(Rule.HOUSEHOLD)
def what_if(lang: str) -> Response:
    """The same without sending: what would follow."""
    return walk(Mode("what-if", form_url("changes.what_if", lang=lang)))


@blueprint.route(f"{ROOT}/{NAME}/correct", methods=["GET", "POST"])
@allow(Rule.HOUSEHOLD)
def correct(lang: str, name: str) -> Response:
    """A report anew, in the place of one that was sent."""
    report = reading.own_report(kit(), form_actor(), name)
    if report.ended:
        return redirect(form_url("changes.one", lang=lang, name=name, ended=1), 303)
    if report.content is None:
        return abort(404)
    return walk(Mode("correct", form_url("changes.correct", lang=lang, name=name), report))


def walk(mode: Mode) -> Response:
    """One page of a report, or its sending."""
    if request.method == "POST" and not meant():
        return another_dossier()
    known = reading.known(kit(), form_actor())
    known = known.without(mode.corrects.id if mode.corrects else None)
    if request.method != "POST":
        return begin(mode, known)
    state, page = sent_state(), sent_page()
    if state is None:
        return lost(mode, known)
    if "_show" in request.form:  # Back, or a reload: the page as it was
        wanted = request.form["_show"]
        return show(mode, known, state, wanted if wanted in PAGES else WHAT)
    state = take(mode, known, state, page)
    if "_keep" in request.form or page == KEEP:
        return keep(mode, known, state, page)
    if {"_switch", "_more", "_less"} & set(request.form):
        return show(mode, known, state, page)
    if "_edit" in request.form or "_back" in request.form:
        return show(mode, known, state, WHAT if page == DETAILS else DETAILS)
    if page == WHAT:
        if not chosen_kinds(state.typed):
            return show_what(mode, state, fault=_("Choisissez ce qui a changé."), status=422)
        return show_details(mode, known, state)
    return send(mode, known, state) if page == EFFECT and "_send" in request.form else look(mode, known, state)


def begin(mode: Mode, known: Known) -> Response:
    """An empty report; what was kept for later; or the one that is corrected, as it was said."""
    if mode.corrects is not None:
        return show_details(mode, known, new_state(typed_before(mode.corrects)), notice=clock_goes_on(mode.corrects))
    kept = drafting.kept_draft(kit(), form_actor()) if "kept" in request.args else None
    if kept is not None and chosen_kinds(kept.typed):
        if kept.what_if is not mode.what_if:  # what was only imagined is no report, from whichever page it is opened
            return redirect(kept_url(kept), 303)
        return show_details(mode, known, new_state(kept.typed, kept=kept.mark))
    return show_what(mode, new_state())


def clock_goes_on(report: ReportView) -> str:
    """What becomes of the days of a new decision that the corrected report asked for; nothing where it has none."""
    if report.clock is None:
        return ""
    return _(
        "Vous demandez toujours une nouvelle décision ? Le délai reste celui de votre première demande, du %(date)s."
        " Si vous ne la demandez plus, il s’arrête.",
        date=long_date(report.clock.start, g.lang),
    )


def typed_before(report: ReportView) -> dict[str, list[str]]:
    """What a browser would have sent for a report."""
    if report.content is None:
        return {}
    words = {
        "why": report.content.why,
        "words": report.content.words,
        "decision": "y" if report.asks_decision else None,
    }
    return typed_report(report.content.changes) | {name: [text] for name, text in words.items() if text}


def lost(mode: Mode, known: Known) -> Response:
    """What came along cannot be read (cut off, or of an old key): what stands on the page itself is kept."""
    notice = _("Les pages d’avant ne peuvent plus être lues. Vérifiez vos réponses, rien n’est envoyé.")
    names = [name for name in request.form if not name.startswith("_")]
    state = new_state().with_typed(names)
    if chosen_kinds(state.typed):
        return show_details(mode, known, state, notice=notice, status=400)
    return show_what(mode, state, notice=notice, status=400)


def take(mode: Mode, known: Known, state: State, page: str) -> State:
    """The state with what the page that was sent has typed."""
    if page == WHAT:
        return state.with_typed(("kind",))
    if page == DETAILS:
        form = ReportForm(state.typed, mode.household(known))
        return once_more(state.with_typed(form.names))
    return state


def once_more(state: State) -> State:
    """The state with one more of a kind that happened again, or without the last of it, where the page asks for that."""
    again = [*state.typed.get(AGAIN, ()), *request.form.getlist("_more")]
    for kind in request.form.getlist("_less"):
        if kind in again:
            again.remove(kind)
    return replace(state, typed={**state.typed, AGAIN: again[: MOST_CHANGES - 1]})


def show(mode: Mode, known: Known, state: State, page: str) -> Response:
    """A page without a word about faults."""
    if page == EFFECT:
        return look(mode, known, state)
    if page == DETAILS and chosen_kinds(state.typed):
        return show_details(mode, known, state)
    return show_what(mode, state)


def keep(mode: Mode, known: Known, state: State, page: str) -> Response:
    """Keep what was typed for later; where something else is kept already, ask first."""
    typed = {name: list(texts) for name, texts in state.typed.items()}
    over = [mark for mark in (state.kept, request.form.get("_replace", "")) if mark]
    try:
        drafting.keep_draft(kit(), form_actor(), typed, what_if=mode.what_if, over=over)
    except AnotherKeptError as another:
        back = request.form.get("_from", page)
        return show_keep(mode, state, another.kept, back if back in PAGES else DETAILS)
    except TooLongError:
        form = ReportForm(state.typed, mode.household(known))
        form.validate()
        notice = _("C’est trop long pour être gardé. Raccourcissez le texte, ou envoyez-le maintenant.")
        return show_details(mode, known, state, form=form, notice=notice, status=422)
    return redirect(form_url("changes.show", lang=g.lang, _anchor="kept"), 303)
