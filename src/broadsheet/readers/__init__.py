"""Readers and staff: accounts and log-in.

May import `newsroom` and `kernel`. Doors: `actions`, `queries`, `facts`, `errors`.
"""
