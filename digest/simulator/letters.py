"""What readers would see -> a folder of files that a person can open."""

from collections.abc import Iterable
from pathlib import Path

from digest.simulator.exchange import Letter


class Letters:
    """The folder. Entry 2 of the accepted call 7 is 7-2.html and 7-2.txt; entries are counted from 0."""

    def __init__(self, folder: Path) -> None:
        """Begin the folder where it is not there; what it holds of an earlier run is overwritten, not removed."""
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, call: int, letters: Iterable[Letter]) -> None:
        """Write both parts of every copy."""
        for place, each in enumerate(letters):
            for kind, content in (("html", each.html), ("txt", each.text)):
                path = self._folder / f"{call}-{place}.{kind}"
                path.write_text(content, encoding="utf-8", errors="surrogatepass", newline="")
