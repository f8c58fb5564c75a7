"""A PostgreSQL of the tests' own, on a Unix socket in a temporary folder.

As a command it runs another one with `BROADSHEET_DATABASE` set: `python -m tests.postgresql pytest tests/kernel`.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NEEDED = ("initdb", "pg_ctl")


def programs() -> Path | None:
    """Return the folder of the newest PostgreSQL's programs, None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def program(name: str) -> Path:
    """Return the program of this name; RuntimeError where it isn't installed."""
    folder = programs()
    if folder is None:
        raise RuntimeError("PostgreSQL's programs are not installed (Debian package postgresql).")
    return folder / name


def copy_of_dump(dump: Path, address: str, name: str) -> None:
    """Let there be a database of this name on the server of the address, filled with the dump."""
    place = address.replace("/broadsheet?", f"/{name}?")
    subprocess.run([program("psql"), "-q", "-c", f'CREATE DATABASE "{name}"', address], check=True)
    subprocess.run([program("pg_restore"), "-d", place, dump], check=True)


@contextmanager
def server() -> Iterator[str]:
    """Run a server and yield the address of an empty database on it."""
    folder = program("initdb").parent
    root = os.getuid() == 0
    home = Path(tempfile.mkdtemp(prefix="bs-pg-"))
    if root:
        shutil.chown(home, "postgres", "postgres")
    owner = {"user": "postgres", "group": "postgres"} if root else {}
    name = "postgres" if root else pwd.getpwuid(os.getuid()).pw_name

    def run(*command: str) -> None:
        subprocess.run(
            command, check=True, stdout=subprocess.DEVNULL, cwd=home, env={**os.environ, "HOME": str(home)}, **owner
        )

    options = f"-c listen_addresses='' -c unix_socket_directories={home} -c fsync=off -c max_connections=60"
    run(str(folder / "initdb"), "-D", f"{home}/data", "-U", name, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    run(str(folder / "pg_ctl"), "-D", f"{home}/data", "-o", options, "-l", f"{home}/log", "-w", "start")
    try:
        run(str(folder / "createdb"), "-h", str(home), "-U", name, "broadsheet")
        yield f"postgresql://{name}@/broadsheet?host={home}"
    finally:
        run(str(folder / "pg_ctl"), "-D", f"{home}/data", "-m", "immediate", "-w", "stop")
        shutil.rmtree(home, ignore_errors=True)


def main() -> int:
    """Run the command given with a server beside it; return its exit status."""
    with server() as address:
        return subprocess.run(sys.argv[1:], env={**os.environ, "BROADSHEET_DATABASE": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
