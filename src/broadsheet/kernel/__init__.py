"""What every domain stands on: clock, ids, facts, jobs, streams, errors.

Owns no word of journalism. Imports nothing of the house. Every public module here is a door.
"""
