"""`make bench`: what filing costs beside a bare Flask route, and what the pages cost. See docs/bench.md."""
