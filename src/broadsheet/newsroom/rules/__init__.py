"""The newsroom's decisions as pure functions."""
