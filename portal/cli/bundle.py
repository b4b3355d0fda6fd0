"""Commands about bundles: no server, no secret, no variable."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from portal.adapters.signing import PublicKeys, SigningKeyError
from portal.cli.answers import fail, say
from portal.services.bundles.checking import NoBundleError, check_bundle


@click.group("bundle")
def bundle_group() -> None:
    """A household's file as the commune has it."""


@bundle_group.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", "keys", multiple=True, required=True, help="A known public key, id:key; once for each.")
def check(file: Path, keys: tuple[str, ...]) -> None:
    """Compare every hash, and check the signature. Exit code 1 where something is not as it was made."""
    try:
        known = PublicKeys.of(keys)
    except SigningKeyError:
        fail("--key: not id:key, as the portal's page to check receipts shows it")
    try:
        found = check_bundle(file, known)
    except NoBundleError as error:
        fail(f"FILE: no whole bundle ({error})")
    say(vars(found) | {"ok": not found.faults})
    sys.exit(1 if found.faults else 0)
