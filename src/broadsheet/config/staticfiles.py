"""Static files with hashed names, compressed once for nginx, Caddy and our own server."""

import gzip
from typing import Any

import brotli
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

# The highest levels take ten times as long for some four per cent: the first start would wait for it.
BROTLI_QUALITY = 6
GZIP_LEVEL = 6


class QuickCompressor(Compressor):
    """Compresses well enough, soon enough."""

    @staticmethod
    def compress_gzip(data: bytes) -> bytes:
        """Return the data as gzip, the same bytes at each run."""
        return gzip.compress(data, GZIP_LEVEL, mtime=0)

    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        """Return the data as brotli."""
        return brotli.compress(data, quality=BROTLI_QUALITY)


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Names carry a hash of the content, so that browsers may keep a file for ever."""

    manifest_strict = False

    def create_compressor(self, **kwargs: Any) -> Compressor:
        """Return the compressor."""
        return QuickCompressor(**kwargs)
