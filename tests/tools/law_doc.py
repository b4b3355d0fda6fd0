"""The list of all parameters in `docs/law.md`, made from the data: `python -m tests.tools.law_doc`, and with `--check`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Final

from portal.domain.parameter import DatedValue, Definition, Value
from portal.law.parameters import definitions

DOC: Final = Path(__file__).resolve().parents[2] / "docs" / "law.md"
BEGIN: Final = "<!-- begin of the list: made by `python -m tests.tools.law_doc`, do not edit -->"
END: Final = "<!-- end of the list -->"


def listed() -> str:
    """The list as Markdown, by topic and name, newest value first."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    found = definitions()
    values = sum(len(one.values) for one in found)
    yield f"{len(found)} parameters with {values} values. The article and the source are in their own language."
    for topic, group in groupby(found, key=lambda one: one.topic):
        yield f"\n### {topic}\n"
        for one in group:
            yield from _parameter(one)


def _parameter(one: Definition) -> Iterator[str]:
    more = ["for reading alone"] if one.for_reading else []
    more += [f"another value is announced for {one.change_expected_on}"] if one.change_expected_on else []
    yield f"- **{one.name}** ({', '.join([one.unit, *more])}): {one.label}. {one.description}."
    yield from (f"  - {_value(value)}" for value in one.values)


def _value(value: DatedValue) -> str:
    time = f"{value.since} to {value.until}" if value.until else f"from {value.since}"
    said = f"`{_plain(value.value)}`" if value.value is not None else f"unknown ({value.missing})"
    between = f"between {value.between[0]} and {value.between[1]}" if value.between else None
    confirmed = f"confirmed until {value.confirmed_until}" if value.confirmed_until else None
    parts = [value.article, value.source, confirmed, f"checked on {value.checked_on}"]
    head = "; ".join(part for part in (said, between, value.confidence.value) if part)
    note = f". {value.note}" if value.note else ""
    return " ".join(f"{time}: {head}. {'; '.join(part for part in parts if part)}{note}".split())


def _plain(value: Value) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_plain(part)}" for key, part in value.items())
    if isinstance(value, tuple):
        return f"[{', '.join(_plain(part) for part in value)}]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def renewed(text: str) -> str:
    """The document with the list of today. Raises `ValueError` when a marker is missing."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError("docs/law.md: the markers of the list are missing")
    return f"{before}{BEGIN}\n{listed()}{END}{after}"


def main() -> int:
    """The command; 1 when `--check` finds another list."""
    parser = argparse.ArgumentParser(prog="python -m tests.tools.law_doc")
    parser.add_argument(
        "--check", action="store_true", help="change nothing; fail when the list is not that of the data"
    )
    options = parser.parse_args()
    text = DOC.read_text("utf-8")
    new = renewed(text)
    if not options.check:
        DOC.write_text(new, "utf-8")
    elif new != text:
        print("docs/law.md is not that of the data: run python -m tests.tools.law_doc")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
