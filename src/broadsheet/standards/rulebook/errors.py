"""What is wrong with a rulebook, said so that it can be mended."""


class RulebookError(ValueError):
    """A fault in a rulebook: the file and line it stands on (0 where no file holds it), the field, and what to do."""

    def __init__(self, what: str, *, field: str = "", file: str = "", line: int = 0) -> None:
        self.what = what
        self.field = field
        self.file = file
        self.line = line
        place = f"{file}:{line}" if file and line else file
        super().__init__(": ".join(part for part in (place, field, what) if part))
