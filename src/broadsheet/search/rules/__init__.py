"""Words, stems and queries, as pure functions."""
