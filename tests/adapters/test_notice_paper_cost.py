"""What a notice on paper costs: set once for everybody, and no heavier than it must be."""

from __future__ import annotations

import json
import time
from datetime import timedelta

import pytest

from portal.adapters import typesetting
from portal.domain.situation import read_situation
from portal.services.checklists import explain_checklist
from portal.services.checklists.paper import checklist_pdf
from portal.services.notices.kept_paper import kept_pdf
from portal.services.notices.paper import notice_pdf, notice_sheet
from tests.adapters.notice_samples import DAY, INSTANT, URL, notice_text
from tests.pages.pdf import glyphs


def test_the_kept_paper_is_set_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    real = typesetting._compile

    def compile_(template: str, *rest: object) -> bytes:
        made.append(template)
        return real(template, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(typesetting, "_compile", compile_)
    asked = ("rights", 1, "pt", "fr", DAY, "https://kept.example.ch/pt/rights")
    first = kept_pdf(*asked)
    assert kept_pdf(*asked) is first
    assert made == ["notice"]
    # The day after, it is set again for its sources, which are the same: so are the bytes.
    again = kept_pdf(*asked[:4], DAY + timedelta(days=1), asked[5])
    assert again == first
    assert made == ["notice"] * 2
    assert kept_pdf(*asked[:3], "de", *asked[4:]) != first


def test_a_whole_notice_is_no_heavier_than_it_must_be() -> None:
    """6,000 words in two languages, beside the checklist of a couple in the same two."""
    couple = read_situation(
        {"version": 1, "persons": [{"id": "a", "relation": "applicant"}, {"id": "b", "relation": "spouse"}]}, DAY
    )
    lists = [explain_checklist(couple, DAY, code) for code in ("ar", "fr")]
    start = time.perf_counter()
    other = checklist_pdf(lists[0], lists[1], URL, INSTANT)
    between = time.perf_counter()
    whole = notice_text("ar", "fr", chapters=20, longer=4)
    pdf = notice_pdf(whole, INSTANT, URL)
    took, other_took = time.perf_counter() - between, between - start
    data = len(json.dumps(notice_sheet(whole, URL), ensure_ascii=False))
    print(f"\nnotice / checklist: bytes {len(pdf) / len(other):.2f}, time {took / other_took:.2f}, data {data}")
    assert len(pdf) < 700_000
    assert data < typesetting._LARGEST_DATA
    assert glyphs(pdf)[0] == 0
