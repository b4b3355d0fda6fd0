"""Static files with hashed names and an endless cache, served by WhiteNoise beside the application."""

from __future__ import annotations

import gzip
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from whitenoise import WhiteNoise

if TYPE_CHECKING:
    from wsgiref.headers import Headers

    from _typeshed.wsgi import WSGIApplication

ROOT: Final = Path(__file__).resolve().parents[1] / "static"
PREFIX: Final = "/static/"
_PACKED: Final = {".css", ".js", ".svg"}


class Statics:
    """Knows every file's hashed address. Files are read once, at start."""

    def __init__(self, headers: dict[str, str]) -> None:
        self._headers = headers
        self._names: dict[str, str] = {}
        self._files: dict[str, Path] = {}
        for path in sorted(ROOT.rglob("*")):
            if path.is_file() and path.suffix != ".gz":
                name = PurePosixPath(path.relative_to(ROOT)).as_posix()
                digest = sha256(path.read_bytes()).hexdigest()[:12]
                hashed = f"{PREFIX}{name.removesuffix(path.suffix)}.{digest}{path.suffix}"
                self._names[name], self._files[hashed] = hashed, path

    def url(self, name: str) -> str:
        """The address of a file under `static/`; KeyError for one that is not there."""
        return self._names[name]

    def wrap(self, app: WSGIApplication) -> WhiteNoise:
        """Serve the files in front of `app`."""
        white = WhiteNoise(
            app, immutable_file_test=lambda _path, url: url in self._files, add_headers_function=self._add_headers
        )
        for url, path in self._files.items():
            pack(path)
            white.add_file_to_dictionary(url, str(path))
        return white

    def _add_headers(self, headers: Headers, _path: str, _url: str) -> None:
        for name, value in self._headers.items():
            headers[name] = value


def pack(path: Path) -> None:
    """Keep a compressed copy beside the file, for browsers that take it; silently without one on a read-only disk."""
    packed = path.with_name(path.name + ".gz")
    if path.suffix not in _PACKED or (packed.exists() and packed.stat().st_mtime >= path.stat().st_mtime):
        return
    try:
        packed.write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
    except OSError:
        return
