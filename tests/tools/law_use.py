"""Mark in each parameter's file whether the code asks for it: `python -m tests.tools.law_use`, and with `--write`.

Without an option it names what differs and ends with 1. `--write` sets `use: reading` where nothing asks for the value
and takes it away where something does. `--topic filing,clocks` looks at those topics only.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from portal.law.parameters.reading import FOLDER, parameter_files, read_definition
from portal.law.use import used_names

_MARK = "use: reading\n"
_AFTER = re.compile(r"^unit: .*\n", re.MULTILINE)


def marked(text: str, *, for_reading: bool) -> str:
    """The file's text with the mark set behind its unit, or taken away."""
    plain = text.replace(f"\n{_MARK}", "\n")
    return _AFTER.sub(lambda unit: unit[0] + _MARK, plain, count=1) if for_reading else plain


def differing(topics: set[str], folder: Path = FOLDER) -> list[tuple[Path, bool]]:
    """The files whose mark is not what the code says, and whether they are for reading alone."""
    used = used_names(folder=folder)
    return [
        (path, path.stem not in used)
        for path in parameter_files(folder)
        if not topics or path.parent.name in topics
        if read_definition(path).for_reading != (path.stem not in used)
    ]


def main() -> int:
    """The command; 1 when something differs and is not written."""
    parser = argparse.ArgumentParser(prog="python -m tests.tools.law_use")
    parser.add_argument("--write", action="store_true", help="set and remove the marks")
    parser.add_argument("--topic", default="", help="topics, separated by a comma; default: all")
    options = parser.parse_args()
    found = differing(set(filter(None, options.topic.split(","))))
    for path, for_reading in found:
        print(f"{path.parent.name}/{path.name}: {'for reading alone' if for_reading else 'the code asks for it'}")
        if options.write:
            path.write_text(marked(path.read_text("utf-8"), for_reading=for_reading), "utf-8")
    return 1 if found and not options.write else 0


if __name__ == "__main__":
    sys.exit(main())
