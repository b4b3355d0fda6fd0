"""Which parameters the portal asks for, read from its own code: a value that nothing uses must say so in its file.

Every text in the Python files that is a parameter's name counts as asking, so that names may be held in tables; so does
every name that an f-string may give (`f"allowance_{size}"`), and every parameter behind a checklist rule. The words of the
law page are left out: they name every parameter.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from portal.law.loader import read_yaml
from portal.law.parameters.reading import FOLDER, parameter_files

PORTAL: Final = Path(__file__).resolve().parents[1]
_NOT_ASKING: Final = ("law/parameters", "i18n/law_words")
_ASKING_CALLS: Final = ("parameter", "law_source")
_IN_TEMPLATE: Final = re.compile(r"""\b(?:law_source|rule)\(\s*["']([^"']*)["']""")
# Enough letters of a name to tell it from any other text that is put together.
_TELLING: Final = re.compile(r"[a-z]{4,}_")


@cache
def used_names(portal: Path = PORTAL, folder: Path = FOLDER) -> frozenset[str]:
    """The names of parameters in the code, and whatever is asked for by a call, even if no file has that name."""
    known = {path.stem for path in parameter_files(folder)}
    found: set[str] = set()
    for path in sorted(portal.rglob("*.py")):
        if not path.relative_to(portal).as_posix().startswith(_NOT_ASKING):
            found.update(_in_python(ast.parse(path.read_text("utf-8")), known))
    for path in sorted((portal / "templates").rglob("*.html")):
        found.update(_IN_TEMPLATE.findall(path.read_text("utf-8")))
    for path in sorted((portal / "checklists" / "rules").glob("*.yaml")):
        bases = (rule["basis"] for rule in read_yaml(path)["rules"])
        found.update(basis["parameter"] for basis in bases if isinstance(basis, dict) and "parameter" in basis)
    return frozenset(found)


def _in_python(tree: ast.AST, known: set[str]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in known:
            yield node.value
        if isinstance(node, ast.JoinedStr):
            made = re.compile("".join(_pattern(part) for part in node.values))
            yield from (name for name in known if _TELLING.search(made.pattern) and made.fullmatch(name))
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
            if name in _ASKING_CALLS and isinstance(node.args[0].value, str):
                yield node.args[0].value


def _pattern(part: ast.expr) -> str:
    return re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+"
