"""The only writers: one verb a file."""
