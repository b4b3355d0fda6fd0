"""Mails leave once, hold no case facts, and are never lost."""

from __future__ import annotations
# In work by the helper of tests/security (04:10).
