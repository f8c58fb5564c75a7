"""What may be asked of the newsroom: frozen values for pages, made in a fixed number of queries."""
