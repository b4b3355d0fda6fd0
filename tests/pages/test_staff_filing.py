"""Recording a demand that came by phone, at the counter, by letter or through the commune."""

from __future__ import annotations
# In work by the helper of tests/security (04:10).
