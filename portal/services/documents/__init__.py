"""Papers that people send: uploads that go on where they broke off, what is checked, what is shown and to whom."""
