"""The situation of the own dossier: the task list, and one page for each question."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, abort, g, make_response, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from portal.domain.situation import Situation
from portal.domain.situation.oddities import Oddity, oddities
from portal.domain.situation.questions import Page, Section, grown, pages
from portal.forms.situation import FORMS, QuestionPart
from portal.forms.situation.shown import in_words
from portal.i18n.situation import person_called, section_name
from portal.i18n.situation.contradictions import contradiction_words
from portal.security.access import Rule, allow
from portal.security.context import form_actor, kit, whose_form
from portal.services import answer_marks, document_requests, situations, snapshots
from portal.services.page_times import announced_seconds
from portal.services.situations import FROM, SEEN, ConflictError, Opened, TooLongError
from portal.views.answer_marks import TICKED, how_given, how_ticked, remember_how
from portal.views.form_url import form_url
from portal.views.language import LANG
from portal.views.meant import another_dossier, meant
from portal.views.names import today
from portal.views.typed import typed_fields

blueprint = Blueprint("situation", __name__)

ROOT = f"{LANG}/dossier/situation"
CHECK = "check"
MADE_LENGTH: Final = 16
"""Of the name of a page that was made."""


@dataclass(frozen=True)
class Task:
    """One part of the task list."""

    section: Section
    name: str
    pages: tuple[Page, ...]
    open: tuple[Page, ...]
    """Those without an answer."""

    @property
    def state(self) -> str:
        """`done`, `begun` or `new`."""
        return "done" if not self.open else "begun" if len(self.open) < len(self.pages) else "new"


@blueprint.get(ROOT)
@allow(Rule.HOUSEHOLD)
def tasks(lang: str) -> str:
    """What is asked, part by part, what is done, and how long the rest will take."""
    opened = situations.open_situation(kit(), form_actor())
    found = tasks_of(opened, lang)
    left = [page for task in found for page in task.open]
    return render_template(
        "situation/tasks.html",
        tasks=found,
        first=left[0] if left else None,
        minutes=minutes_of(left),
        opened=opened,
        sent_at=snapshots.sent_at(kit(), form_actor().dossier_id),
        noted=bool(answer_marks.own_marks(kit(), form_actor())),
        address=address,
    )


@blueprint.route(f"{ROOT}/<question>", methods=["GET", "POST"], defaults={"person": None})
@blueprint.route(f"{ROOT}/<question>/<person>", methods=["GET", "POST"])
@allow(Rule.HOUSEHOLD)
def question(lang: str, question: str, person: str | None) -> Response:
    """One page: show it as it was left, or take its answer."""
    opened = situations.open_situation(kit(), form_actor())
    page = page_named(opened, question, person)
    if page is None:
        return no_longer_asked() if request.method == "POST" and question in FORMS else abort(404)
    if request.method == "POST":
        return another_dossier() if not meant() else answer(lang, opened, page)
    typed = opened.draft.typed.get(page.key)
    form = form_of(page, unfolded(page, typed)) if typed else form_of(page, stored(opened, page))
    overtaken = typed is not None and typed.get(SEEN) != situations.mark_of(kit(), opened.draft, page)
    other = words_of(opened, page) if overtaken else None
    return show(opened, page, form, unfinished=typed is not None, other=other)


def answer(lang: str, opened: Opened, page: Page) -> Response:
    """Take what was sent: keep what is being typed, or save the page and go on."""
    form = form_of(page, request.form)
    if "_typed" in request.form or "_switch" in request.form:
        return keep(opened, page, form)
    if not form.validate():
        return show(opened, page, form, status=422, seen=request.form.get("seen"))
    try:
        saved = situations.save_page(
            kit(),
            form_actor(),
            page,
            form.answers(record_of(opened, page)),
            seen=request.form.get("seen", ""),
            own=page.question.own and "_own" in request.form,
            made=request.form.get("from", "")[:MADE_LENGTH],
            seconds=seconds_taken(),
            how=how_given(),
        )
    except ConflictError as conflict:
        return show(conflict.opened, page, form, other=words_of(conflict.opened, page), status=409)
    remember_how()
    if {odd.found for odd in odd_on(saved, page)} - {odd.found for odd in odd_on(opened, page)}:
        # Seen once, at the answer, and then never in the way.
        return redirect(address(page, request.form.get("_then") or None), 303)
    return redirect(onward(saved, page, lang), 303)


def odd_on(opened: Opened, page: Page) -> tuple[Oddity, ...]:
    """What does not fit together and can be put right on this page."""
    found = oddities(opened.draft.situation(today()), opened.draft.done, today())
    return tuple(odd for odd in found if odd.concerns(page))


def keep(opened: Opened, page: Page, form: QuestionPart) -> Response:
    """Keep what is being typed, for the page itself (`_typed`) or on the way into another language (`_switch`)."""
    typed = {name: ",".join(request.form.getlist(name)) for name in (*form.names, "_own")}
    if any(typed.values()):
        typed[TICKED] = ",".join(request.form.getlist(TICKED))
    try:
        made = request.form.get("from", "")[:MADE_LENGTH]
        situations.keep_typed(kit(), form_actor(), page, typed, seen=request.form.get("seen", ""), made=made)
    except ConflictError as conflict:
        if "_typed" in request.form:
            return make_response("", 409)
        return show(conflict.opened, page, form, other=words_of(conflict.opened, page), status=409)
    except TooLongError:  # without a word of its own in the background; else the page itself says which text it is
        if "_typed" in request.form:
            return make_response("", 413)
        form.validate()
        return show(opened, page, form)
    if "_typed" in request.form:
        return make_response("", 204)
    return redirect(address(page, request.form.get("_then") or None), 303)  # Back leads to a page, not to a sent form


def onward(saved: Opened, page: Page, lang: str) -> str:
    """The next page without an answer, else the check; back there for who came from there."""
    if request.form.get("_then") != CHECK:
        following = next_open(saved, page)
        if following is not None:
            return address(following)
    return form_url("situation_check.check", lang=lang)


def next_open(opened: Opened, page: Page | None) -> Page | None:
    """The first page without an answer after this one; before it where there is none after."""
    found = pages(opened.draft.situation(today()), today())
    place = next((number for number, one in enumerate(found) if page and one.key == page.key), -1)
    in_turn = (*found[place + 1 :], *found[:place])
    situation = opened.draft.situation(today())
    return next((one for one in in_turn if not one.answered(situation, opened.draft.done)), None)


def show(
    opened: Opened,
    page: Page,
    form: QuestionPart,
    *,
    status: int = 200,
    other: tuple[str, ...] | None = None,
    unfinished: bool = False,
    seen: str | None = None,
) -> Response:
    """The page with its answers; `other`: what somebody else has saved meanwhile; `seen`: the mark that it had before."""
    situation = opened.draft.situation(today())
    every = pages(situation, today())
    left = [one for one in every if not one.answered(situation, opened.draft.done)]
    html = render_template(
        "situation/question.html",
        page=page,
        form=form,
        who=called(situation, page),
        section=section_name(page.question.section, g.lang),
        left=len(left),
        minutes=minutes_of(left),
        seen=situations.mark_of(kit(), opened.draft, page) if seen is None else seen,
        offers_own=own_offered(situation, page),
        is_own=own_ticked(opened, page),
        other=other,
        odd=[contradiction_words(odd.found, situation, g.lang, me=form_actor().person) for odd in odd_on(opened, page)],
        papers=document_requests.sure_papers(opened, situation),
        unfinished=unfinished,
        known=FORMS[page.question.id].known_already(record_of(opened, page)),
        skip=skip_to(opened, page),
        then=request.values.get("then") or request.form.get("_then") or "",
        started=int(time.time()),
        made=made_page(opened, page),
        how_ticked=how_ticked((opened.draft.typed.get(page.key) or {}).get(TICKED) if unfinished else None),
        reference=(visit := whose_form()) and visit.reference,
    )
    return make_response(html, status)


def made_page(opened: Opened, page: Page) -> str:
    """The name of a page that is made now: that of the unfinished texts it shows, else a new one."""
    typed = opened.draft.typed.get(page.key, {})
    return request.form.get("from", "")[:MADE_LENGTH] or typed.get(FROM) or secrets.token_hex(MADE_LENGTH // 2)


def own_offered(situation: Situation, page: Page) -> bool:
    """Whether «for me alone» makes sense: the page allows it, it is about oneself, and another adult may look."""
    adults = sum(grown(person, today()) for person in situation.persons)
    return page.question.own and page.person == form_actor().person and adults > 1


def own_ticked(opened: Opened, page: Page) -> bool:
    """Whether «for me alone» stands ticked: as it was sent or left, else as it was saved."""
    if request.method == "POST":
        return "_own" in request.form
    typed = opened.draft.typed.get(page.key)
    return opened.draft.is_own(page) if typed is None else "_own" in typed


def skip_to(opened: Opened, page: Page) -> str:
    """Where «later» leads."""
    following = next_open(opened, page)
    return address(following) if following else form_url("situation_check.check", lang=g.lang)


def no_longer_asked() -> Response:
    """An answer elsewhere took the question away while this one was being written: what was typed is shown."""
    hidden = {"reference", "whose", "seen", "started", "from", "_then", "_typed", "_switch", TICKED}
    typed = [text for name, text in typed_fields() if name not in hidden and text.strip()]
    return make_response(render_template("situation/gone.html", typed=typed), 409)


def page_named(opened: Opened, question: str, person: str | None) -> Page | None:
    """The page of that address; None where this household is not asked that."""
    every = pages(opened.draft.situation(today()), today())
    found = next((page for page in every if (page.question.id, page.person) == (question, person)), None)
    return found if question in FORMS else None


def form_of(page: Page, sent: object) -> QuestionPart:
    """The form of a page with what was typed."""
    texts = sent if isinstance(sent, MultiDict) else MultiDict(dict(sent))  # type: ignore[call-overload]
    return FORMS[page.question.id](texts, today())


def unfolded(page: Page, typed: Mapping[str, str]) -> MultiDict[str, str]:
    """Unfinished texts as a browser would send them; boxes of which several may be ticked stand joined."""
    several = {"ticks"} & set(FORMS[page.question.id].__dict__)
    return MultiDict(
        (name, one) for name, text in typed.items() for one in (text.split(",") if name in several else [text])
    )


def stored(opened: Opened, page: Page) -> MultiDict[str, str]:
    """What a browser would have sent for the answers that stand there."""
    return MultiDict(FORMS[page.question.id].shown(record_of(opened, page), today()))


def record_of(opened: Opened, page: Page) -> dict[str, object]:
    """The answers of the household, or of the page's person."""
    return opened.draft.together() if page.person is None else opened.draft.person(page.person)


def words_of(opened: Opened, page: Page) -> tuple[str, ...]:
    """The answers of a page as they are read."""
    return in_words(FORMS[page.question.id], record_of(opened, page), today(), g.lang)


def called(situation: Situation, page: Page) -> str | None:
    """Whom a page is about; None for the household, and for somebody who is alone."""
    if page.person is None or len(situation.persons) == 1:
        return None
    return person_called(situation, page.person, g.lang, on=today(), me=form_actor().person)


def tasks_of(opened: Opened, lang: str) -> tuple[Task, ...]:
    """The parts that this household is asked."""
    situation = opened.draft.situation(today())
    every = pages(situation, today())
    found = []
    for section in Section:
        mine = tuple(page for page in every if page.question.section is section)
        left = tuple(page for page in mine if not page.answered(situation, opened.draft.done))
        if mine:
            found.append(Task(section, section_name(section, lang), mine, left))
    return tuple(found)


def minutes_of(left: list[Page]) -> int:
    """Whole minutes for these pages, at least one."""
    return max(1, round(announced_seconds(kit(), [page.question.id for page in left]) / 60))


def address(page: Page, then: str | None = None) -> str:
    """Where a page stands."""
    if page.question.id == "persons":
        return form_url("situation_persons.persons", lang=g.lang)
    return form_url("situation.question", lang=g.lang, question=page.question.id, person=page.person, then=then)


def seconds_taken() -> int | None:
    """How long the page stood open, as the page itself says when it was made."""
    began = request.form.get("started", "")
    return int(time.time()) - int(began) if began.isascii() and began.isdecimal() and len(began) < 12 else None
