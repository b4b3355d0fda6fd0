"""The long tests at full count: `python -m tests.soak`, which `make soak` calls."""
