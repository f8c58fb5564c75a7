"""The `broadsheet` command: thin, calls actions. Commands are imported when they are called.

`broadsheet import page --dry-run` and `broadsheet judge` start without Django.
"""
