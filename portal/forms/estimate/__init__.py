"""The guided path to an estimate: its questions, its steps, and the situation that they describe. No side effect."""

from portal.forms.estimate.situation import situation_json, situation_on
from portal.forms.estimate.steps import STEPS, Answers, Path, Step, merged

__all__ = ["STEPS", "Answers", "Path", "Step", "merged", "situation_json", "situation_on"]
