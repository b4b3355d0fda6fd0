"""Check a bundle away from the portal: every hash, and who signed the manifest. Needs the public key and nothing else."""

from __future__ import annotations

import base64
import binascii
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from portal.adapters.signing import PublicKeys
from portal.domain.bundle import FORMAT, MANIFEST, SIGNATURE, SUMS, UNLISTED, signed_bytes

_PIECE: Final = 1024 * 1024
_LARGEST: Final = 5_000_000
"""Bytes of a manifest, a signature and the list of sums."""


class NoBundleError(ValueError):
    """The file is no whole bundle: the download broke off, or it is something else."""


@dataclass(frozen=True)
class Checked:
    """What a check found. `faults` is empty for a bundle that is as it was made."""

    made_at: str
    made_by: str
    key_id: str
    signature: bool
    files: Mapping[str, bool]
    """Path → whether it is as the manifest says."""
    faults: tuple[str, ...]


def check_bundle(file: Path, keys: PublicKeys) -> Checked:
    """Every file against the manifest and the sums, and the manifest against its signature. Raises `NoBundleError`."""
    try:
        with zipfile.ZipFile(file) as archive:
            return _checked(archive, keys)
    except (zipfile.BadZipFile, OSError, KeyError, ValueError, TypeError, NotImplementedError) as error:
        raise NoBundleError(str(error)) from error


def _checked(archive: zipfile.ZipFile, keys: PublicKeys) -> Checked:
    manifest = _small(archive, MANIFEST)
    said, signed = json.loads(manifest), json.loads(_small(archive, SIGNATURE))
    if said["format"] != FORMAT:
        raise NoBundleError(f"another format: {said['format']}")
    genuine = keys.verify(str(signed["key_id"]), signed_bytes(manifest), _bytes(signed["signature"]))
    faults = [] if genuine else ["the signature of the manifest is not genuine, or its key was not given"]
    listed = {str(one["path"]): one for one in said["files"]}
    rows = (line.partition("  ") for line in _small(archive, SUMS).decode().splitlines())
    sums = {name: digest for digest, _between, name in rows}
    names = archive.namelist()
    faults += [f"{name}: stands twice" for name in sorted({one for one in names if names.count(one) > 1})]
    faults += [f"{name}: the manifest does not name it" for name in names if name not in {*listed, *UNLISTED}]
    files = {}
    for name in (*listed, MANIFEST, SIGNATURE):
        digest, length = _digest(archive, name)
        wanted: Mapping[str, Any] = listed.get(name, {"sha256": digest, "bytes": length})
        files[name] = digest == wanted["sha256"] == sums.get(name) and length == wanted["bytes"]
    faults += [f"{name}: is not as it was made" for name, whole in files.items() if not whole]
    return Checked(str(said["made_at"]), str(said["made_by"]), str(signed["key_id"]), genuine, files, tuple(faults))


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > _LARGEST:
        raise NoBundleError(f"{name} is too large")
    return archive.read(name)


def _digest(archive: zipfile.ZipFile, name: str) -> tuple[str, int]:
    """SHA-256 and length of a file; of one that cannot be read whole, or is not there, no hash."""
    digest, length = sha256(), 0
    try:
        with archive.open(name) as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
                length += len(piece)
    except (zipfile.BadZipFile, KeyError):
        return "", 0
    return digest.hexdigest(), length


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise NoBundleError("the signature is not base64url") from error
