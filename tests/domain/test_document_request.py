"""The names of papers: made in one place, taken apart in one place, and those of before stay what they were."""

from __future__ import annotations

import re
import uuid
from pathlib import Path

import pytest

from portal.checklists import rules
from portal.domain.document_request import PaperKey, other_key, read_key, request_key

PORTAL = Path(__file__).parents[2] / "portal"


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("lease", PaperKey("lease")),
        ("payslips@b", PaperKey("payslips", "b")),
        ("payslips@b~kwmvthnaqz", PaperKey("payslips", "b", "kwmvthnaqz")),
        ("lease~kwmvthnaqz", PaperKey("lease", None, "kwmvthnaqz")),
    ],
)
def test_a_name_and_its_parts(key: str, parts: PaperKey) -> None:
    assert read_key(key) == parts
    assert request_key(parts.rule, parts.person, parts.report) == key


def test_names_of_before_are_what_they_were() -> None:
    for rule in rules():
        assert request_key(rule.id, None) == rule.id
        assert request_key(rule.id, "c1") == f"{rule.id}@c1"


def test_a_paper_that_no_item_asks_for() -> None:
    document = uuid.uuid4()
    assert read_key(other_key(document)) == PaperKey("other", str(document))


def test_nobody_else_takes_a_name_apart() -> None:
    apart = re.compile(r"""\bkey\.(?:r?partition|r?split)\(["'][@~]""")
    found = [path.name for path in PORTAL.rglob("*.py") if apart.search(path.read_text("utf-8"))]
    assert sorted(found) == ["document_request.py", "draft.py"]  # a draft takes the names of questions apart
