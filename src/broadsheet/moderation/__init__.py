"""Decisions about comments and accounts: their reasons, their sanctions, how each is undone, and the log of them all.

Only people decide. A decision is a value that cannot be made without clause, facts, actor and a way to contest it.
"""
