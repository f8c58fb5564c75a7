"""The askers of the discussion."""
