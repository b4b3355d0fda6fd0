"""Object storage over any S3 API. The only module that knows boto3."""

from __future__ import annotations

import boto3
from botocore.client import Config
from botocore.exceptions import BotoCoreError, ClientError


class StorageUnavailableError(Exception):
    """The object store could not be reached or refused."""


class ObjectStore:
    """One bucket. Keys carry no personal word."""

    def __init__(
        self, *, endpoint_url: str, bucket: str, access_key_id: str, secret_access_key: str, region: str
    ) -> None:
        self._bucket = bucket
        self._client = boto3.client(
            "s3",
            endpoint_url=endpoint_url,
            aws_access_key_id=access_key_id,
            aws_secret_access_key=secret_access_key,
            region_name=region,
            config=Config(
                connect_timeout=3,
                read_timeout=20,
                retries={"max_attempts": 3, "mode": "standard"},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )

    def put(self, key: str, body: bytes, content_type: str) -> None:
        """Store an object whole, or raise StorageUnavailableError."""
        try:
            self._client.put_object(Bucket=self._bucket, Key=key, Body=body, ContentType=content_type)
        except (BotoCoreError, ClientError) as error:
            raise StorageUnavailableError(type(error).__name__) from error

    def get(self, key: str) -> bytes:
        """Read an object whole, or raise StorageUnavailableError."""
        try:
            return self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()
        except (BotoCoreError, ClientError) as error:
            raise StorageUnavailableError(type(error).__name__) from error

    def keys(self, prefix: str) -> tuple[str, ...]:
        """Every key under a prefix, in order."""
        try:
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix)
            return tuple(item["Key"] for page in pages for item in page.get("Contents", ()))
        except (BotoCoreError, ClientError) as error:
            raise StorageUnavailableError(type(error).__name__) from error
