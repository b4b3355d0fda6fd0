"""Everything that the portal holds of one adult, in one ZIP: `parts` in words for machines, `archive` with the papers."""
