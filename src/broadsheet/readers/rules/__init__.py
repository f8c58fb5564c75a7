"""What must hold of names, passwords and devices: values in, an answer out."""
