"""A small check of JSON against a schema: the keywords that `situation_schema` uses, and no other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float, Decimal),
    "boolean": (bool,),
    "null": (type(None),),
}
_NOTES = {"$schema", "title", "format", "description"}


def accepts(schema: Mapping[str, Any], value: object) -> bool:
    """Whether the schema accepts the value. Raises `NotImplementedError` for a keyword that this check does not know."""
    return all(_holds(word, wanted, schema, value) for word, wanted in schema.items() if word not in _NOTES)


def _holds(word: str, wanted: Any, schema: Mapping[str, Any], value: Any) -> bool:
    match word:
        case "type":
            return isinstance(value, _TYPES[wanted]) and (wanted == "boolean" or not isinstance(value, bool))
        case "enum":
            return value in wanted
        case "const":
            return bool(value == wanted)
        case "anyOf":
            return any(accepts(one, value) for one in wanted)
    if isinstance(value, dict):
        return _object_holds(word, wanted, schema, value)
    if isinstance(value, list):
        return _list_holds(word, wanted, value)
    if isinstance(value, str):
        return _text_holds(word, wanted, value)
    return _number_holds(word, wanted, value)


def _object_holds(word: str, wanted: Any, schema: Mapping[str, Any], value: dict[str, Any]) -> bool:
    match word:
        case "properties":
            return all(accepts(wanted[name], one) for name, one in value.items() if name in wanted)
        case "required":
            return set(wanted) <= set(value)
        case "additionalProperties" if wanted is False:
            return set(value) <= set(schema["properties"])
    raise NotImplementedError(word)


def _list_holds(word: str, wanted: Any, value: list[Any]) -> bool:
    match word:
        case "items":
            return all(accepts(wanted, one) for one in value)
        case "minItems":
            return len(value) >= int(wanted)
        case "maxItems":
            return len(value) <= int(wanted)
        case "uniqueItems":
            return all(one not in value[:number] for number, one in enumerate(value))
    raise NotImplementedError(word)


def _text_holds(word: str, wanted: Any, value: str) -> bool:
    match word:
        case "pattern":
            return re.search(wanted, value) is not None
        case "minLength":
            return len(value) >= int(wanted)
        case "maxLength":
            return len(value) <= int(wanted)
    raise NotImplementedError(word)


def _number_holds(word: str, wanted: Any, value: Any) -> bool:
    match word:
        case "minimum":
            return bool(value >= wanted)
        case "maximum":
            return bool(value <= wanted)
        case "multipleOf":
            return Decimal(str(value)) % Decimal(str(wanted)) == 0
    raise NotImplementedError(word)
