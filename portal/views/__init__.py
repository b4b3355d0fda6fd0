"""Blueprints: one file per journey. Load, authorise, validate, call, answer."""
