"""The newsroom: editions, sections, articles, media, notices, and the desk they are made at.

May import `kernel`. Doors: `actions`, `queries`, `facts`, `errors`.
"""
