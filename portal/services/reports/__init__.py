"""Reports of a change of situation: what they do, sending, what became of them."""
