"""Every text of the portal stands in every catalog, whole."""

from __future__ import annotations

from tests.tools import catalogs


def test_all_catalogs_are_whole() -> None:
    wrong = catalogs.check()
    shown = "\n".join(wrong[:60])
    more = f"\n… and {len(wrong) - 60} more" if len(wrong) > 60 else ""
    assert not wrong, f"{len(wrong)} faults; see `python -m tests.tools.catalogs --check`\n{shown}{more}"
