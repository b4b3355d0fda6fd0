"""The law as dated, sourced data. May import only `portal.domain` and PyYAML."""

from portal.law import directory, holidays
from portal.law.parameters import Parameter, parameter

__all__ = ["Parameter", "directory", "holidays", "parameter"]
