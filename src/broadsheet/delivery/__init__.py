"""Getting pages out: page store, short links, feeds, sitemaps, pictures, counters, recommendations.

May import `newsroom` and `kernel`. Doors: `actions`, `queries`, `facts`, `errors`.
"""
