"""Archives in and out: saved pages, dumps, feeds, exports and the bundle."""
