"""Why an import was refused: each refusal has a code, a sentence and an exit status."""


class ImportRefusedError(Exception):
    """Nothing was imported; the message says what happened, why, and what to do."""

    code = "import-refused"
    exit_status = 1

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class SourceUnreadableError(ImportRefusedError):
    """The file or address is not text that could be an article."""

    code = "source-unreadable"
    exit_status = 65


class SourceEmptyError(SourceUnreadableError):
    """There is nothing in the file."""

    code = "source-empty"


class SourceBinaryError(SourceUnreadableError):
    """The file is a picture, an archive or another thing that is not text."""

    code = "source-binary"


class SourceTooLargeError(SourceUnreadableError):
    """The file is larger than a page can be."""

    code = "source-too-large"


class SourceEncodingError(SourceUnreadableError):
    """The bytes are not text in any encoding they could be in."""

    code = "source-encoding"


class NoArticleFoundError(SourceUnreadableError):
    """The page was read, but there is no article in it."""

    code = "no-article"


class SourceMissingError(ImportRefusedError):
    """There is no such file, or it may not be read."""

    code = "source-missing"
    exit_status = 66


class FetchRefusedError(ImportRefusedError):
    """The address may not be asked for."""

    code = "fetch-refused"
    exit_status = 77


class FetchFailedError(ImportRefusedError):
    """The address was asked for and gave no page."""

    code = "fetch-failed"
    exit_status = 69


class BundleBrokenError(ImportRefusedError):
    """The bundle is damaged, incomplete or of another version: nothing of it is written."""

    code = "bundle-broken"
    exit_status = 65

    def __init__(self, why: str) -> None:
        super().__init__(
            f"Nothing was imported: {why} Take the bundle from its source again, or have it exported anew."
        )
        self.why = why


class TargetTakenError(ImportRefusedError):
    """What is to be written would lie over something that is there already."""

    code = "target-taken"
    exit_status = 73

    def __init__(self, why: str) -> None:
        super().__init__(f"Nothing was written: {why} Choose another name, or move it out of the way.")


class DestinationMissingError(ImportRefusedError):
    """There is no edition or section to put an article into."""

    code = "no-destination"
    exit_status = 78

    def __init__(self, why: str) -> None:
        super().__init__(f"Nothing was imported: {why}")


class NoFeedFoundError(SourceUnreadableError):
    """The document was read, but it is no feed."""

    code = "no-feed"


class NoExportFoundError(SourceUnreadableError):
    """The document was read, but it is no WordPress export."""

    code = "no-export"


class BackupRefusedError(ImportRefusedError):
    """A backup was not made or not put back."""

    code = "backup-refused"
    exit_status = 65

    def __init__(self, why: str, what: str = "Nothing was restored") -> None:
        super().__init__(f"{what}: {why}")
