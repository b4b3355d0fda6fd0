"""The headers of every answer: policy, caches, cookies, hosts."""

from __future__ import annotations
# In work by the helper of tests/security (04:10).
