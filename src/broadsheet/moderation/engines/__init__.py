"""Own machinery without models: statements and their form for the EU."""
