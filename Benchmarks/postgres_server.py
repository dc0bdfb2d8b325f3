"""A PostgreSQL server of the benchmark's own, on loopback, in a temporary folder."""

import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
from types import TracebackType

PROGRAMS = pathlib.Path("/usr/lib/postgresql")
PASSWORD = "of-the-benchmark"
# What an administrator of a small server would set; the background's own work is done between the runs.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "shared_buffers": "1GB",
    "max_wal_size": "16GB",
    "checkpoint_timeout": "1h",
    "autovacuum": "off",
}


class PostgresServer:
    """Runs as long as the block lasts; its folder goes with it."""

    def __init__(self) -> None:
        versions = [path for path in PROGRAMS.glob("*") if (path / "bin" / "initdb").exists()]
        if not versions:
            sys.exit(f"no PostgreSQL server in {PROGRAMS}: `make setup-tests` installs one")
        self.programs = max(versions, key=lambda path: int(path.name)) / "bin"
        # PostgreSQL refuses to run as root.
        self.as_server: list[str] = []
        if os.geteuid() == 0:
            self.as_server = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]

    def __enter__(self) -> "PostgresServer":
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="kelvin-postgresql-"))
        secret = self.folder / "password"
        secret.write_text(PASSWORD)
        if self.as_server:
            for path in (self.folder, secret):
                shutil.chown(path, "postgres", "postgres")
        self.data = self.folder / "data"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        settings = SETTINGS | {"port": str(self.port), "unix_socket_directories": str(self.folder)}
        try:
            self.program(
                "initdb", "-D", self.data, "-U", "kelvin", "--pwfile", secret, "--auth=scram-sha-256",
                "--encoding=UTF8", "--locale=C.UTF-8",
            )  # fmt: skip
            self.program(
                "pg_ctl", "start", "-w", "-D", self.data, "-l", self.folder / "log",
                "-o", " ".join(f"-c {name}={value}" for name, value in settings.items()),
            )  # fmt: skip
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        # Both sides connect by these.
        os.environ.update(
            PGHOST="127.0.0.1",
            PGPORT=str(self.port),
            PGUSER="kelvin",
            PGPASSWORD=PASSWORD,
            PGDATABASE="postgres",
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.program("pg_ctl", "stop", "-m", "immediate", "-D", self.data)
        shutil.rmtree(self.folder, ignore_errors=True)

    def program(self, name: str, *arguments: object) -> None:
        command = [*self.as_server, str(self.programs / name), *map(str, arguments)]
        # To a file: the server keeps what it inherits, and a pipe would never end.
        with open(self.folder / "printed", "w+") as printed:
            status = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=printed, stderr=printed)
            if status.returncode != 0:
                printed.seek(0)
                sys.exit(f"{name} failed:\n{printed.read()}")

    def psql(self, *statements: str) -> list[object]:
        """The command that runs the statements, each in a transaction of its own unless they say otherwise."""
        command: list[object] = [self.programs / "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]
        for statement in statements:
            command += ["-c", statement]
        return command

    def run(self, *statements: str) -> str:
        command = [str(part) for part in self.psql(*statements)]
        result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if result.returncode != 0:
            sys.exit(f"psql failed:\n{result.stderr}")
        return result.stdout.strip()
