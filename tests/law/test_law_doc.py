"""The list in `docs/law.md` is that of the data."""

from __future__ import annotations

import pytest

from portal.law.parameters import definitions
from tests.tools import law_doc


def test_the_list_is_that_of_the_data() -> None:
    """Repair: `python -m tests.tools.law_doc`."""
    text = law_doc.DOC.read_text("utf-8")
    assert law_doc.renewed(text) == text


def test_it_names_every_parameter_value_and_source() -> None:
    listed = law_doc.listed()
    for found in definitions():
        assert f"- **{found.name}** ({found.unit}" in listed
        for value in found.values:
            assert " ".join(value.source.split()) in listed
            assert value.value is not None or f"unknown ({' '.join(value.missing.split())})" in listed


def test_an_old_list_is_noticed() -> None:
    old = f"a\n{law_doc.BEGIN}\nold\n{law_doc.END}\nb\n"
    new = law_doc.renewed(old)
    assert new.startswith("a\n")
    assert new.endswith("\nb\n")
    assert "old\n" not in new.splitlines(keepends=True)
    with pytest.raises(ValueError, match="markers"):
        law_doc.renewed("no markers")
