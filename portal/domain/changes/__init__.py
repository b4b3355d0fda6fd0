"""Changes of situation that were reported: what each kind asks, what it does to the answers, and what holds on which day."""
