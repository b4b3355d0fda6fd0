"""The catalogs of the interface: `python -m tests.tools.catalogs`, and with `--check` or `--prune`.

Without an option it writes `messages.pot` and brings each `messages.po` up to date: new texts come in empty or as a
fuzzy guess, texts that are gone stay as `#~` so that a translator can take them over. `--prune` drops those.
`--check` changes nothing, names what is wrong, and ends with 1.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from portal.i18n.languages import CODES, DEFAULT
from tests.tools.messages import extract, loose_calls

PORTAL: Final = Path(__file__).resolve().parents[2] / "portal"
CATALOGS: Final = PORTAL / "i18n" / "catalogs"
TEMPLATE: Final = CATALOGS / "messages.pot"
TRANSLATED: Final = tuple(code for code in CODES if code != DEFAULT)

_PLACEHOLDER = re.compile(r"%\(\w+\)[a-zA-Z]|\{\w+\}")
_TITLE = "# The texts of the portal; the message id is the French."
# Dates and versions in the header would make every run a change.
_CHURN = (
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Generated-By",
    "Report-Msgid-Bugs-To",
    "Language-Team",
)


def path_of(code: str) -> Path:
    """The catalog of a language."""
    return CATALOGS / code / "LC_MESSAGES" / "messages.po"


def template(portal: Path = PORTAL) -> Catalog:
    """All message ids of the portal, with the files they stand in."""
    catalog = Catalog(project="portal", version="1", charset="utf-8", header_comment=_TITLE)
    for file, text in extract(portal):
        catalog.add(text, locations=[(file, 0)])
    return catalog


def printed(catalog: Catalog) -> str:
    """A catalog as the text of its file: sorted by file, without line numbers and dates."""
    buffer = io.BytesIO()
    catalog.fuzzy = False  # the header's own mark: `pybabel compile` leaves a fuzzy catalog out
    write_po(buffer, catalog, width=0, sort_by_file=True, include_lineno=False, include_previous=True)
    lines = buffer.getvalue().decode("utf-8").splitlines(keepends=True)
    # Babel reads the id that a fuzzy guess came from as a comment, and would print it for ever.
    unwanted = ("# | msgid", *(f'"{name}' for name in _CHURN))
    return "".join(line for line in lines if not line.startswith(unwanted))


def loaded(path: Path, code: str) -> Catalog:
    """The catalog of a file; an empty one when the file is not there."""
    if not path.exists():
        return Catalog(locale=code, project="portal", version="1", charset="utf-8", header_comment=_TITLE)
    with path.open("rb") as stream:
        return read_po(stream, locale=code, charset="utf-8", abort_invalid=True)


def updated(catalog: Catalog, messages: Catalog, *, prune: bool = False) -> Catalog:
    """The catalog with the message ids of `messages`; what is gone is kept apart unless pruned."""
    catalog.update(messages, no_fuzzy_matching=prune, update_header_comment=False)
    if prune:
        catalog.obsolete.clear()
    return catalog


def findings(catalog: Catalog, messages: Catalog) -> Iterator[str]:
    """What keeps a catalog from being whole, one line each."""
    for message in messages:
        if not message.id:
            continue
        known = catalog.get(message.id)
        if known is None or not known.string:
            yield f"missing: {message.id!r}"
        elif known.fuzzy:
            yield f"fuzzy: {message.id!r}"
        else:
            yield from _faults(known)
    for message in catalog:
        if message.id and messages.get(message.id) is None:
            yield f"not in the portal: {message.id!r}"
    yield from (f"obsolete: {text!r}" for text in catalog.obsolete)


def _faults(message: Message) -> Iterator[str]:
    source, text = str(message.id), str(message.string)
    if sorted(set(_PLACEHOLDER.findall(source))) != sorted(set(_PLACEHOLDER.findall(text))):
        yield f"placeholders differ: {source!r} → {text!r}"
    elif "%(" in source:
        try:
            text % dict.fromkeys(re.findall(r"%\((\w+)\)", source), "")
        except (ValueError, TypeError, KeyError) as error:
            yield f"does not format ({error}): {text!r}"
    # " ou " joins names: its blanks are part of the text.
    if (source[:1].isspace(), source[-1:].isspace()) != (text[:1].isspace(), text[-1:].isspace()):
        yield f"blanks at an end differ: {source!r} → {text!r}"


def check() -> list[str]:
    """Everything that is wrong in the working tree, one line each; empty when all is well."""
    messages = template()
    wrong = [f"portal: {line}" for line in loose_calls(PORTAL)]
    if not TEMPLATE.exists() or TEMPLATE.read_text("utf-8") != printed(messages):
        wrong.append("messages.pot is not up to date: run python -m tests.tools.catalogs")
    for code in TRANSLATED:
        path = path_of(code)
        wrong += [f"{code}: {line}" for line in findings(loaded(path, code), messages)]
    return wrong


def update(*, prune: bool = False) -> None:
    """Write `messages.pot` and all catalogs."""
    messages = template()
    CATALOGS.mkdir(parents=True, exist_ok=True)
    TEMPLATE.write_text(printed(messages), "utf-8")
    for code in TRANSLATED:
        path = path_of(code)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalog = updated(loaded(path, code), messages, prune=prune)
        path.write_text(printed(catalog), "utf-8")
        done = sum(1 for message in catalog if message.id and message.string and not message.fuzzy)
        print(f"{code}: {done} of {len(messages)} translated")


def main() -> int:
    """The command; 1 when the check finds something."""
    parser = argparse.ArgumentParser(prog="python -m tests.tools.catalogs")
    parser.add_argument("--check", action="store_true", help="change nothing; fail when a catalog is not whole")
    parser.add_argument("--prune", action="store_true", help="drop the texts that the portal no longer has")
    options = parser.parse_args()
    if not options.check:
        update(prune=options.prune)
        return 0
    wrong = check()
    print("\n".join(wrong) if wrong else "all catalogs are whole")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
