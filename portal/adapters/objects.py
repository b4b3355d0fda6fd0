"""Object storage over any S3 API. The only module that knows boto3."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Lock
from typing import Final, Literal

import boto3
from botocore.client import Config
from botocore.exceptions import BotoCoreError, ClientError, ConnectTimeoutError, ReadTimeoutError
from botocore.parsers import ResponseParserError

AddressingStyle = Literal["auto", "path", "virtual"]
CONNECT_SECONDS: Final = 3
# boto3's common session may be used by one thread at a time; the clients that it makes, by all.
_MAKING = Lock()


class StorageUnavailableError(Exception):
    """The object store could not be reached, refused, or did not answer as an object store does."""


class StorageHangsError(StorageUnavailableError):
    """No answer within the patience: whoever asks next would wait as long."""


class ObjectMissingError(Exception):
    """The object store answers, and has no object of this key."""


class ObjectStore:
    """One bucket. Keys carry no personal word. One store serves all threads of a process; making it sends nothing.

    `read_timeout`: seconds without a byte until a try has failed; `max_attempts`: tries in all. Together they bound how
    long a thread waits for a store that is slow: about `max_attempts` x (`read_timeout` + 1 s).
    """

    def __init__(
        self,
        *,
        endpoint_url: str,
        bucket: str,
        access_key_id: str,
        secret_access_key: str,
        region: str,
        addressing_style: AddressingStyle = "auto",
        ca_file: str | None = None,
        read_timeout: float = 20,
        max_attempts: int = 4,
    ) -> None:
        self._bucket = bucket
        with _MAKING:
            self._client = boto3.client(
                "s3",
                endpoint_url=endpoint_url,
                aws_access_key_id=access_key_id,
                aws_secret_access_key=secret_access_key,
                region_name=region,
                verify=ca_file,
                config=Config(
                    connect_timeout=CONNECT_SECONDS,
                    read_timeout=read_timeout,
                    # "total" counts the first try, "max_attempts" of boto3 would not.
                    retries={"total_max_attempts": max_attempts, "mode": "standard"},
                    request_checksum_calculation="when_required",
                    response_checksum_validation="when_required",
                    s3={"addressing_style": addressing_style},
                ),
            )

    def put(self, key: str, body: bytes, content_type: str) -> None:
        """Store an object whole, or raise StorageUnavailableError."""
        with _answering():
            done = self._client.put_object(Bucket=self._bucket, Key=key, Body=body, ContentType=content_type)
        # A proxy's page with status 200 must not pass for "stored": S3 names what it has.
        if not done.get("ETag"):
            raise StorageUnavailableError("no ETag")

    def get(self, key: str) -> bytes:
        """Read an object whole; raises ObjectMissingError or StorageUnavailableError."""
        with _answering():
            return self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()

    def delete(self, key: str) -> None:
        """Remove an object, or raise StorageUnavailableError; one that is not there is no error.

        A bucket that keeps versions keeps the old one.
        """
        with _answering():
            self._client.delete_object(Bucket=self._bucket, Key=key)

    def keys(self, prefix: str) -> tuple[str, ...]:
        """Every key under a prefix, in order; raises StorageUnavailableError."""
        return tuple(key for key, _ in self.listed(prefix))

    def listed(self, prefix: str) -> Iterator[tuple[str, datetime]]:
        """Every key under a prefix, in order, with its last change (aware, UTC, by the store's clock).

        Asks for a page at a time, a thousand keys, so StorageUnavailableError may come in the midst of it. What is
        deleted or added meanwhile may be in it or not.
        """
        paginator = self._client.get_paginator("list_objects_v2")
        pages = iter(paginator.paginate(Bucket=self._bucket, Prefix=prefix))
        while True:
            with _answering():
                page = next(pages, None)
            if page is None:
                return
            if "IsTruncated" not in page:  # some other page: "there is nothing" would be a guess
                raise StorageUnavailableError("no list")
            for item in page.get("Contents", ()):
                yield item["Key"], item["LastModified"].astimezone(UTC)


@contextmanager
def _answering() -> Iterator[None]:
    """Turn boto3's errors into ours; their words could quote a key or an address and stay behind."""
    try:
        yield
    except ClientError as error:
        # A missing bucket is a fault of ours and no missing object, though both are a 404.
        missing = error.response.get("Error", {}).get("Code") == "NoSuchKey"
        raise (ObjectMissingError if missing else StorageUnavailableError)(type(error).__name__) from error
    except (ConnectTimeoutError, ReadTimeoutError) as error:
        raise StorageHangsError(type(error).__name__) from error
    except (BotoCoreError, ResponseParserError) as error:
        raise StorageUnavailableError(type(error).__name__) from error
