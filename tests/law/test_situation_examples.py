"""The worked examples of `docs/situation.md`: each runs, and gives the range that stands there."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from portal.domain.estimate import estimate
from portal.domain.situation import read_situation
from portal.law.parameters import law_of

PAGE = (Path(__file__).parents[2] / "docs" / "situation.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```json\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)

EXPECTED = (
    # 997 + 900 - 600 = 1297; 1061 + 900 - 0 = 1961
    (date(2026, 11, 21), 129_700, 196_100, "from 1'297 to 1'961"),
    # 2134 + 1400 + 150 = 3684, no other amount is known in 2021
    (date(2021, 8, 10), 368_400, 368_400, "3'684"),
    # 648 after the cut, and a rent that is not known
    (date(2026, 11, 21), 64_800, None, "at least 648"),
)


def test_every_example_is_expected() -> None:
    assert len(EXAMPLES) == len(EXPECTED)


@pytest.mark.parametrize(("number", "expected"), list(enumerate(EXPECTED)), ids=("single", "family", "flat-share"))
def test_example(number: int, expected: tuple[date, int, int | None, str]) -> None:
    on, low, high, words = expected
    situation = read_situation(json.loads(EXAMPLES[number], parse_float=Decimal), on)
    found = estimate(situation, on, law_of(on)).range
    assert found is not None
    assert (found.low, found.high) == (low, high)
    introduced = PAGE.partition(EXAMPLES[number])[0].splitlines()[-3:]
    assert any(words in line and on.isoformat() in line for line in introduced)
