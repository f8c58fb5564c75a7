"""Search: index, query, suggestions.

May import `newsroom` and `kernel`. Doors: `actions`, `queries`, `facts`, `errors`.
"""
