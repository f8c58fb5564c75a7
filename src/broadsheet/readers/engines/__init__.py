"""Own machinery of the entrance without tables: hashing, challenges, questions."""
