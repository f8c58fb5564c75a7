"""Settings, environment, the server's start, the root of the address map; the only reader of `os.environ`."""
