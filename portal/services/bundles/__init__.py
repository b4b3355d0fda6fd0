"""The household's file for its commune: what is missing, the bundle itself, who took it and when. `docs/transmit.md`."""
