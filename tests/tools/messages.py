"""The message ids of the portal: every literal text given to one of our five marks,
in Python and in templates, the labels of the law, and the texts of the checklist's rules.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from babel.messages.extract import extract as extract_python
from jinja2 import Environment, nodes
from jinja2.ext import babel_extract

from portal.checklists.reading import UNKNOWN
from portal.law.loader import read_yaml

MARKS: Final = ("_", "t", "lazy", "gettext", "beside")
_KEYWORDS: Final[dict[str, None]] = dict.fromkeys(MARKS)
# As in `factory`: what Jinja reads must be what it renders.
_OPTIONS: Final = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
# They hand a text on that was marked where it is written.
_HANDS_ON: Final = ("forms/text.py", "i18n/text.py", "i18n/law_words/__init__.py", "i18n/checklists/texts.py")

_RULE_TEXTS: Final = ("title", "official", "why", "looks_like", "where")


def extract(portal: Path) -> Iterator[tuple[str, str]]:
    """Each text with its file (`portal/views/demand.py`), sorted by file. Raises TemplateSyntaxError."""
    for path in _files(portal):
        with path.open("rb") as stream:
            if path.suffix == ".py":
                found = extract_python("python", stream, keywords=_KEYWORDS, options={"encoding": "utf-8"})
                texts = [message for _, message, _, _ in found]
            else:
                texts = [message for _, _, message, _ in babel_extract(stream, MARKS, (), _OPTIONS)]
        for text in texts:
            first = text[0] if isinstance(text, tuple) else text
            if first:
                yield path.relative_to(portal.parent).as_posix(), first
    for path in sorted((portal / "law" / "parameters").glob("*/*.yaml")):
        yield path.relative_to(portal.parent).as_posix(), str(read_yaml(path)["label"])
    for path in sorted((portal / "checklists" / "rules").glob("*.yaml")):
        file = path.relative_to(portal.parent).as_posix()
        yield from ((file, text) for rule in read_yaml(path)["rules"] for text in _rule_texts(rule))


def _rule_texts(rule: dict[str, Any]) -> Iterator[str]:
    """The texts of one checklist rule, as `portal/checklists/reading.py` reads them."""
    texts = [rule.get(key) for key in _RULE_TEXTS]
    texts += [] if rule["cost"] == UNKNOWN else [rule["cost"]]
    yield from (str(text).strip() for text in [*texts, *rule.get("instead", [])] if text)


def loose_calls(portal: Path) -> Iterator[str]:
    """Calls of a mark whose text is not a literal, which no extraction can see."""
    environment = Environment(autoescape=True)
    for path in _files(portal):
        name = path.relative_to(portal).as_posix()
        if name in _HANDS_ON:
            continue
        source = path.read_text("utf-8")
        lines = _loose_python(source) if path.suffix == ".py" else _loose_template(environment, source)
        yield from (f"{name}:{line}: the text is not a literal" for line in lines)


def _loose_python(source: str) -> Iterator[int]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
            literal = node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
            if name in MARKS and not literal:
                yield node.lineno


def _loose_template(environment: Environment, source: str) -> Iterator[int]:
    for node in environment.parse(source).find_all(nodes.Call):
        if isinstance(node.node, nodes.Name) and node.node.name in MARKS:
            literal = node.args and isinstance(node.args[0], nodes.Const) and isinstance(node.args[0].value, str)
            if not literal:
                yield node.lineno


def _files(portal: Path) -> list[Path]:
    return sorted([*portal.rglob("*.py"), *(portal / "templates").rglob("*.html")])
