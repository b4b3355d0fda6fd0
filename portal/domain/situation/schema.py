"""The JSON Schema of a situation, made from the same kinds that reading uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import Field, fields
from typing import Any

from portal.domain.situation.answers import Missing
from portal.domain.situation.kinds import Day
from portal.domain.situation.model import VERSION, Situation


def situation_schema() -> dict[str, object]:
    """JSON Schema (draft 2020-12) of the file that `estimate` and `checklist` take."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The situation of a household",
        **_record(Situation, {"version": {"const": VERSION}}, ["version", "persons"]),
    }


def _record(made: type[Any], more: dict[str, object], required: Sequence[str]) -> dict[str, object]:
    properties = {**more, **{spec.name: _property(spec) for spec in fields(made)}}
    return {"type": "object", "additionalProperties": False, "required": list(required), "properties": properties}


def _property(spec: Field[Any]) -> dict[str, object]:
    if "items" in spec.metadata:
        names = {field.name for field in fields(spec.metadata["items"])}
        required = [name for name in ("id", "relation", "kind") if name in names]
        items = _record(spec.metadata["items"], {}, required)
        return {"type": "array", "maxItems": spec.metadata["most"], "items": items}
    plain = spec.metadata["kind"].schema()
    if not spec.metadata["dated"]:
        return dict(plain)
    missing = [] if spec.metadata["sure"] else [{"enum": [word.value for word in Missing]}]
    answer = {"anyOf": [plain, *missing]}
    entry = {
        "type": "object",
        "additionalProperties": False,
        "required": ["from", "value"],
        "properties": {"from": {"anyOf": [Day().schema(), {"type": "null"}]}, "value": answer},
    }
    return {"anyOf": [*answer["anyOf"], {"type": "array", "minItems": 1, "items": entry}]}
