"""Pages as people send them, made by Pillow, sent by the portal's own services and checked by its own checker."""

from __future__ import annotations

import io
import uuid
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFilter
from werkzeug.datastructures import FileStorage, MultiDict

from portal.services.actor import Actor
from portal.services.documents import shelf
from portal.services.documents.checking import check_document
from portal.services.documents.terms import Target
from portal.services.kit import Kit
from tests.pages.browser import Page
from tests.services.sending import CHECKER, QUICK, deliver

if TYPE_CHECKING:
    from portal.domain.document import FileState

KEY = "avs_number@a"
"""On everybody's list."""
TOP = (200, 30, 30)
"""The colour of the strip at the upper edge of a made page."""


def page(width: int = 1200, height: int = 1600, *, light: float = 1.0, blur: float = 0, kind: str = "JPEG") -> bytes:
    """A sheet with lines of writing and a red strip on top."""
    image = Image.new("RGB", (width, height), (235, 235, 230))
    brush = ImageDraw.Draw(image)
    for line, top in enumerate(range(height // 6, height - 80, 34)):
        for word in range(60, width - 120, 90):
            brush.rectangle((word, top, word + 30 + 13 * ((word + line) % 4), top + 14), fill=(40, 40, 45))
    brush.rectangle((0, 0, width, height // 12), fill=TOP)
    if blur:
        image = image.filter(ImageFilter.GaussianBlur(blur))
    if light != 1.0:
        image = image.point(lambda value: int(value * light))
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def send(kit: Kit, actor: Actor, content: bytes, name: str = "IMG_0001.jpg", target: Target | None = None) -> uuid.UUID:
    """The whole file, as the upload's endpoint does; its id."""
    return deliver(kit, actor, content, target or Target(key=KEY), name).id


def check(kit: Kit, file_id: uuid.UUID) -> FileState | None:
    """What the worker does with it; no scanner."""
    return check_document(kit, CHECKER, file_id)


def laid(
    kit: Kit,
    worker: Kit,
    actor: Actor,
    name: str = "IMG_0001.jpg",
    key: str = KEY,
    *,
    target: Target | None = None,
) -> uuid.UUID:
    """A file with one page that is ready, quickly: its content was inspected once, for all tests; its id."""
    file_id = send(kit, actor, page(600, 800), name, target or Target(key=key))
    check_document(worker, QUICK, file_id)
    return file_id


def sent_and_checked(
    kit: Kit,
    worker: Kit,
    actor: Actor,
    content: bytes | None = None,
    name: str = "IMG_0001.jpg",
    target: Target | None = None,
) -> uuid.UUID:
    """A file that is ready, or refused; its id."""
    file_id = send(kit, actor, page() if content is None else content, name, target)
    check(worker, file_id)
    return file_id


def the_paper(kit: Kit, actor: Actor) -> shelf.DocumentView:
    """The one paper that this adult has sent."""
    (found,) = shelf.documents_of(kit, actor)
    return found


def post_files(page: Page, ending: str, *files: tuple[str, bytes], follow: bool = True, **fields: str) -> Page:
    """Send the page's plain upload form with these files, as a browser without JavaScript does."""
    form = page.form(ending).force(**fields)
    data: MultiDict[str, object] = MultiDict(form.values)
    data.pop("files", None)
    for name, content in files or (("", b""),):
        data.add("files", FileStorage(io.BytesIO(content), name, "files", "application/octet-stream"))
    return page.browser.post(form.action, data, follow=follow)  # type: ignore[arg-type]
