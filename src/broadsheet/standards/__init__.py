"""The community standards and their judge: plain Python, usable with nothing else of Broadsheet running."""
