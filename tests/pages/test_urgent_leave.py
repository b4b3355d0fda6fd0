"""The urgent page, and leaving quickly."""

from __future__ import annotations
# In work by the helper of tests/security (04:10).
