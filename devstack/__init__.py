"""What `make run` starts beside the portal: private servers on the loopback address. Never imported by `portal/`."""
