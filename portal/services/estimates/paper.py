"""The estimate as a paper: a tagged PDF in the person's language, made from the answers of this moment, kept nowhere.

It says what the page says. What folds away on the page stands here as numbered notes, with all sources at the end.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from portal.adapters.typesetting import render
from portal.domain.demand import filing_day
from portal.domain.directory import Office
from portal.i18n.formats import long_date, month_name
from portal.i18n.languages import BY_CODE
from portal.i18n.text import translator
from portal.law.parameters import law_of
from portal.services.estimates.explained import BudgetText, ClaimText, Explained, LineText, RemarkText
from portal.services.estimates.paper_notes import Notes
from portal.services.estimates.paper_words import (
    ask_words,
    fixed_words,
    headline_words,
    passed_on_words,
    why_ask_words,
)

LONGEST_SITE: Final = 40
"""Characters of a web address that is printed whole; on a screen the link leads to all of it."""
Part = dict[str, Any]
"""A piece of the paper as the template reads it: texts, lists and further pieces."""


def estimate_pdf(
    result: Explained, language: str, made_at: datetime, public_url: str, *, title: str | None = None
) -> bytes:
    """The paper as PDF/UA; the same result at the same instant always gives the same bytes.

    `public_url` is the portal's address: the paper says where to ask, and its QR code leads there. `title`: it is for an
    authority, called so, and says nothing of asking. Raises TypesettingError.
    """
    url = f"{public_url}/{language}/demand/new"
    return render("estimate", estimate_sheet(result, language, made_at, url, title=title), made_at, url)


def estimate_sheet(result: Explained, language: str, made_at: datetime, url: str, *, title: str | None = None) -> Part:
    """Everything that the paper says, in its order, for the template; `url` is where to ask."""
    notes = Notes(law_of(result.on), language)
    words = fixed_words(language)
    # In the order of the paper: the notes are numbered as they are met.
    words |= {
        "lang": language,
        "direction": BY_CODE[language].dir,
        "month": month_name(result.on, language),
        "printed": translator(language).gettext("Fait le %(day)s.", day=long_date(filing_day(made_at), language)),
        "colon": "\u00a0: " if language == "fr" else ": ",
        "headline": headline_words(result, language),
        "route": _route(result, language, notes),
        "why_ask": why_ask_words(language) if result.nothing and result.budgets and title is None else None,
        "ask": ask_words(language) | {"notes": notes.named("start_of_aid")} if title is None else None,
        "budgets": [_budget(budget, words["budget_title"], notes) for budget in result.budgets],
        "causes": _causes(result.causes),
        "first_notes": notes.named("advance_meanwhile") if result.claims else [],
        "claims": [_claim(claim, result, language, notes) for claim in result.claims],
        "checks": [_remark(remark, notes) for remark in result.checks],
        "outside": [_remark(remark, notes) for remark in result.outside],
    }
    words["sources"] = notes.sources
    words["title"] = title or words["title"]
    return {"url": url, "reference": words["month"], "texts": [words]}


def _route(result: Explained, language: str, notes: Notes) -> list[Part]:
    """What must be read before the figures: another office, and who is told a name."""
    found: list[Part] = []
    route = result.route
    if route.stands_out:
        offices = [_office(office, language) for office in route.offices]
        found.append(
            {
                "title": route.title,
                "items": list(route.sentences),
                "offices": offices,
                "notes": notes.of(route.sources),
            }
        )
    if route.name_passed_on:
        found.append(passed_on_words(language) | {"offices": [], "notes": notes.named("spm_notice")})
    return found


def _budget(budget: BudgetText, title: str, notes: Notes) -> Part:
    return {
        "title": budget.title or title,
        "needs": [_line(line, notes) for line in budget.needs],
        "need": budget.need,
        "resources": [_line(line, notes) for line in budget.resources],
        "resource": budget.resource,
        "aid": budget.aid,
        "people": _people(budget, notes),
    }


def _line(line: LineText, notes: Notes) -> Part:
    return {
        "title": line.title,
        "who": line.who or "",
        "amount": line.amount,
        "rule": notes.once(" ".join(line.rule)),
        "numbers": [list(number) for number in line.numbers],
        "notes": notes.of(line.sources),
    }


def _causes(lines: Iterable[LineText]) -> list[Part]:
    """Why a range; persons for whom the same is open stand together."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for line in lines:
        who = found.setdefault((line.title, line.width or "", " ".join(line.causes)), [])
        who += [line.who] if line.who else []
    return [
        {"title": title, "width": width, "text": text, "who": ", ".join(who)}
        for (title, width, text), who in found.items()
    ]


def _people(budget: BudgetText, notes: Notes) -> list[Part]:
    """How each person counts; those who count alike stand together."""
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for name, standing, rules in budget.people:
        found.setdefault((standing, rules), []).append(name)
    return [
        {"title": ", ".join(names), "text": standing, "notes": notes.named(*rules)}
        for (standing, rules), names in found.items()
    ]


def _claim(claim: ClaimText, result: Explained, language: str, notes: Notes) -> Part:
    _ = translator(language).gettext
    several = len({name for one in result.claims for name in one.who}) > 1
    return {
        "title": claim.name,
        "state": "" if claim.to_do else claim.state,
        "text": claim.why,
        "who": _("Pour : %(names)s.", names=", ".join(claim.who)) if several and claim.who else "",
        "offices": [_office(office, language) for office in claim.offices],
        "no_office": "" if claim.offices else _("Le centre vous dit à qui vous adresser."),
        "notes": notes.of(claim.sources),
    }


def _office(office: Office, language: str) -> Part:
    _ = translator(language).gettext
    doubt = bool(office.phone) and not office.phone_confirmed
    return {
        "name": office.name_in(language),
        "phone": office.phone or "",
        "doubt": _("(numéro pas confirmé)") if doubt else "",
        "web": office.web or "",
        "site": _site(office.web or ""),
    }


def _site(web: str) -> str:
    """An address as somebody would type it: without its scheme, and of a long one the site alone."""
    short = web.partition("://")[2] or web
    return short if len(short) <= LONGEST_SITE else short.partition("/")[0]


def _remark(remark: RemarkText, notes: Notes) -> Part:
    return {"title": remark.title, "text": remark.text, "notes": notes.of(remark.sources)}
