"""A real mail server of the test's own: Dovecot on a port of this machine, with one mailbox that mails are laid into."""

import imaplib
import os
import pwd
import shutil
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.flows.paper import free_port

USER, PASSWORD = "moderators", "letters"
CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
default_internal_user = {internal}
default_internal_group = {internal_group}
default_login_user = {login}
disable_plaintext_auth = no
auth_failure_delay = 0
first_valid_uid = 1
mail_location = maildir:{folder}/mail/%u
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={owner} gid={group} home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {secure_port}
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
"""


@dataclass
class Mailbox:
    """The mailbox: where it is, and what tests do with it."""

    port: int
    secure_port: int
    certificate: Path
    process: "subprocess.Popen[bytes]"

    @property
    def address(self) -> str:
        """Return the setting that names it."""
        return f"imap://{USER}:{PASSWORD}@127.0.0.1:{self.port}/INBOX"

    @property
    def secure_address(self) -> str:
        """Return the setting that names it by TLS."""
        return f"imaps://{USER}:{PASSWORD}@localhost:{self.secure_port}/INBOX"

    @contextmanager
    def connection(self) -> Iterator[imaplib.IMAP4]:
        """Open it as a person's mail program does."""
        connection = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        connection.login(USER, PASSWORD)
        connection.select("INBOX")
        yield connection
        connection.logout()

    def lay(self, *mails: bytes) -> None:
        """Lay mails into it, as the server that takes them does."""
        with self.connection() as connection:
            for mail in mails:
                assert connection.append("INBOX", "", None, mail)[0] == "OK"

    def empty(self) -> None:
        """Remove all mails."""
        if not self.count():
            return
        with self.connection() as connection:
            connection.store("1:*", "+FLAGS", "\\Deleted")
            connection.expunge()

    def unread(self) -> int:
        """Return how many mails a person finds unread."""
        with self.connection() as connection:
            return len(connection.search(None, "UNSEEN")[1][0].split())

    def count(self) -> int:
        """Return how many mails there are."""
        with self.connection() as connection:
            return len(connection.search(None, "ALL")[1][0].split())


@contextmanager
def dovecot() -> Iterator[Mailbox]:
    """Start it, as root or without any right; skipped by name where it isn't installed."""
    program = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        pytest.skip("dovecot is not installed")
    folder = Path(tempfile.mkdtemp(prefix="broadsheet-dovecot-"))
    folder.chmod(0o755)
    (folder / "mail").mkdir()
    port, secure_port = free_port(), free_port()
    _write_certificate(folder)
    own = pwd.getpwuid(os.getuid())
    as_root = own.pw_uid == 0
    owner = pwd.getpwnam("nobody") if as_root else own
    os.chown(folder / "mail", owner.pw_uid, owner.pw_gid)
    (folder / "conf").write_text(
        CONFIG.format(
            folder=folder, port=port, secure_port=secure_port, password=PASSWORD, owner=owner.pw_uid, group=owner.pw_gid,
            internal="dovecot" if as_root else own.pw_name, login="dovenull" if as_root else own.pw_name,
            internal_group="dovecot" if as_root else _group(own.pw_gid),
        )
    )  # fmt: skip
    process = subprocess.Popen([program, "-F", "-c", str(folder / "conf")])
    found = Mailbox(port, secure_port, folder / "cert.pem", process)
    try:
        _wait(found, folder / "log")
        yield found
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def _group(number: int) -> str:
    import grp

    return grp.getgrgid(number).gr_name


def _wait(found: Mailbox, log: Path) -> None:
    for _ in range(100):
        try:
            with found.connection():
                return
        except (OSError, imaplib.IMAP4.error):
            time.sleep(0.1)
    raise AssertionError(log.read_text() if log.exists() else "Dovecot doesn't answer.")


def _write_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(key.private_bytes(*plain))
    (folder / "key.pem").chmod(0o600)
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    ssl.create_default_context(cafile=str(folder / "cert.pem"))
