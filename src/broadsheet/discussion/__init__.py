"""The discussion: threads under articles, their comments, and how each comment came to be seen or not.

It knows nothing of cases, decisions and sanctions: whoever moderates calls the actions here and listens to the facts.
"""
