"""Random histories of reports, corrections, withdrawals and moves: every day equals an independent replay."""
