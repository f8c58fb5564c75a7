"""The machinery of the discussion: markup of comments, the judge at work."""
