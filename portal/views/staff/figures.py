"""Figures of closed quarters: charts with their tables, and the same as CSV. For the canton, and for a centre its own."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import floor

from flask import Blueprint, g, render_template, request
from werkzeug.wrappers import Response

from portal.domain import figures as f
from portal.domain.coarsening import Table
from portal.i18n import figures as words
from portal.i18n.text import translator
from portal.security.access import Rule, allow
from portal.security.context import kit, staff_actor
from portal.services import figures
from portal.services.actor import NotYoursError
from portal.services.checklists.explained import paper_title
from portal.services.figures import Figures

blueprint = Blueprint("staff_figures", __name__, url_prefix="/staff/figures")

ORDER = (f.MONTH, f.COMMUNE, f.CHANNEL, f.LANGUAGE, f.WAY, f.PAPERS, f.DECIDED, f.URGENT)
GROUPS = {
    f.CHANNEL: ("online", "phone", "walk-in", "letter", "commune", f.OTHER),
    f.WAY: (f.FILED, f.BEGUN, f.NOT_SENT, *f.DAYS, f.SENT),
    f.PAPERS: (f.YES, f.NO),
    f.DECIDED: (f.IN_TIME, f.LATE, f.OPEN, f.LATE_OR_OPEN, f.NOT_IN_TIME, f.WITHDRAWN),
    f.URGENT: (f.IN_TIME, f.NOT_IN_TIME, f.ASKED, f.NOT_ASKED),
}
"""In this order; groups of other tables the largest first, months by the calendar."""

_NEEDS_NONE = {f.DECIDED: f.WITHDRAWN, f.URGENT: f.NOT_ASKED}
"""By table of a clock: who needs no decision."""


@dataclass(frozen=True)
class Chart:
    """One table in words."""

    name: str
    title: str
    meaning: str
    rows: tuple[tuple[str, int], ...]
    """What a group is called, and how many."""

    @property
    def most(self) -> int:
        """The longest bar."""
        return max((count for _label, count in self.rows), default=0)


@blueprint.get("")
@allow(Rule.STAFF_COUNTS)
def show() -> str:
    """The newest period, or that of `since`."""
    page = figures.figures(kit(), staff_actor(), _since())
    found = page.found
    return render_template(
        "staff/figures.html",
        page=page,
        found=found,
        charts=list(charts(found, g.lang)) if found else [],
        missing=[words.table_title(name, g.lang) for name in ORDER if found and name not in found.tables],
        kinds=_kinds(found) if found else [],
        share=_share,
        median=words.median_words(_median(found), g.lang) if found else None,
    )


@blueprint.get("/figures.csv")
@allow(Rule.STAFF_COUNTS)
def table() -> Response:
    """The same, for a spreadsheet: UTF-8 with its mark, parted by semicolons."""
    found = figures.figures(kit(), staff_actor(), _since()).found
    text = io.StringIO()
    sheet = csv.writer(text, delimiter=";", lineterminator="\r\n")
    sheet.writerows(_sheet(found))
    response = Response("\ufeff" + text.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="figures.csv"'
    return response


def charts(found: Figures, language: str) -> Iterator[Chart]:
    """Every table that may be shown, in words; first, for the canton, the regions."""
    _ = translator(language).gettext
    if found.places is not None:
        rows = [(words.region_title(place, language), count) for place, count in found.places.items()]
        yield Chart("region", _("Par région"), _("Le centre qui a le dossier."), _largest(rows))
    for name in ORDER:
        if name in found.tables:
            yield Chart(
                name,
                words.table_title(name, language),
                words.table_meaning(name, language),
                tuple(_rows(name, found.tables[name], found.period.since, language)),
            )


def _rows(name: str, table: Table, on: date, language: str) -> tuple[tuple[str, int], ...]:
    named = {group: words.group_name(name, group, language, on) for group in table.counts}
    if name == f.MONTH:
        return tuple((named[group], table.counts[group]) for group in sorted(named))
    if name in GROUPS:
        return tuple((named[group], table.counts[group]) for group in GROUPS[name] if group in named)
    return _largest([(named[group], table.counts[group]) for group in named])


def _largest(rows: list[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(rows, key=lambda row: (-row[1], row[0])))


def _kinds(found: Figures) -> list[tuple[str, int, int]]:
    rows = [(paper_title(kind, g.lang) or kind, *counts) for kind, counts in found.kinds.items()]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def _share(found: Figures, name: str) -> str | None:
    """Per cent decided in time of those that need a decision; None where they are not shown apart.

    Where those who withdrew are too few to be shown apart, all that is known is the least that it can be.
    """
    table = found.tables.get(name)
    counts = dict(table.counts) if table else {}
    base = sum(count for one, count in counts.items() if one != _NEEDS_NONE[name])
    if not base or f.ASKED in counts:
        return None
    share = 100 * counts.get(f.IN_TIME, 0) / base
    if name == f.DECIDED and f.NOT_IN_TIME in counts:
        return translator(g.lang).gettext("Au moins %(share)s", share=f"{floor(share)} %")
    return f"{round(share)} %"


def _median(found: Figures | None) -> str | None:
    return f.median_class(found.tables[f.WAY].counts) if found and f.WAY in found.tables else None


def _sheet(found: Figures | None) -> Iterator[tuple[object, ...]]:
    _ = translator(g.lang).gettext
    yield _("Du"), _("Au"), _("Tableau"), _("Groupe"), _("Ménages")
    if found is None:
        return
    days = (found.period.since.isoformat(), found.period.last.isoformat())
    if found.total is not None:
        yield *days, _("Total"), "", found.total
    for chart in charts(found, g.lang):
        for label, count in chart.rows:
            yield *days, chart.title, label, count
    for title, asked, refused in _kinds(found):
        yield *days, _("Papiers demandés, au moins"), title, asked
        yield *days, _("Papiers refusés, au moins"), title, refused


def _since() -> date | None:
    text = request.args.get("since", "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise NotYoursError from error
