"""Writes imports and exports: one verb a file, `Refused` where nothing was done."""
