"""A household's file as a whole at the desk: close, open again, move, merge; and what the person sees of it."""
