"""Input that no browser of a person sends gets a plain 400 instead of an error deeper inside."""

from __future__ import annotations

import re
from typing import Final

from flask import Flask, Response, abort, request

LARGEST_BODY = 512 * 1024
MOST_FIELDS = 200
_NOT_IN_HTML: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


def install(app: Flask) -> None:
    """Bound the body and its parts; refuse null bytes in addresses and fields."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_BODY
    app.config["MAX_FORM_PARTS"] = MOST_FIELDS

    @app.before_request
    def check() -> None:
        if "\x00" in request.path or any("\x00" in value for value in request.args.values()):
            abort(400)

    @app.after_request
    def echo_plainly(response: Response) -> Response:
        """What was typed comes back without the characters that no page may hold."""
        if response.mimetype == "text/html" and (request.method == "POST" or request.query_string):
            response.set_data(_NOT_IN_HTML.sub("", response.get_data(as_text=True)))
        return response
