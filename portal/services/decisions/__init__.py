"""Written decisions of the commune: recorded by one caseworker, confirmed by another, shown to the person."""
