"""Check the answers, send them to the centre, see what was sent and what has changed since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, g, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from portal.domain.demand import filing_day
from portal.domain.situation.draft import Draft
from portal.domain.situation.oddities import oddities
from portal.domain.situation.questions import Page, pages
from portal.domain.situation.words import APPLICANT
from portal.forms.situation import FORMS
from portal.forms.situation.shown import in_words
from portal.i18n.answer_marks import mark_words
from portal.i18n.situation import person_called, section_name
from portal.i18n.situation.contradictions import contradiction_words
from portal.security.access import Rule, allow
from portal.security.context import form_actor, kit, whose_form
from portal.services import answer_marks, situations, snapshots
from portal.services.estimates import explain
from portal.services.situations import PERSONS
from portal.services.snapshots import Snapshot
from portal.views.answer_marks import how_given
from portal.views.form_url import form_url
from portal.views.meant import another_dossier, meant
from portal.views.names import today
from portal.views.situation import ROOT, address

blueprint = Blueprint("situation_check", __name__)


@dataclass(frozen=True)
class Row:
    """One page, as it was answered."""

    question: str
    who: str | None
    answers: tuple[str, ...]
    answered: bool
    url: str
    noted: tuple[str, ...]
    """Who keyed it at the centre and how it was given, newest first."""


@dataclass(frozen=True)
class Change:
    """One answer that is another than before."""

    question: str
    who: str | None
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Sent:
    """One sending, with what it changed."""

    number: int
    sent_at: datetime
    changes: tuple[Change, ...]
    by: str
    """`me`, `other` or `centre`; `me-there` and `other-there`: on a device of the centre."""


@blueprint.route(f"{ROOT}/check", methods=["GET", "POST"])
@allow(Rule.HOUSEHOLD)
def check(lang: str) -> Response:
    """All answers by part; POST sends them."""
    if request.method == "POST" and not meant():
        return another_dossier()
    if request.method == "POST" and "_switch" not in request.form:
        snapshots.send(kit(), form_actor(), how=how_given())
        return redirect(form_url("situation_check.sent", lang=lang), 303)
    opened = situations.open_situation(kit(), form_actor())
    situation = opened.draft.situation(today())
    noted = answer_marks.own_marks(kit(), form_actor())
    parts: dict[str, list[Row]] = {}
    for page in pages(situation, today()):
        if page.question.id not in FORMS:
            continue
        row = Row(
            str(FORMS[page.question.id].title),
            who_of(opened.draft, page),
            words(opened.draft, page),
            page.answered(situation, opened.draft.done),
            address(page, "check"),
            noted_of(noted, page.key),
        )
        parts.setdefault(section_name(page.question.section, lang), []).append(row)
    before = snapshots.snapshots(kit(), form_actor())[:1]
    visit = whose_form()
    html = render_template(
        "situation/check.html",
        parts=parts,
        persons=[
            person_called(situation, one.id, lang, on=today(), me=form_actor().person) for one in situation.persons
        ],
        left=sum(not row.answered for rows in parts.values() for row in rows),
        noted_persons=noted_of(noted, PERSONS.key),
        before=before[0] if before else None,
        odd=[
            (
                contradiction_words(one.found, situation, lang, me=form_actor().person),
                address(one.pages[0], "check") if one.pages else None,
            )
            for one in oddities(situation, opened.draft.done, today())
        ],
        budgets=explain(situation, opened.filing_date, lang, staff=form_actor().person != APPLICANT).budgets,
        changes=changes(Draft(before[0].said), opened.draft) if before else (),
        reference=visit.reference if visit else "",
    )
    return make_response(html)


def noted_of(marks: answer_marks.Marks, page: str) -> tuple[str, ...]:
    """Who keyed one page at the centre and how it was given, as this adult reads it."""
    me = form_actor().adult_id
    return tuple(mark_words(one, filing_day(one.instant), g.lang, me=me) for one in answer_marks.shown(marks, page))


@blueprint.get(f"{ROOT}/sent")
@allow(Rule.HOUSEHOLD)
def sent(lang: str) -> Response:
    """What was sent and when, each with what it changed."""
    found = snapshots.snapshots(kit(), form_actor())
    if not found:
        return redirect(form_url("situation_check.check", lang=lang), 303)
    on_paper = situations.open_situation(kit(), form_actor()).on_paper
    return make_response(render_template("situation/sent.html", sendings=history(found), on_paper=on_paper))


def history(found: tuple[Snapshot, ...]) -> tuple[Sent, ...]:
    """Newest first; the first of all has nothing before it."""
    older = (*found[1:], None)
    return tuple(
        Sent(one.number, one.sent_at, changes(Draft(before.said), Draft(one.said)) if before else (), by(one))
        for one, before in zip(found, older, strict=True)
    )


def by(one: Snapshot) -> str:
    """Who sent it, as its reader sees it."""
    if one.alone is not None:
        return "me-there" if one.alone == form_actor().adult_id else "other-there"
    if one.by is None:
        return "centre"
    return "me" if one.by == form_actor().adult_id else "other"


def changes(before: Draft, after: Draft) -> tuple[Change, ...]:
    """Page by page what is another answer, a person more or less included."""
    sides = [{page.key: page for page in pages(draft.situation(today()), today())} for draft in (before, after)]
    found = []
    for key in dict.fromkeys((*sides[1], *sides[0])):
        old, new = sides[0].get(key), sides[1].get(key)
        page = new or old
        if page is None or page.question.id not in FORMS:
            continue
        texts = (words(before, old) if old else (), words(after, new) if new else ())
        if texts[0] != texts[1]:
            found.append(Change(str(FORMS[page.question.id].title), who_of(after if new else before, page), *texts))
    return tuple(found)


def words(draft: Draft, page: Page) -> tuple[str, ...]:
    """The answers of a page as they are read."""
    record = draft.together() if page.person is None else draft.person(page.person)
    return in_words(FORMS[page.question.id], record, today(), g.lang)


def who_of(draft: Draft, page: Page) -> str | None:
    """Whom a page is about, where there are several persons."""
    situation = draft.situation(today())
    if page.person is None or len(situation.persons) == 1:
        return None
    return person_called(situation, page.person, g.lang, on=today(), me=form_actor().person)
