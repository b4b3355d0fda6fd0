"""A filing form with every answer given."""

from __future__ import annotations

from typing import Any

FULL: dict[str, Any] = {
    "on_behalf": "other", "helper_name": "Ruth Helfer", "helper_relation": "Tochter", "name": "Léa d’Arc-Müller",
    "birth_day": "3", "birth_month": "4", "birth_year": "1977", "commune": "6248", "phone": "079 555 00 05",
    "email": "lea@example.ch", "postal_address": "Rue 1\r\n3960 Sierre", "interview_language": "ti",
    "interpreter": "yes", "urgent": "yes", "needs": ["lodging", "medicine"],
}  # fmt: skip
