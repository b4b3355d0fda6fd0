"""`law check` lists what is open in the notices: unread languages, and what the law has left behind."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from portal import content
from portal.cli import create_cli, law
from portal.content.check import notice_check
from portal.i18n.languages import CODES
from tests.content.making import WORDS, make, replace_in

TODAY = date(2026, 11, 21)
ALLOWANCE = WORDS.replace("30 jours", "1’031 francs")


def _allowance(root: Path) -> Path:
    """A notice of a time in which the allowance was CHF 1’031; it is CHF 1’061 from 2025-01-01 on."""
    return make(root, published_on="2024-06-01", source="allowance_1", words=ALLOWANCE)


def test_a_sound_notice_has_open_reviews_only(tmp_path: Path) -> None:
    report = notice_check(TODAY, make(tmp_path))
    assert (report.notices, report.errors, report.outdated) == (1, (), ())
    assert [finding.where for finding in report.not_reviewed] == [f"rights/1/{language}.md" for language in CODES]


def test_a_language_that_was_read_is_not_listed(tmp_path: Path) -> None:
    folder = make(tmp_path)
    (tmp_path / "reviews.yaml").write_text("rights: {1: {fr: {by: A. Test, day: 2026-12-01}}}\n", encoding="utf-8")
    found = [finding.where for finding in notice_check(TODAY, folder).not_reviewed]
    assert found == [f"rights/1/{language}.md" for language in CODES if language != "fr"]


def test_an_amount_that_changed_is_named_with_the_paragraphs_that_say_it(tmp_path: Path) -> None:
    folder = _allowance(tmp_path)
    assert notice_check(date(2024, 6, 1), folder).outdated == ()
    assert notice_check(date(2024, 12, 31), folder).outdated == ()
    found = notice_check(date(2025, 1, 1), folder).outdated
    assert [(finding.where, finding.detail) for finding in found] == [
        ("rights/1, decision-1", "says 1031, which allowance_1 does not say on 2025-01-01"),
        ("rights/1, decision-q1-b", "says 1031, which allowance_1 does not say on 2025-01-01"),
        ("rights/1, decision-q1-why", "says 1031, which allowance_1 does not say on 2025-01-01"),
        (
            "rights/1, allowance_1",
            "another value since 2025-01-01; to be read again: decision, decision-1, decision-q1-b, decision-q1-why",
        ),
    ]


def test_a_day_before_the_notice_finds_nothing(tmp_path: Path) -> None:
    assert notice_check(date(2022, 1, 1), _allowance(tmp_path)).outdated == ()


def test_a_change_that_is_announced_but_not_known(tmp_path: Path) -> None:
    folder = make(tmp_path, source="allowance_1", words=WORDS.replace("30 jours", "1’061 francs"))
    assert notice_check(date(2026, 12, 31), folder).outdated == ()
    (found,) = notice_check(date(2027, 1, 1), folder).outdated
    assert found.where == "rights/1, allowance_1"
    assert found.detail.startswith("another value is announced, and not known; to be read again: ")
    assert found.confidence == "unverified"


def test_a_figure_that_was_never_right(tmp_path: Path) -> None:
    folder = make(tmp_path)
    for language in CODES:
        replace_in(
            folder / "rights" / "1" / f"{language}.md", "La commune a **30 jours**.", "La commune a **40 jours**."
        )
    (found,) = notice_check(TODAY, folder).outdated
    assert (found.where, found.detail) == (
        "rights/1, decision-1",
        "says 40, which decision_clock does not say on 2026-11-21",
    )


@pytest.mark.parametrize("file", ["notice.yaml", "fr.md", "ar.md"])
def test_a_broken_notice_is_an_error(tmp_path: Path, file: str) -> None:
    folder = make(tmp_path)
    replace_in(folder / "rights" / "1" / file, "decision-2", "decision-9")
    report = notice_check(TODAY, folder)
    assert [finding.where for finding in report.errors] == ["rights"]


def test_an_unknown_source_is_an_error(tmp_path: Path) -> None:
    (found,) = notice_check(TODAY, make(tmp_path, source="no_such_value")).errors
    assert "no_such_value" in found.detail


def test_what_this_portal_ships() -> None:
    report = notice_check(TODAY)
    assert (report.errors, report.outdated, report.stale) == ((), (), ())
    assert report.notices == len(content.names())
    assert {f"sources.yaml, {name}" for name in content.source_names()} == {
        finding.where for finding in notice_check(date(2028, 1, 1)).stale
    }


def test_the_command_lists_the_notices_beside_the_law(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(law, "used_names", lambda: None)
    result = create_cli().test_cli_runner().invoke(args=["law", "check", "--on", "2026-11-21"])
    report = json.loads(result.stdout)
    assert (result.exit_code, report["ok"]) == (0, True)
    assert report["notices"] == len(content.names())
    listed = {finding["where"] for finding in report["not_reviewed"]}
    open_ones = {
        f"{name}/{content.current(name).version}/{language}.md"
        for name in content.names()
        for language, review in content.current(name).reviewed.items()
        if review is None
    }
    assert listed == open_ones
    assert report["outdated"] == []
    for kind in ("errors", "not_certain", "missing", "stale", "not_reviewed"):
        assert all({"kind", "where", "detail", "confidence", "source"} == set(finding) for finding in report[kind])


def test_a_broken_notice_ends_the_command_with_1(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = make(tmp_path)
    (folder / "rights" / "1" / "de.md").unlink()
    monkeypatch.setattr(law, "used_names", lambda: None)
    monkeypatch.setattr(law, "notice_check", lambda day: notice_check(day, folder))
    result = create_cli().test_cli_runner().invoke(args=["law", "check", "--on", "2026-11-21"])
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert [finding["detail"] for finding in report["errors"]] == ["rights/1/de.md is missing"]
    assert report["missing"]
    assert report["ok"] is False
