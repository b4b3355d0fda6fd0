"""Input that no browser of a person sends gets a plain 400 instead of an error deeper inside."""

from __future__ import annotations

from flask import Flask, abort, request

LARGEST_BODY = 512 * 1024
MOST_FIELDS = 200


def install(app: Flask) -> None:
    """Bound the body and its parts; refuse null bytes in addresses and fields."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_BODY
    app.config["MAX_FORM_PARTS"] = MOST_FIELDS

    @app.before_request
    def check() -> None:
        if "\x00" in request.path or any("\x00" in value for value in request.args.values()):
            abort(400)
