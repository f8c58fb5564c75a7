"""Runs the `broadsheet` command as `python -m broadsheet`."""

from broadsheet.cli.main import main

if __name__ == "__main__":
    main()
