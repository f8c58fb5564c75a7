"""One page a file: parse, ask, render."""
