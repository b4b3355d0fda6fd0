"""The pages of a report that is being written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import g, make_response, render_template, request
from werkzeug.wrappers import Response

from portal.domain.changes.change import Change
from portal.domain.changes.clashes import Clash
from portal.domain.changes.kinds import KINDS, ChangeKind, Duty
from portal.forms.changes.household import Household, household
from portal.forms.changes.report import ReportForm, chosen_kinds
from portal.i18n.changes import ask_hint, change_hint, change_name, change_title
from portal.i18n.changes.answers import answer_words
from portal.security.context import form_actor, kit, whose_form
from portal.services.reports import drafting
from portal.services.reports.drafting import Kept
from portal.services.reports.looking import what_it_does
from portal.services.reports.paper_texts import items_of
from portal.services.reports.preparing import Prepared
from portal.services.reports.reading import Known
from portal.services.reports.sending import name_of, newcomer_of
from portal.services.reports.stored import ReportView
from portal.views.changes_state import State
from portal.views.changes_words import questions_of
from portal.views.form_url import form_url
from portal.views.names import today


@dataclass(frozen=True)
class Mode:
    """Which of the three ways through the same pages."""

    name: str
    """`new`, `what-if` or `correct`."""
    action: str
    corrects: ReportView | None = None

    @property
    def what_if(self) -> bool:
        """Whether nothing is sent."""
        return self.name == "what-if"

    def household(self, known: Known) -> Household:
        """What the forms offer."""
        return household(known.overlaid.situation, today(), g.lang, form_actor().person)

    def newcomers(self, state: State) -> tuple[str, ...]:
        """The ids for whoever comes with the changes of this report."""
        name = name_of(kit(), state.token)
        return tuple(newcomer_of(name, place) for place in range(len(chosen_kinds(state.typed))))


def show_what(mode: Mode, state: State, *, fault: str = "", notice: str = "", status: int = 200) -> Response:
    """What happened: every kind in daily words."""
    return _page(
        "what",
        mode,
        state,
        status,
        groups=[(duty, [kind for kind in ChangeKind if KINDS[kind].duty is duty]) for duty in Duty],
        chosen=chosen_kinds(state.typed),
        fault=fault,
        notice=notice,
        kept=drafting.kept_draft(kit(), form_actor()) if request.method == "GET" and not mode.corrects else None,
    )


def show_keep(mode: Mode, state: State, kept: Kept, back: str) -> Response:
    """Something else is kept: does it go? Nothing is replaced by this page itself. `back`: the page to go back to."""
    return _page("keep", mode, state, 409, kept=kept, back=back)


def kept_kinds(kept: Kept) -> list[str]:
    """What the person kept for later is about."""
    return [change_title(kind, g.lang) for kind in chosen_kinds(kept.typed)]


def kept_url(kept: Kept) -> str:
    """Where it goes on: as a report, or as «what if»."""
    return form_url("changes.what_if" if kept.what_if else "changes.new", lang=g.lang, kept=1)


def show_details(
    mode: Mode, known: Known, state: State, *, form: ReportForm | None = None, notice: str = "", status: int = 200
) -> Response:
    """Who, since when, and what each kind asks. `form` brings its faults."""
    form = form or ReportForm(state.typed, mode.household(known))
    return _page("details", mode, state, status, form=form, notice=notice)


def show_effect(
    mode: Mode,
    state: State,
    form: ReportForm,
    changes: tuple[Change, ...],
    prepared: Prepared,
    *,
    asked: Sequence[Clash] | None = None,
    status: int = 200,
) -> Response:
    """What it does, what was said, and the papers of it; the button sends. `asked`: what must be answered first."""
    actor = form_actor()
    said = [(change, answer_words(change, prepared.after, g.lang, me=actor.person)) for change in changes]
    clashing = prepared.clashes if asked is None else asked
    return _page(
        "effect",
        mode,
        state,
        status,
        form=form,
        said=said,
        effect=what_it_does(prepared.before, prepared.after, changes, g.lang, today(), me=actor.person),
        papers=items_of(changes, prepared.after, name_of(kit(), state.token), g.lang, actor.person),
        questions=questions_of(clashing, prepared.after, g.lang, actor.person),
        unanswered=asked is not None,
    )


def _page(template: str, mode: Mode, state: State, status: int, **values: object) -> Response:
    visit = whose_form()
    html = render_template(
        f"changes/{template}.html",
        mode=mode,
        answers=state.seal(),
        reference=visit.reference if visit else "",
        change_name=lambda kind: change_name(kind, g.lang),
        change_title=lambda kind: change_title(kind, g.lang),
        change_hint=lambda kind: change_hint(kind, g.lang),
        kept_kinds=kept_kinds,
        kept_url=kept_url,
        ask_hint=lambda kind, name: ask_hint(kind, name, g.lang),
        **values,
    )
    return make_response(html, status)
