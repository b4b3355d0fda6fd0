"""The monthly rhythm: «nothing changed», what was sent for which month, the day by which the centre wants papers."""
