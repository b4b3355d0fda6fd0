"""The portal that kills itself at a named step (in work)."""
