"""An estimate for somebody without a name: worked out, explained, and carried by their own browser. Nothing is stored."""

from portal.services.estimates.explained import Explained, LineText, explain
from portal.services.estimates.sealing import open_answers, seal_answers

__all__ = ["Explained", "LineText", "explain", "open_answers", "seal_answers"]
