"""The writers of the discussion: one verb a file."""
