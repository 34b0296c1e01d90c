"""A Postfix of the test's own on loopback, which delivers whatever it is given into one maildir.

Its configuration, queue and state lie in one folder; nothing of the machine's own Postfix is read or changed. It needs
root, as Postfix does: its daemons give that up one by one.
"""

import os
import shutil
import signal
import smtplib
import socket
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

PATIENCE_SECONDS = 60
READER_ID = 65534
"""«nobody»: who owns the mailbox."""

MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = {commands}
daemon_directory = {daemons}
mail_owner = postfix
setgid_group = postdrop
maillog_file = /dev/stdout
myhostname = mail.reader.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.1/32
alias_maps =
alias_database =
virtual_mailbox_domains = static:all
virtual_mailbox_maps = static:inbox/
virtual_mailbox_base = {folder}/mail
virtual_uid_maps = static:{reader}
virtual_gid_maps = static:{reader}
smtpd_relay_restrictions = permit_mynetworks, reject
"""
MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
proxymap unix - - n - - proxymap
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
error unix - - n - - error
retry unix - - n - - error
postlog unix-dgram n - n - 1 postlogd
tlsmgr unix - - n 1000? 1 tlsmgr
"""
"""No service is chrooted: the folder holds none of the system's files that a chroot would need."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Postfix:
    """A running server: where it listens, where the mail lies, and what it says."""

    port: int
    maildir: Path
    log: IO[str]
    said: list[str] = field(default_factory=list)

    def deliver(self, messages: Sequence[tuple[str, bytes]]) -> list[Path]:
        """Hand over (address, message) pairs by SMTP; return the files of the mailbox once all of them lie there."""
        with smtplib.SMTP("127.0.0.1", self.port, timeout=PATIENCE_SECONDS) as client:
            for address, message in messages:
                client.sendmail("bounces@dailyrose.example", [address], message)
        for _ in messages:
            self.wait_for("status=sent (delivered to maildir)")
        return sorted((self.maildir / "new").iterdir())

    def wait_for(self, words: str) -> None:
        """Read the log up to these words; RuntimeError when it ends before."""
        for line in self.log:
            self.said.append(line)
            if words in line:
                return
        raise RuntimeError(f"Postfix ended before it said {words!r}: {''.join(self.said)[-2000:]}")


def find_postfix() -> str | None:
    """Where Postfix is on this machine, whose commands are seldom on the PATH."""
    return shutil.which("postfix", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")


@contextmanager
def postfix(program: str, folder: Path, *, settings: str = "", services: str = "") -> Iterator[Postfix]:
    """A Postfix that ends with the context; `folder` is one that every user may enter.

    `settings` (lines of main.cf) stand in the place of ours of the same name, `services` (of master.cf) beside ours.
    """
    port = free_port()
    _furnish(program, folder, settings, MASTER.format(port=port) + services)
    words = [program, "-c", str(folder / "conf"), "start-fg"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        alarm = threading.Timer(PATIENCE_SECONDS, _end, [process, folder])
        alarm.start()
        try:
            server = Postfix(port=port, maildir=folder / "mail" / "inbox", log=process.stdout)
            server.wait_for("daemon started")
            yield server
        finally:
            _end(process, folder)
            process.communicate(timeout=PATIENCE_SECONDS)
            alarm.cancel()


def _furnish(program: str, folder: Path, settings: str, services: str) -> None:
    for name in ("conf", "queue", "data", "mail"):
        (folder / name).mkdir()
    shutil.chown(folder / "data", user="postfix")
    os.chown(folder / "mail", READER_ID, READER_ID)
    asked = [str(Path(program).with_name("postconf")), "-dh", "daemon_directory"]
    daemons = subprocess.run(asked, capture_output=True, text=True, check=True, timeout=PATIENCE_SECONDS).stdout.strip()
    main = MAIN.format(folder=folder, commands=Path(program).parent, daemons=daemons, reader=READER_ID)
    changed = {line.partition(" =")[0] for line in settings.splitlines()}
    kept = "".join(f"{line}\n" for line in main.splitlines() if line.partition(" =")[0] not in changed)
    (folder / "conf" / "main.cf").write_text(kept + settings)
    (folder / "conf" / "master.cf").write_text(services)


def free_port() -> int:
    """A port of loopback on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _end(process: "subprocess.Popen[str]", folder: Path) -> None:
    """End the master process, which ends the others; its number is in the file that it keeps locked."""
    number = folder / "queue" / "pid" / "master.pid"
    if process.poll() is None:
        os.kill(int(number.read_text()) if number.exists() else process.pid, signal.SIGTERM)
