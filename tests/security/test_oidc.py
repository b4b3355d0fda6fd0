"""Caseworkers sign in through the real provider of the embedded stack."""

from __future__ import annotations
# In work by the helper of tests/security (04:10).
