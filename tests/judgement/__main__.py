"""`make bench-judgement`: how near our judgement comes to an annotator's, beside a plain method (docs/judgement.md).

Options go through make: `make bench-judgement JUDGEMENT="--only grouping --json figures.json"`.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.conftest import SHARED
from tests.judgement.ablations import ablations
from tests.judgement.figures import Figure, as_json, table
from tests.judgement.groups import carried, labour
from tests.judgement.places import ranking
from tests.judgement.process import Place, has_plain
from tests.judgement.speed import speed

PARTS: dict[str, Callable[[Place], Iterator[Figure]]] = {
    "labour": labour,
    "ranking": ranking,
    "uci": lambda place: carried(place, "uci_google_news_2014-03", aims=(0.86, 0.88), dreams=(0.93, 0.95)),
    "ecbplus": lambda place: carried(place, "ecbplus", aims=(0.93, 0.91), dreams=(0.97, 0.96)),
    "ablations": ablations,
    "speed": speed,
}
"""By the name that `--only` takes."""


def main() -> int:
    """Measure the parts asked for and print the table; aims that are missed are shown, never an error."""
    options = argparse.ArgumentParser(prog="make bench-judgement", description=__doc__)
    options.add_argument("--json", type=Path, metavar="FILE", help="write every figure here")
    options.add_argument("--only", choices=PARTS, action="append", help="measure this part only; may be repeated")
    asked = options.parse_args()
    if not (SHARED / "data" / "stories").is_dir():
        sys.stderr.write(f"There is nothing to measure: the labelled stories are not at {SHARED}.\n")
        return 0
    if not has_plain():
        sys.stderr.write("scikit-learn is not installed: there is no plain method beside, and no speed.\n")
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="digest-judgement-") as name:
        for part in asked.only or PARTS:
            sys.stderr.write(f"measuring {part} …\n")
            folder = Path(name) / part
            folder.mkdir()
            figures += PARTS[part](Place(shared=SHARED, folder=folder))
    sys.stdout.write(f"{table(figures)}\n")
    if asked.json:
        asked.json.write_text(json.dumps(as_json(figures), indent=1, ensure_ascii=False), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
