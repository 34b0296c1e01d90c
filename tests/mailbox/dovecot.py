"""A Dovecot of the test's own on loopback, which shows one maildir over IMAP with TLS.

Its configuration and state lie in one folder; nothing of the machine's own is read or changed. It needs root, as
Dovecot does: its processes give that up one by one.
"""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.mailbox.postfix import PATIENCE_SECONDS, READER_ID, free_port

CONFIG = """\
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
log_path = /dev/stderr
ssl = required
ssl_cert = <{folder}/localhost.crt
ssl_key = <{folder}/localhost.key
first_valid_uid = 1
mail_location = maildir:{maildir}:INDEX={folder}/control/index:CONTROL={folder}/control
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={reader} gid={reader} home={folder}/control
}}
service imap-login {{
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
auth_failure_delay = 0
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
"""


def find_dovecot() -> str | None:
    """Where Dovecot is on this machine, if it is a 2.3: the configuration of 2.4 is another language."""
    found = shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin:/usr/bin")
    if found is None:
        return None
    version = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout
    return found if version.startswith("2.3.") else None


@contextmanager
def dovecot(program: str, folder: Path, *, maildir: Path, password: str) -> Iterator[int]:
    """A Dovecot that ends with the context, and its port; `folder` has localhost.crt and .key."""
    port = free_port()
    (folder / "control").mkdir()
    shutil.chown(folder / "control", READER_ID, READER_ID)
    config = folder / "dovecot.conf"
    config.write_text(CONFIG.format(folder=folder, maildir=maildir, password=password, reader=READER_ID, port=port))
    words = [program, "-F", "-c", str(config)]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            for line in process.stderr:
                if "starting up" in line:
                    break
            else:
                raise RuntimeError("Dovecot ended before it had begun")
            yield port
        finally:
            process.terminate()
            process.communicate(timeout=PATIENCE_SECONDS)
