"""The words of the checklist: the rules' own texts, and what stands around them."""
