"""What was published is never edited: `python -m tests.tools.notices`, and with `--publish`.

Without an option it names what is wrong and ends with 1. `--publish` adds the files of a version that are not listed in
`portal/content/published.yaml` with their SHA-256, and never changes a line that stands there: another text is another version.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from portal import content
from portal.content.notices import FOLDER
from portal.i18n.languages import CODES
from portal.law.loader import read_yaml

FILES: Final = ("notice.yaml", *(f"{language}.md" for language in CODES))

_HEAD: Final = (
    "# What was published, with its SHA-256. `python -m tests.tools.notices --publish` adds lines; none is edited."
)


def listing(folder: Path = FOLDER) -> Path:
    """The file that holds what was published: `<name>/<version>/<file>` → SHA-256."""
    return folder.parent / "published.yaml"


def published(folder: Path = FOLDER) -> Mapping[str, str]:
    """What was published; nothing where no file says so."""
    file = listing(folder)
    return {str(name): str(digest) for name, digest in read_yaml(file).items()} if file.exists() else {}


def present(folder: Path = FOLDER) -> Mapping[str, str]:
    """Every file of every version as it is now."""
    return {
        f"{name}/{version}/{path.name}": hashlib.sha256(path.read_bytes()).hexdigest()
        for name in content.names(folder)
        for version in content.versions(name, folder)
        for path in sorted((folder / name / str(version)).iterdir())
    }


def faults(folder: Path = FOLDER) -> Iterator[str]:
    """Each file that was changed, is gone, is not listed, or belongs to no notice."""
    listed, found = published(folder), present(folder)
    for name in sorted(listed.keys() | found.keys()):
        if name.rsplit("/", 1)[-1] not in FILES:
            yield f"{name}: is no file of a notice"
        elif name not in found:
            yield f"{name}: was published, and is gone"
        elif name not in listed:
            yield f"{name}: is not listed; `--publish` adds it"
        elif listed[name] != found[name]:
            yield f"{name}: was published, and is changed; write another version"


def publish(folder: Path = FOLDER) -> list[str]:
    """List what is not listed yet; nothing where a version is not whole in every language, which raises `ContentError`."""
    listed, found = published(folder), present(folder)
    new = [name for name in sorted(found) if name not in listed and name.rsplit("/", 1)[-1] in FILES]
    for notice, version in sorted({(name.split("/")[0], int(name.split("/")[1])) for name in new}):
        for language in CODES:
            content.words(notice, version, language, folder)
    if new:
        with listing(folder).open("a", encoding="utf-8") as file:
            if not listed:
                file.write(f"{_HEAD}\n")
            file.writelines(f"{name}: {found[name]}\n" for name in new)
    return new


def main() -> int:
    """The command; 1 when something is wrong afterwards."""
    parser = argparse.ArgumentParser(prog="python -m tests.tools.notices")
    parser.add_argument("--publish", action="store_true", help="list the files that are not listed yet")
    if parser.parse_args().publish:
        for name in publish():
            print(f"published {name}")
    wrong = list(faults())
    for fault in wrong:
        print(fault)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
