"""A station of the tests' own: a continuous stream and HLS over https, on this machine, that can be cut off."""

import contextlib
import datetime
import socket
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

import broadsheet.importing
from broadsheet.delivery.engines.demo_radio import RATE, DemoRadio, endless_head

BELLS = Path(broadsheet.importing.__file__).parent / "demo" / "media" / "tide-bells.mp3"
PARTS = 6


def certificate(folder: Path) -> Path:
    """Return the file with a key and a certificate for this machine that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "station.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


def mp3_parts(count: int) -> list[bytes]:
    """Return the recording cut between frames into parts of like length."""
    data, at, frames = BELLS.read_bytes(), 0, []
    if data[:3] == b"ID3":
        at = 10 + sum(byte << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True))
    rates = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
    low = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
    while at + 4 < len(data):
        first, second, third = data[at : at + 3]
        if first != 0xFF or second & 0xE0 != 0xE0:
            at += 1
            continue
        full = second & 0x18 == 0x18
        hertz = (44100, 48000, 32000)[third >> 2 & 3] // (1 if full else 2)
        length = (144 if full else 72) * (rates if full else low)[third >> 4] * 1000 // hertz + (third >> 1 & 1)
        frames.append(data[at : at + length])
        at += length
    size = -(-len(frames) // count)
    return [b"".join(frames[start : start + size]) for start in range(0, len(frames), size)]


class Station:
    """Serves `/live.wav` and `/live.m3u8`; `asked` are the paths that were asked for."""

    def __init__(self, folder: Path) -> None:
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate(folder))
        self.radio, self.parts = DemoRadio(), mp3_parts(PARTS)
        self.asked: list[str] = []
        self.open: list[socket.socket] = []
        self.port = 0
        self.begin()

    @property
    def url(self) -> str:
        """Return where the station is."""
        return f"https://127.0.0.1:{self.port}"

    def begin(self) -> None:
        """Send, on the port that it had before."""
        station = self

        class Sender(BaseHTTPRequestHandler):
            """Answers one listener."""

            def do_GET(self) -> None:
                station.asked.append(self.path)
                station.open.append(self.connection)
                with contextlib.suppress(OSError):  # the listener has gone, or the station
                    station.send(self)

            def log_message(self, *_args: object) -> None:
                """Say nothing."""

        ThreadingHTTPServer.allow_reuse_address = True
        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), Sender)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_args: None  # type: ignore[method-assign]
        self.server.socket = self.context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def send(self, to: BaseHTTPRequestHandler) -> None:
        """Send what was asked for."""
        to.send_response(200)
        to.send_header("Access-Control-Allow-Origin", "*")
        if to.path == "/live.m3u8":
            to.send_header("Content-Type", "application/vnd.apple.mpegurl")
            lines = [f"#EXTINF:7.0,\n{number}.mp3" for number in range(len(self.parts))]
            head = "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:8\n#EXT-X-MEDIA-SEQUENCE:0\n"
            self._whole(to, (head + "\n".join(lines) + "\n#EXT-X-ENDLIST\n").encode())
        elif to.path.endswith(".mp3"):
            to.send_header("Content-Type", "audio/mpeg")
            self._whole(to, self.parts[int(to.path[1:-4])])
        else:
            to.send_header("Content-Type", "audio/wav")
            to.end_headers()
            to.wfile.write(endless_head())
            place, begun = 0, time.monotonic()
            while True:
                to.wfile.write(self.radio.block(place, RATE // 2))
                place += RATE // 2
                time.sleep(max(0.0, place / RATE - 5 - (time.monotonic() - begun)))

    def _whole(self, to: BaseHTTPRequestHandler, body: bytes) -> None:
        to.send_header("Content-Length", str(len(body)))
        to.end_headers()
        to.wfile.write(body)

    def cut(self) -> None:
        """Break off: whoever listens hears nothing more, and nobody comes in."""
        self.server.shutdown()
        self.server.server_close()
        for each in self.open:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        self.open.clear()
