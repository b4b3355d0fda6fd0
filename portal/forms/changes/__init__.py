"""Forms of reported changes, made of the table of kinds."""
