"""Finding a household at the desk: keys of names, candidates, their order."""
